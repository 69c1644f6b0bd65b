import { chinaMonth } from '../../../flows/programme/china-time.ts'
import type { Posted } from '../../console/form.ts'

/** The key of a form as it was shown; another one where somebody made it up. */
export function keyOf({ text }: Posted, newKey: () => string): string {
  return /^[\w-]{8,64}$/.test(text('key')) ? text('key') : newKey()
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
