/** China has one time, so many milliseconds before that of Greenwich. */
export const CHINA_MS = 8 * 3_600_000

/**
 * A moment as a clock in China shows it, `2027-01-01T01:00:00.000`. A day without a time (`YYYY-MM-DD`) is one of
 * China already and stays. Throws a RangeError for what is no time.
 */
function chinaClock(at: string): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(at)) return at
  // biome-ignore lint/style/noRestrictedGlobals: it reads the moment it is given, and no clock
  return new Date(Date.parse(at) + CHINA_MS).toISOString().slice(0, -1)
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
