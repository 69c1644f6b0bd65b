import { NOTICE_KINDS } from '../../db/outbox/kinds.ts'
import type { Channel } from '../../flows/engine/channel.ts'
import { CHINA_MS } from '../../flows/programme/china-time.ts'

const DAY = 86_400_000
/** The hours, in China, at whose end and beginning people are left in peace. */
const MORNING = 8
const EVENING = 21
/** What was due in the night comes at this hour, where it need not be the first thing in the morning. */
const LATER = 9
const CHINA = CHINA_MS

/** True from nine in the evening to eight in the morning, in China. */
export function isQuiet(at: string): boolean {
  const hour = new Date(Date.parse(at) + CHINA).getUTCHours()
  return hour >= EVENING || hour < MORNING
}

/** When to come again, where people are asleep at `at`; null by day. */
export function restUntil(at: string): string | null {
  return isQuiet(at) ? nextHour(at, LATER) : null
}

/** When the evening's rest begins: what was not sent by then is not sent any more. */
export function restFrom(at: string): string {
  return nextHour(at, EVENING)
}

/** How urgent a message must be to go now: by night only what was asked for, where it would ring. */
export function priorityAt(at: string, { silent }: Pick<Channel, 'silent'>): 0 | 1 | 2 | 3 {
  return silent !== true && isQuiet(at) ? LOUDEST : 3
}

/** The priority of what may go by night. */
const LOUDEST = NOTICE_KINDS.answer.priority

/** The next time after `at` that it is this hour in China, which has one time and no summer time. */
function nextHour(at: string, hour: number): string {
  const now = Date.parse(at)
  const today = Math.floor((now + CHINA) / DAY) * DAY - CHINA + hour * 3_600_000
  return new Date(today > now ? today : today + DAY).toISOString()
}
