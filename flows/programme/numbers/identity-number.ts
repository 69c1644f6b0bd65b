import { chinaDay } from '../china-time.ts'
import { firstOutside, normaliseTyped, type RefusedInput, refuse } from '../form/typed.ts'

export type IdentityProblem =
  | 'empty'
  | 'characters'
  | 'old-15'
  | 'length'
  | 'date'
  | 'future'
  | 'under-18'
  | 'check-digit'

export type IdentityNumber =
  | { readonly ok: true; readonly value: string; readonly birthDate: string }
  | RefusedInput<IdentityProblem>

/**
 * Checks a citizen identity number, GB 11643-1999: six digits of place, eight of birth date, three of
 * order, one check digit (ISO 7064 MOD 11-2). The place is never looked up: places are renamed and
 * abolished, the number stays for life. An old number of 15 digits has a problem of its own, so that
 * it can be asked about kindly. `today` (a moment, or a day of China) decides what is the
 * future and who is 18.
 *
 * @example
 * checkIdentityNumber('11010519491231002x', '2018-06-01') // { ok: true, value: '11010519491231002X', … }
 */
export function checkIdentityNumber(typed: string, today: string): IdentityNumber {
  const value = normaliseTyped(typed).replace(/[×ХΧ]/g, 'X')
  if (value === '') return refuse('empty')
  const odd = firstOutside(value, '0123456789X')
  if (odd !== null) return refuse('characters', odd)
  if (/^\d{15}$/.test(value)) return refuse('old-15')
  if (value.length !== 18) return { ...refuse('length'), length: value.length }
  const early = value.indexOf('X')
  if (early !== -1 && early < 17) return refuse('characters', early + 1)
  const birthDate = `${value.slice(6, 10)}-${value.slice(10, 12)}-${value.slice(12, 14)}`
  if (!isCalendarDate(birthDate)) return refuse('date', 7, 14)
  if (birthDate > chinaDay(today)) return refuse('future', 7, 14)
  // Before the age: a mistyped year must not tell a grown person to wait.
  if (checkDigitOf(value) !== value[17]) return refuse('check-digit', 18)
  if (!isAdult(birthDate, today)) return refuse('under-18', 7, 14)
  return { ok: true, value, birthDate }
}

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

function checkDigitOf(value: string): string | undefined {
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(value[index]), 0)
  return '10X98765432'[sum % 11]
}

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

function isCalendarDate(date: string): boolean {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number)
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  const days = month === 2 && leap ? 29 : (DAYS[month - 1] ?? 0)
  return year >= 1800 && day >= 1 && day <= days
}

/** 18 on the birthday; who was born on 29 February is 18 on the first of March. */
function isAdult(birthDate: string, today: string): boolean {
  const eighteenth = `${Number(birthDate.slice(0, 4)) + 18}${birthDate.slice(4)}`
  return eighteenth <= chinaDay(today)
}
