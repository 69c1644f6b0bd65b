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
import { takeMedia } from '../attachments/take-media.ts'
import type { Deps } from '../deps.ts'
import { type Answerer, createAnswerer } from './answer-query.ts'
import { remindAt } from './remind.ts'
import { renderTurn } from './render.ts'
import type { Ride } from './ride.ts'
import { runSteps, type TurnOutcome } from './run-steps.ts'

/** A turn that others were faster in is tried again this often. */
const MAX_RACES = 5
/** A late reply is of no use after a day. */
const REPLY_HOURS = 24

/**
 * One turn: read, step, write, once. The reply is on disk when this resolves; the same event again
 * gets the same reply and changes nothing. Rejects only when the database does not answer or a
 * policy is missing: the network then delivers again. `ride`: the response, where it may leave early.
 */
export async function handleEvent(
  deps: Deps,
  channel: Channel,
  event: InboundEvent,
  ride?: Ride,
): Promise<Reply | null> {
  if (event.input.type === 'membership') {
    await deps.db.write([setReachable(event.from, event.input.state === 'joined')])
    return null
  }
  const { channel: network, id } = event.from
  return deps.inTurn(`${network}:${id}`, async () =>
    raceTurn(deps, channel, await takeMedia(deps, channel, event), ride),
  )
}

async function raceTurn(
  deps: Deps,
  channel: Channel,
  event: InboundEvent,
  ride: Ride | undefined,
): Promise<Reply> {
  for (let race = 0; race < MAX_RACES; race++) {
    const read = await loadTurn(deps.db, deps.vault, event.from, event.id, deps.programme)
    if (read.answered !== null) return read.answered
    const reply = await takeTurn(deps, channel, event, read, ride)
    if (reply !== null) return reply
  }
  throw new Error('a conversation was changed faster than it could be read')
}

async function takeTurn(
  deps: Deps,
  channel: Channel,
  event: InboundEvent,
  { session, revision }: TurnRead,
  ride: Ride | undefined,
): Promise<Reply | null> {
  if (revision === null) throw new Error('no policy pack has been loaded')
  const policy = await deps.policies.at(revision)
  const turn = (session?.turn ?? 0) + 1
  const locale = session?.locale ?? event.locale ?? 'zh-Hans'
  const offered = (session?.offered as Offered | undefined) ?? NOTHING_OFFERED
  const at = deps.now()
  const ctx: TurnContext = {
    now: at,
    locale,
    programme: policy.words,
    personalData: deps.personalData(event.from.channel) && event.shared !== true,
  }
  const contactId = session?.contactId ?? deps.newId()
  const outcome = await runSafely(
    deps,
    session?.state ?? null,
    resolveOffered(event.input, offered),
    ctx,
    createAnswerer(deps, policy, { contactId, address: event.from, at }),
  )
  const rendered = renderTurn(outcome.spoken, turn, channel.limits, deps.translate)
  const sessionId = session?.id ?? deps.newId()
  const inResponse = (ride?.board() ?? true) ? channel.limits.repliesInResponse : 0
  const result = await commitTurn(deps.db, deps.vault, {
    from: event.from,
    sessionId,
    contactId,
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
    replies: inResponse,
    expiresAt: hoursAfter(at, REPLY_HOURS),
    remindAt: remindAt(outcome.state, at),
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
  if (rendered.said.length > inResponse) deps.wake()
  return { turn, messages: rendered.said.slice(0, inResponse) }
}

/**
 * A bug of ours must not cost a person their conversation: it is marked, said and handed to staff. A
 * database that does not answer is no bug of the flow: it rejects, and the network delivers again.
 */
async function runSafely(
  deps: Deps,
  state: FlowState | null,
  input: Input,
  ctx: TurnContext,
  answer: Answerer,
): Promise<TurnOutcome> {
  const steps = runSteps(deps.step, state, input, ctx)
  let value: unknown
  for (;;) {
    const next = safely(() => steps.next(value))
    if (next instanceof Error) {
      deps.log.error('turn-failed', next, { at: state?.stack.at(-1)?.step ?? 'start' })
      return failed(state, ctx.locale)
    }
    if (next.done === true) return next.value
    try {
      const answered = answer(next.value)
      value = answered instanceof Promise ? await answered : answered
    } catch (error) {
      // Rejects itself where it was the database that did not answer.
      await deps.db.read([{ sql: 'SELECT 1', args: [] }])
      deps.log.error('answer-failed', error, { query: next.value.query.kind })
      return failed(state, ctx.locale)
    }
  }
}

function safely<Result>(run: () => Result): Result | Error {
  try {
    return run()
  } catch (error) {
    return error instanceof Error ? error : new Error('a flow threw what is no error')
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
