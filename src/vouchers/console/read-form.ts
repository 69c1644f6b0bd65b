import { chinaMonth } from '../../../flows/programme/china-time.ts'
import { readFen } from '../../../flows/programme/money/amounts.ts'
import type { Posted } from '../../console/form.ts'

/** The key of a form as it was shown; another one where somebody made it up. */
export function keyOf({ text }: Posted, newKey: () => string): string {
  return /^[\w-]{8,64}$/.test(text('key')) ? text('key') : newKey()
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
