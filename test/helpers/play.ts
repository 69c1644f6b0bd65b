import type { TurnContext } from '../../flows/engine/context.ts'
import type { Intent, Query } from '../../flows/engine/queries.ts'
import type { FlowState } from '../../flows/engine/state.ts'
import type { Step } from '../../flows/engine/step.ts'
import type { Input } from '../../flows/engine/types.ts'
import type { Locale } from '../../locales/keys.ts'
import { runSteps, type TurnOutcome } from '../../src/conversation/run-steps.ts'
import type { Policy } from '../../src/kernel/policy.ts'
import type { Planned, QueryRequest } from '../../src/kernel/requester.ts'

export const CTX: TurnContext = {
  now: '2018-06-01T02:00:00.000Z',
  locale: 'zh-Hans',
  personalData: true,
  programme: {
    'zh-Hans': { name: '测试政策', featured: [{ entry: 'x', label: '能补多少钱' }] },
    en: { name: 'Test plan', featured: [{ entry: 'x', label: 'How much' }] },
  },
}

/** Plays inputs through a step function, with the state written as JSON and read back between turns. */
export function createPlayer(
  step: Step,
  policy: Pick<Policy, 'answer'> &
    Partial<Pick<Policy, 'prescreen'>> & {
      world?: (asked: Query | Intent, locale: Locale) => Planned
    },
  ctx: TurnContext = CTX,
) {
  let state: FlowState | null = null
  const answer = (asked: QueryRequest): Planned => {
    const { locale } = asked
    const query = 'query' in asked ? asked.query : asked.intent
    switch (query.kind) {
      case 'policy-answer':
      case 'policy-entry':
      case 'policy-clause':
        return { reply: { policy: policy.answer(query, locale) } }
      case 'prescreen':
      case 'prescreen-typed':
        return { reply: { prescreen: policy.prescreen?.(query, locale) ?? { kind: 'unheard' } } }
      default:
        return policy.world?.(query, locale) ?? { reply: {} }
    }
  }
  const player = {
    get state() {
      return state
    },
    set(next: FlowState | null) {
      state = next
    },
    send(input: Input | string): TurnOutcome {
      const event: Input = typeof input === 'string' ? { type: 'text', text: input } : input
      const steps = runSteps(step, state, event, ctx)
      let next = steps.next({ reply: {} })
      while (next.done !== true) next = steps.next(answer(next.value))
      const outcome = next.value
      state = JSON.parse(JSON.stringify(outcome.state))
      return outcome
    },
    /** The message keys (or plain texts) that were said, in order. */
    said(input: Input | string): string[] {
      return player
        .send(input)
        .spoken.flatMap(({ message }) => [message.text].flat())
        .map((text) => ('key' in text ? text.key : text.text))
    },
  }
  return player
}
