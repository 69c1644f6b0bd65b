import type { ChannelLimits, RenderedMessage } from '../../../flows/engine/channel.ts'
import type { TurnContext } from '../../../flows/engine/context.ts'
import { NOTHING_OFFERED, type Offered, resolveOffered } from '../../../flows/engine/offered.ts'
import type { FlowState } from '../../../flows/engine/state.ts'
import type { Input } from '../../../flows/engine/types.ts'
import type { Locale } from '../../../locales/keys.ts'
import { renderTurn } from '../../../src/conversation/render.ts'
import { askWorld } from '../../../src/conversation/run-safely.ts'
import { runSteps, type TurnOutcome } from '../../../src/conversation/run-steps.ts'
import type { Deps } from '../../../src/kernel/deps.ts'
import type { Policy } from '../../../src/kernel/policy.ts'
import type { World } from '../../../src/kernel/requester.ts'
import type { TestWorld } from '../../helpers/app.ts'

/** A conversation at one moment. It is never changed, so that many things can be tried from the same one. */
export type Moment = { state: FlowState | null; offered: Offered; locale: Locale }

/** What was said to a person, and what came of it. */
export type Heard = {
  moment: Moment
  outcome: TurnOutcome
  text: string
  /** The values of the buttons below it. */
  values: readonly string[]
  messages: readonly RenderedMessage[]
}

const limits = (quickReplies: number): ChannelLimits => ({
  textLength: 100_000,
  quickReplies,
  ratePerSecond: 1000,
  sessionWindowHours: null,
  repliesInResponse: 10,
})

/** Talks to the whole product without storing anything. `buttons`: the channel has them; `world`: who answers the flows. */
export function createDryTalker(
  { deps }: Pick<TestWorld, 'deps'>,
  policy: Policy,
  { buttons = true, world = worldOf(deps, policy) }: { buttons?: boolean; world?: World } = {},
) {
  return async (moment: Moment, said: string | Input, held = false): Promise<Heard> => {
    const ctx: TurnContext = {
      now: deps.now(),
      locale: moment.locale,
      programme: policy.words,
      phrases: policy.phrases,
      personalData: true,
      office: () => deps.desk.officeAt(deps.now()),
      handoff: held ? { tell: false, over: null } : null,
    }
    const input: Input = typeof said === 'string' ? { type: 'text', text: said } : said
    const steps = runSteps(deps.step, moment.state, resolveOffered(input, moment.offered), ctx)
    let next = steps.next({ reply: {} })
    while (next.done !== true) next = steps.next(await askWorld(world, next.value))
    const outcome = next.value
    const { said: messages, offered } = renderTurn(
      outcome.spoken,
      1,
      limits(buttons ? 30 : 0),
      deps.translate,
    )
    const changed = outcome.records.findLast(({ record }) => record.kind === 'locale')?.record
    return {
      moment: {
        state: outcome.state,
        offered: messages.length === 0 ? moment.offered : offered,
        locale: changed?.kind === 'locale' ? changed.locale : moment.locale,
      },
      outcome,
      text: messages.map(({ text }) => text).join('\n'),
      values: messages.flatMap(({ quickReplies }) => quickReplies.map(({ value }) => value)),
      messages,
    }
  }
}

const worldOf = (deps: Deps, policy: Policy): World =>
  deps.world(deps, policy, {
    contactId: 'nobody',
    address: { channel: 'web', id: 'nobody' },
    at: deps.now(),
    shared: false,
    network: null,
  })

/** What is on the screen after messages were said. */
export const offeredBy = (deps: Deps, spoken: TurnOutcome['spoken'], buttons: boolean): Offered =>
  renderTurn(spoken, 1, limits(buttons ? 30 : 0), deps.translate).offered

export const beginning = (locale: Locale): Moment => ({
  state: null,
  offered: NOTHING_OFFERED,
  locale,
})
