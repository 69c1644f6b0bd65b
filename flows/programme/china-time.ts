/** China has one time, so many milliseconds before that of Greenwich. */
export const CHINA_MS = 8 * 3_600_000

const CHINA_HOURS = 8
/** A moment in UTC as we store it, with or without parts of a second. */
const MOMENT = /^(\d{4})-(\d{2})-(\d{2})T(\d{2})(:\d{2}(?::\d{2}(?:\.\d+)?)?)Z$/

const two = (number: number) => String(number).padStart(2, '0')

function daysIn(year: number, month: number): number {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  if (month === 2) return isLeap ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}

/**
 * A moment in UTC as a clock in China shows it, `2027-01-01T01:00:00.000`. A day, month or year without a time is one
 * of China already and stays. Reckoned by hand, since flows have no clock. Throws a RangeError for what is no time.
 */
function chinaClock(at: string): string {
  if (/^\d{4}(?:-\d{2}){0,2}$/.test(at)) return at
  const [, ...parts] = MOMENT.exec(at) ?? []
  const [years = '', months = '', days = '', hours = '', rest = ''] = parts
  if (rest === '') throw new RangeError('no moment in UTC')
  const hour = Number(hours) + CHINA_HOURS
  if (hour < 24) return `${years}-${months}-${days}T${two(hour)}${rest}`
  const [year, month, day] = [Number(years), Number(months), Number(days)]
  const time = `T${two(hour - 24)}${rest}`
  if (day < daysIn(year, month)) return `${years}-${months}-${two(day + 1)}${time}`
  return month < 12 ? `${years}-${two(month + 1)}-01${time}` : `${year + 1}-01-01${time}`
}

/**
 * The day in China: whoever says a birthday, a receipt's day or "since" means that one, also in the eight hours in
 * which Greenwich still has the day before.
 *
 * @example chinaDay('2026-12-31T17:00:00Z') // '2027-01-01'
 */
export function chinaDay(at: string): string {
  return chinaClock(at).slice(0, 10)
}

/** The month in China, `2027-01`. */
export function chinaMonth(at: string): string {
  return chinaClock(at).slice(0, 7)
}

/** The year in China. */
export function chinaYear(at: string): number {
  return Number(chinaClock(at).slice(0, 4))
}

/** Hour and minute in China, `01:00`. */
export function chinaHour(at: string): string {
  return chinaClock(at).slice(11, 16)
}
