import type { Step } from '../../flows/engine/step.ts'
import type { FlowState, Input, TurnContext } from '../../flows/engine/types.ts'
import type { Policy } from '../../src/policy.ts'
import { runSteps, type TurnOutcome } from '../../src/runner/run-steps.ts'

export const CTX: TurnContext = {
  now: '2018-06-01T02:00:00.000Z',
  locale: 'zh-Hans',
  programme: {
    'zh-Hans': { name: '测试政策', featured: [{ entry: 'x', label: '能补多少钱' }] },
    en: { name: 'Test plan', featured: [{ entry: 'x', label: 'How much' }] },
  },
}

/** Plays inputs through a step function, with the state written as JSON and read back between turns. */
export function createPlayer(
  step: Step,
  policy: Pick<Policy, 'answer'> & Partial<Pick<Policy, 'prescreen'>>,
  ctx: TurnContext = CTX,
) {
  let state: FlowState | null = null
  const player = {
    get state() {
      return state
    },
    set(next: FlowState | null) {
      state = next
    },
    send(input: Input | string): TurnOutcome {
      const event: Input = typeof input === 'string' ? { type: 'text', text: input } : input
      const whole: Policy = {
        revision: 'test',
        words: ctx.programme,
        prescreen: () => ({ kind: 'unheard' }),
        ...policy,
      }
      const outcome = runSteps(step, whole, state, event, ctx)
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
