import { CHINA_MS } from '../../flows/programme/china-time.ts'
import { isWorkingDay } from '../kernel/working-calendar.ts'

const DAY = 86_400_000
/** China has one time, eight hours before that of Greenwich. */
const CHINA = CHINA_MS

/**
 * The end of the last of so many working days after a moment, ISO in UTC: by China's working calendar,
 * with its holidays and the days that are worked for them. `at`: ISO.
 *
 * @example
 * workingDaysAfter('2018-06-01T02:00:00.000Z', 1) // a Friday: '2018-06-04T16:00:00.000Z', Monday's end
 */
export function workingDaysAfter(at: string, days: number): string {
  let day = dayOf(at)
  for (let left = days; left > 0; ) {
    day += 1
    if (isWorkingDay(day)) left -= 1
  }
  return startOf(day + 1)
}

/**
 * The moment before which something must have begun for its so many working days to be over now: the
 * counterpart of `workingDaysAfter`, to be put into a query.
 *
 * @example
 * (workingDaysAfter(at, 5) <= now) === (at < beganBefore(now, 5))
 */
export function beganBefore(now: string, days: number): string {
  let day = dayOf(now)
  for (let left = days; left > 0; ) {
    day -= 1
    if (isWorkingDay(day)) left -= 1
  }
  return startOf(day)
}

function dayOf(at: string): number {
  return Math.floor((Date.parse(at) + CHINA) / DAY)
}

function startOf(day: number): string {
  return new Date(day * DAY - CHINA).toISOString()
}
