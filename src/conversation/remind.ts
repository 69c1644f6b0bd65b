import type { FlowState } from '../../flows/engine/state.ts'
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

function daysAfter(at: string, days: number): string {
  return new Date(Date.parse(at) + days * DAY).toISOString()
}
