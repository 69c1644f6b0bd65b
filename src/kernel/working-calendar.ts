import calendar from 'chinese-days/dist/chinese-days.json' with { type: 'json' }

/**
 * China's working days as the State Council's office announces them for each year (gov.cn; the package names the notice of
 * each year): public holidays, and the Saturdays and Sundays that are worked in their place. Of a year that is not announced
 * yet, or not in the package, Monday to Friday are worked.
 */
const HOLIDAYS: Readonly<Record<string, string>> = calendar.holidays
const MADE_UP: Readonly<Record<string, string>> = calendar.workdays
const DAY = 86_400_000

/**
 * Whether a day is worked in China. `day`: counted from 1 January 1970 there.
 *
 * @example isWorkingDay(17_573) // 11 February 2018, a Sunday worked for the Spring Festival: true
 */
export function isWorkingDay(day: number): boolean {
  if (isHoliday(day)) return false
  // 1 January 1970 was a Thursday.
  return isMadeUp(day) || ![2, 3].includes(((day % 7) + 7) % 7)
}

/** True for a public holiday, and for the days beside it that are off for it. */
export function isHoliday(day: number): boolean {
  return Object.hasOwn(HOLIDAYS, isoDay(day))
}

/** True for a Saturday or Sunday that is worked in the place of another day. */
export function isMadeUp(day: number): boolean {
  return Object.hasOwn(MADE_UP, isoDay(day))
}

/** True where the calendar of the year of a day is announced, so that its holidays are known. */
export function isAnnounced(day: number): boolean {
  return Object.hasOwn(HOLIDAYS, `${isoDay(day).slice(0, 4)}-10-01`)
}

/** The day itself, `2018-02-11`; `day` as above. */
export function isoDay(day: number): string {
  return new Date(day * DAY).toISOString().slice(0, 10)
}
