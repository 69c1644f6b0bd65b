import { chinaMonth } from '../../../flows/programme/china-time.ts'
import { readFen } from '../../../flows/programme/money/amounts.ts'
import { type FormDraft, withProblem } from '../../console/form.ts'
import type { VoucherProblem } from '../problem.ts'
import type { VouchersView } from './view.ts'

/** A form as it was filled in, with what is in the way at its field; `above`: what is about none of them. */
export type Told = { draft: FormDraft; above: string | null }

/** Which field of a form a problem is about; of those that the form has not, none. */
const FIELDS: Partial<Record<VoucherProblem['kind'], readonly string[]>> = {
  'reason-needed': ['reason'],
  'unknown-reason': ['reason'],
  'note-needed': ['note'],
  'bad-amount': ['amount', 'total'],
  'too-much': ['amount', 'total'],
  'above-ceiling': ['amount'],
  'bad-words': ['title', 'invoiceNumber', 'reason', 'name'],
  'bad-credit-code': ['creditCode'],
  'provider-listed-already': ['creditCode'],
  'no-such-kind': ['kind', 'service'],
  'pin-wrong': ['pin'],
  'pin-none': ['pin'],
  'papers-missing': ['file'],
  'bad-file': ['file'],
  'code-empty': ['code'],
  'code-malformed': ['code'],
  'code-slip': ['code'],
  'code-false': ['code'],
}

/** Puts what is in the way at the field that it is about. */
export function tellProblem(
  { whyNot }: Pick<VouchersView, 'whyNot'>,
  draft: FormDraft,
  problem: VoucherProblem,
): Told {
  const words = whyNot(problem)
  const field = FIELDS[problem.kind]?.find((name) => name in draft.values || name === 'file')
  return field === undefined
    ? { draft, above: words }
    : { draft: withProblem(draft, field, words), above: null }
}

/** An amount that was typed in yuan, in fen; NaN for what is none, as `readFen` has it. */
export function fenOf(typed: string): number {
  return readFen(typed) ?? Number.NaN
}

/** The month that was picked, `YYYY-MM`; without one, the month of `now` in China. */
export function monthOf(picked: string | undefined, now: string): string {
  if (picked !== undefined && /^\d{4}-(0[1-9]|1[0-2])$/.test(picked)) return picked
  return chinaMonth(now)
}
