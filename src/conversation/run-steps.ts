import type { TurnRecord } from '../../db/conversation/records.ts'
import type { TurnContext } from '../../flows/engine/context.ts'
import type { FlowState } from '../../flows/engine/state.ts'
import type { Step } from '../../flows/engine/step.ts'
import type { HandoffReason, Input, Urgency } from '../../flows/engine/types.ts'
import type { Locale } from '../../locales/keys.ts'
import type { Planned, QueryRequest } from '../kernel/requester.ts'
import { forget } from './forget.ts'
import type { Spoken } from './render.ts'

/** Requests of one turn; more is a loop, which is our bug. */
const MAX_REQUESTS = 12

/** What the steps of one turn came to, before anything is stored. */
export type TurnOutcome = {
  state: FlowState
  spoken: readonly Spoken[]
  records: readonly { record: TurnRecord; locale: Locale }[]
  /** Why staff are called; null: they are not. */
  handoff: HandoffReason | null
  /** Why staff should look at once. */
  urgent?: Urgency | null
  /** The bot speaks again. */
  handedBack: boolean
  /** What the person said is kept nowhere. */
  apart?: boolean
  path: readonly string[]
  /** A question of a flow waits for its answer. */
  open?: boolean
}

/**
 * Steps until no request is open. Yields each request or intent and is to be continued with what came of it, so
 * that the steps stay pure and whoever drives them decides how the world is asked.
 */
export function* runSteps(
  step: Step,
  stored: FlowState | null,
  input: Input,
  ctx: TurnContext,
): Generator<QueryRequest, TurnOutcome, Planned> {
  const spoken: Spoken[] = []
  const records: { record: TurnRecord; locale: Locale }[] = []
  let handoff: HandoffReason | null = null
  let urgent: Urgency | null = null
  let handedBack = false
  let apart = false
  const path: string[] = []
  let locale = ctx.locale
  let state = stored
  let open = false
  let next: Input | null = input
  let remembers: ((heard: FlowState) => FlowState) | null = null
  for (let requests = 0; next !== null; requests++) {
    if (requests > MAX_REQUESTS) throw new Error(`more than ${MAX_REQUESTS} requests in one turn`)
    const result = step(state, next, { ...ctx, locale })
    state = remembers === null ? result.state : remembers(result.state)
    open = result.open === true
    next = null
    remembers = null
    path.push(...result.path)
    for (const effect of result.effects) {
      switch (effect.type) {
        case 'send':
          spoken.push({ message: effect.message, locale })
          break
        case 'save':
          records.push({ record: effect.record, locale })
          if (effect.record.kind === 'locale') locale = effect.record.locale
          state = forget(state, effect.record)
          break
        case 'handoff':
          handoff ??= effect.reason
          urgent ??= effect.urgent ?? null
          break
        case 'apart':
          apart = true
          break
        case 'handback':
          handedBack = true
          break
        case 'request': {
          const { reply } = yield { query: effect.query, locale }
          next = { type: 'result', requestId: effect.requestId, reply }
          break
        }
        case 'intend': {
          const planned = yield { intent: effect.intent, locale }
          for (const save of planned.saves ?? []) {
            const record =
              typeof save === 'function' ? { kind: 'planned' as const, statements: save } : save
            records.push({ record, locale })
          }
          next = { type: 'result', requestId: effect.intent.kind, reply: planned.reply }
          remembers = (heard) =>
            forgetSaved(planned.remembers?.(heard) ?? heard, planned.saves ?? [])
          break
        }
      }
    }
  }
  if (state === null) throw new Error('a turn without a state')
  return { state, spoken, records, handoff, urgent, handedBack, apart, path, open }
}

/** A conversation's memory after what was saved with an intent. */
function forgetSaved(state: FlowState, saves: NonNullable<Planned['saves']>): FlowState {
  return saves.reduce(
    (kept, save) => (typeof save === 'function' ? kept : forget(kept, save)),
    state,
  )
}
