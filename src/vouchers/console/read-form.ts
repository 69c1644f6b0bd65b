import { chinaMonth } from '../../../flows/programme/china-time.ts'
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

/** An amount that was typed in yuan, in fen; NaN for what is none. At most two decimals. */
export function fenOf(typed: string): number {
  const plain = typed
    .normalize('NFKC')
    .trim()
    .replace(/\s*(?:元|yuan)$/i, '')
  // A comma or a space stands between thousands and nowhere else: 1,5 is no amount.
  const [, whole, cents = ''] =
    /^(\d{1,9}|\d{1,3}(?:,\d{3}){1,2}|\d{1,3}(?: \d{3}){1,2})(?:\.(\d{1,2}))?$/.exec(plain) ?? []
  if (whole === undefined) return Number.NaN
  return Number(whole.replaceAll(/[, ]/g, '')) * 100 + Number(cents.padEnd(2, '0'))
}

/** The month that was picked, `YYYY-MM`; without one, the month of `now` in China. */
export function monthOf(picked: string | undefined, now: string): string {
  if (picked !== undefined && /^\d{4}-(0[1-9]|1[0-2])$/.test(picked)) return picked
  return chinaMonth(now)
}
