import { takeStale } from '../../db/tipoffs/desk.ts'
import { chinaDay } from '../../flows/programme/china-time.ts'
import type { Deps } from '../kernel/deps.ts'
import type { Job } from '../kernel/job.ts'
import { tellStaff } from '../kernel/staff/tell-staff.ts'
import { sweepTipOffs } from './files.ts'

/** Supervision is reminded of what nobody answered for so many days. */
const STALE_DAYS = 3

export const jobs: readonly Job[] = [
  { failed: 'tip-offs-unswept', every: 'minute', minutes: 60, run: sweepTipOffs },
  { failed: 'tip-offs-untold', every: 'minute', minutes: 60, run: tellOfStale },
]

/** Tells those who hold the role, in the chats that they linked, how many tip-offs wait too long: a figure and nothing else. */
export async function tellOfStale(deps: Deps): Promise<void> {
  const now = deps.now()
  const before = new Date(Date.parse(now) - (STALE_DAYS - 1) * 24 * 3_600_000).toISOString()
  const count = await takeStale(deps.db, chinaDay(now), chinaDay(before))
  if (count === 0) return
  await deps.db.write(
    await tellStaff(deps, { role: 'supervision' }, (locale) => ({
      text: deps.translate(locale, 'tipoffs-console.stale', { count }),
      quickReplies: [],
    })),
  )
  deps.wake()
}
