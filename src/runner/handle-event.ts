import { setReachable } from '../../db/outbox.ts'
import { commitTurn, loadTurn, type TurnRead } from '../../db/turns.ts'
import { NOTHING_OFFERED, type Offered, resolveOffered } from '../../flows/engine/offered.ts'
import type {
  Channel,
  FlowState,
  InboundEvent,
  Input,
  Reply,
  TurnContext,
} from '../../flows/engine/types.ts'
import type { Locale } from '../../locales/keys.ts'
import type { Deps } from '../deps.ts'
import type { Policy } from '../policy.ts'
import { renderTurn } from './render.ts'
import { runSteps, type TurnOutcome } from './run-steps.ts'

/** A turn that others were faster in is tried again this often. */
const MAX_RACES = 5
/** A late reply is of no use after a day. */
const REPLY_HOURS = 24

/**
 * One turn: read, step, write, once. The reply is on disk when this resolves; the same event again
 * gets the same reply and changes nothing. Rejects only when the database does not answer or a
 * policy is missing: the network then delivers again.
 */
export async function handleEvent(
  deps: Deps,
  channel: Channel,
  event: InboundEvent,
): Promise<Reply | null> {
  if (event.input.type === 'membership') {
    await deps.db.write([setReachable(event.from, event.input.state === 'joined')])
    return null
  }
  const { channel: network, id } = event.from
  return deps.inTurn(`${network}:${id}`, () => raceTurn(deps, channel, event))
}

async function raceTurn(deps: Deps, channel: Channel, event: InboundEvent): Promise<Reply> {
  for (let race = 0; race < MAX_RACES; race++) {
    const read = await loadTurn(deps.db, event.from, event.id, deps.programme)
    if (read.answered !== null) return read.answered
    const reply = await takeTurn(deps, channel, event, read)
    if (reply !== null) return reply
  }
  throw new Error('a conversation was changed faster than it could be read')
}

async function takeTurn(
  deps: Deps,
  channel: Channel,
  event: InboundEvent,
  { session, revision }: TurnRead,
): Promise<Reply | null> {
  if (revision === null) throw new Error('no policy pack has been loaded')
  const policy = await deps.policies.at(revision)
  const turn = (session?.turn ?? 0) + 1
  const locale = session?.locale ?? event.locale ?? 'zh-Hans'
  const offered = (session?.offered as Offered | undefined) ?? NOTHING_OFFERED
  const at = deps.now()
  const ctx: TurnContext = { now: at, locale, programme: policy.words }
  const outcome = runSafely(
    deps,
    policy,
    session?.state ?? null,
    resolveOffered(event.input, offered),
    ctx,
  )
  const rendered = renderTurn(outcome.spoken, turn, channel.limits, deps.translate)
  const sessionId = session?.id ?? deps.newId()
  const result = await commitTurn(deps.db, {
    from: event.from,
    sessionId,
    contactId: session?.contactId ?? deps.newId(),
    isNew: session === null,
    locale,
    eventId: event.id,
    turn,
    path: outcome.path,
    status: outcome.state.status,
    state: outcome.state,
    offered: rendered.offered,
    heard: heard(event.input, offered),
    said: rendered.said,
    replies: channel.limits.repliesInResponse,
    expiresAt: hoursAfter(at, REPLY_HOURS),
    records: outcome.records.map((saved, index) => ({
      ...saved,
      id: `${sessionId}:${turn}:${index}`,
      revision,
    })),
    handoffs: outcome.handoffs.map((reason, index) => ({
      id: `${sessionId}:${turn}:${index}`,
      reason,
    })),
    at,
  })
  if (result === 'taken') return null
  if (rendered.said.length > channel.limits.repliesInResponse) deps.wake()
  return { turn, messages: rendered.said.slice(0, channel.limits.repliesInResponse) }
}

/** A bug of ours must not cost a person their conversation: it is marked, said and handed to staff. */
function runSafely(
  deps: Deps,
  policy: Policy,
  state: FlowState | null,
  input: Input,
  ctx: TurnContext,
): TurnOutcome {
  try {
    return runSteps(deps.step, policy, state, input, ctx)
  } catch (error) {
    deps.log.error('turn-failed', error, { at: state?.stack.at(-1)?.step ?? 'start' })
    return failed(state, ctx.locale)
  }
}

function failed(state: FlowState | null, locale: Locale): TurnOutcome {
  return {
    state: { status: 'failed', stack: state?.stack ?? [], parked: state?.parked ?? {} },
    spoken: [{ message: { text: { key: 'common.bug' } }, locale }],
    records: [],
    handoffs: ['bug'],
    path: ['failed'],
  }
}

/** What the transcript keeps of what a person did, in the form in which it keeps what we said. */
function heard(input: Input, offered: Offered) {
  const label = (value: string) =>
    offered.replies.find((reply) => reply.value === value)?.label ?? value
  const text = (() => {
    switch (input.type) {
      case 'text':
        return input.text
      case 'choice':
        return label(input.value)
      case 'command':
        return `/${input.name}`
      default:
        return `[${input.type}]`
    }
  })()
  return { text, quickReplies: [], input }
}

function hoursAfter(at: string, hours: number): string {
  return new Date(Date.parse(at) + hours * 3_600_000).toISOString()
}
