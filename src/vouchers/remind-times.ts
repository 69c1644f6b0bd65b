import { addDays } from '../../flows/programme/lifecycle/voucher-rules.ts'

/** Nine in the morning in China, as hours of UTC. */
const HOUR = '01:00:00.000Z'

/** When the holder is still to be reminded after `at`, soonest first; `days` are before the last day of use. */
export function remindTimes(
  days: readonly number[],
  useBy: string,
  at: string,
): { at: string; days: number }[] {
  return days
    .map((before) => ({ at: `${addDays(useBy, -before)}T${HOUR}`, days: before }))
    .filter((one) => one.at > at)
    .sort((left, right) => (left.at < right.at ? -1 : 1))
}
