import type { FlowState } from '../../flows/engine/types.ts'
import { flows } from '../../flows/index.ts'

const DAY = 86_400_000
/** Days of silence after which a form that was left half-way is recalled, once each. */
const REMINDER_DAYS = [2, 7] as const

const reminded = new Set(flows.filter(({ reminds }) => reminds === true).map(({ id }) => id))

/** When a person hears of what they left half-way, if they stay silent; null where nothing waits. */
export function remindAt(state: FlowState, at: string): string | null {
  return leftFlow(state) === null ? null : daysAfter(at, REMINDER_DAYS[0])
}

/** The flow that was left half-way, the one that was talking first; null where nothing waits. */
export function leftFlow({ stack, parked }: FlowState): string | null {
  const left = [...Object.keys(parked), ...stack.map(({ flow }) => flow)]
  return left.findLast((flow) => reminded.has(flow)) ?? null
}

/** When the next reminder is due after `sent` of them, counted from the last one; null after the last. */
export function nextReminder(sent: number, at: string): string | null {
  const [days, before] = [REMINDER_DAYS[sent], REMINDER_DAYS[sent - 1]]
  return days === undefined || before === undefined ? null : daysAfter(at, days - before)
}

/** The hours, in China, at whose end and beginning people are left in peace. */
const MORNING = 8
const EVENING = 21
/** What was due in the night comes at this hour. */
const LATER = 9
const CHINA = 8 * 3_600_000

/** When to come again, where people are asleep at `at`; null by day. */
export function restUntil(at: string): string | null {
  const hour = new Date(Date.parse(at) + CHINA).getUTCHours()
  return hour >= EVENING || hour < MORNING ? nextHour(at, LATER) : null
}

/** When the evening's rest begins: what was not sent by then is not sent any more. */
export function restFrom(at: string): string {
  return nextHour(at, EVENING)
}

/** The next time after `at` that it is this hour in China, which has one time and no summer time. */
function nextHour(at: string, hour: number): string {
  const now = Date.parse(at)
  const today = Math.floor((now + CHINA) / DAY) * DAY - CHINA + hour * 3_600_000
  return new Date(today > now ? today : today + DAY).toISOString()
}

function daysAfter(at: string, days: number): string {
  return new Date(Date.parse(at) + days * DAY).toISOString()
}
