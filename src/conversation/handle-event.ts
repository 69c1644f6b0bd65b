import { commitTurn, type TurnWrite } from '../../db/conversation/commit-turn.ts'
import { loadTurn, type TurnRead } from '../../db/conversation/turns.ts'
import type { Statement } from '../../db/core/database.ts'
import type { ReleasedHandoff } from '../../db/handoffs/handoffs.ts'
import { resumeAddress, setReachable } from '../../db/outbox/record.ts'
import type { Channel, Reply } from '../../flows/engine/channel.ts'
import type { TurnContext } from '../../flows/engine/context.ts'
import { isForStaff } from '../../flows/engine/hand-off.ts'
import { NOTHING_OFFERED, type Offered, resolveOffered } from '../../flows/engine/offered.ts'
import type { FlowState } from '../../flows/engine/state.ts'
import type { InboundEvent, Input } from '../../flows/engine/types.ts'
import { isReturned } from '../../flows/programme/lifecycle/stages.ts'
import type { Locale } from '../../locales/keys.ts'
import { takeMedia } from '../cases/attachments/take-media.ts'
import { commit, type Plan } from '../kernel/commit/commit.ts'
import type { Deps, Ride } from '../kernel/deps.ts'
import { loadDirectory } from '../kernel/offices/directory.ts'
import type { Policy } from '../kernel/policy.ts'
import { tellStaff } from '../kernel/staff/tell-staff.ts'
import { hearParts, isPart, putAside, takeAlbums } from './album.ts'
import { withOwnKey } from './event-key.ts'
import { handoffWrites, isLongAgo } from './handoff-writes.ts'
import { APART_PATH, apartOf, askApart, heardOf, isApart, recordsOf } from './heard.ts'
import { ownDistrict } from './own-district.ts'
import { officesOf, withOwnOffice } from './own-office.ts'
import { remindAt } from './remind.ts'
import { type RenderedTurn, renderTurn } from './render.ts'
import { runSafely } from './run-safely.ts'
import type { TurnOutcome } from './run-steps.ts'

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
    const joined = event.input.state === 'joined'
    await deps.db.write([
      setReachable(event.from, joined),
      ...(joined ? [resumeAddress(event.from, deps.now())] : []),
    ])
    if (joined) deps.wake()
    return null
  }
  const keyed = withOwnKey(event)
  if (isPart(keyed)) {
    await putAside(deps, keyed, (album, gone) => handleEvent(deps, channel, album, gone))
    return null
  }
  const elsewhere = deps.takeElsewhere?.(event, ride) ?? null
  if (elsewhere !== null) return elsewhere
  const { channel: network, id } = event.from
  return deps.inTurn(`${network}:${id}`, () => takeTurn(deps, channel, keyed, ride, event.id))
}

/** `formerId`: the key that the event may have been stored under before keys held the person. */
async function takeTurn(
  deps: Deps,
  channel: Channel,
  event: InboundEvent,
  ride?: Ride,
  formerId = event.id,
): Promise<Reply> {
  const taken = await takeFiles(deps, channel, event)
  return commit<Reply>(deps.db, {
    races: 'any',
    plan: async () => {
      const look = () =>
        loadTurn(deps.db, deps.vault, event.from, event.id, deps.programme, formerId)
      const first = await look()
      if (first.answered !== null) return { made: first.answered }
      const isBehind = first.hasKept && channel.limits.albums === true && event.parts === undefined
      if (!isBehind) return planTurn(deps, channel, taken, first, { ride })
      await takeAlbums(deps, event.from, (album, gone) => takeTurn(deps, channel, album, gone))
      return planTurn(deps, channel, taken, await look(), { ride })
    },
  })
}

/** The event with its files kept, those of an album side by side. */
async function takeFiles(deps: Deps, channel: Channel, event: InboundEvent): Promise<InboundEvent> {
  if (event.parts === undefined) return takeMedia(deps, channel, event)
  const parts = await Promise.all(
    event.parts.map(async ({ id, input }) => {
      const taken = await takeMedia(deps, channel, { ...event, id, input })
      return { id, input: taken.input }
    }),
  )
  return { ...event, parts }
}

/** What is special about a turn. */
export type TurnOptions = {
  /** The response, where it may leave early. */
  ride?: Ride | undefined
  /** We begin: the conversation is given back to the bot, and the batch is written with what belongs to it. */
  givesBack?: {
    release: ReleasedHandoff & { by: 'staff' | 'time' }
    store: (statements: readonly Statement[]) => Promise<unknown>
  }
}

/** The turn that follows what was read, to be stored in one batch. */
export async function planTurn(
  inGeneral: Deps,
  channel: Pick<Channel, 'limits'>,
  event: InboundEvent,
  read: TurnRead,
  { ride, givesBack }: TurnOptions = {},
): Promise<Plan<Reply>> {
  const { session, revision, handoff, cases } = read
  if (revision === null) throw new Error('no policy pack has been loaded')
  const general = await inGeneral.policies.load(revision)
  const directory = await loadDirectory(inGeneral.db, general, read.edition)
  const mayBePersonal = inGeneral.personalData(event.from.channel) && event.shared !== true
  // Where nothing personal may be told, nobody's district is.
  const own = mayBePersonal ? ownDistrict(general.pack, read) : null
  const policy = directory.policyFor(own)
  const deps = withOwnOffice(inGeneral, directory, own)
  const turn = (session?.turn ?? 0) + 1
  const locale = session?.locale ?? event.locale ?? 'zh-Hans'
  const offered = (session?.offered as Offered | undefined) ?? NOTHING_OFFERED
  const at = deps.now()
  const ctx: TurnContext = {
    now: at,
    locale,
    programme: policy.words,
    phrases: policy.phrases,
    personalData: mayBePersonal,
    ...returnedOf(policy, cases),
    off: read.off,
    ...officesOf(deps.desk, directory, own, at),
    relayed: channel.limits.relayed === true,
    handoff: handoff && {
      tell: isLongAgo(handoff, at),
      over: givesBack?.release.by ?? null,
      isAnswered: handoff.answeredAt !== null,
    },
  }
  const contactId = session?.contactId ?? deps.newId()
  const lost = session?.isLost === true
  const world = deps.world(deps, policy, {
    contactId,
    address: event.from,
    at,
    cases,
    shared: event.shared === true,
    network: event.network ?? null,
  })
  const run = (state: FlowState | null, input: Input) => runSafely(deps, state, input, ctx, world)
  const before = session?.state ?? null
  const inputs = event.parts?.map(({ input }) => input) ?? [event.input]
  // What is typed while staff have the conversation is meant for them, a number too.
  const resolved =
    handoff !== null && event.input.type === 'text'
      ? event.input
      : resolveOffered(event.input, handoff === null ? offered : NOTHING_OFFERED)
  const stepped = lost
    ? await run(before, { type: 'command', name: 'start' })
    : event.parts === undefined
      ? await run(before, resolved)
      : await hearParts(inputs, before, run)
  const outcome = lost ? withApology(stepped, locale) : stepped
  const rendered = inThread(
    renderTurn(
      isApart(outcome.state) ? outcome.spoken.map(askApart) : outcome.spoken,
      turn,
      channel.limits,
      deps.translate,
      outcome.open,
    ),
    event.thread,
  )
  const apart = handoff === null ? apartOf(session?.state ?? null, outcome) : null
  const { said } = rendered
  const sessionId = session?.id ?? deps.newId()
  const rides = givesBack === undefined && ((await ride?.claim()) ?? true)
  const inResponse = rides ? channel.limits.repliesInResponse : 0
  const dueAt = () => deps.desk.dueAfter(at, directory.hoursOf(own))
  const handed = handoffWrites(dueAt, handoff, outcome, `${sessionId}:${turn}:0`, givesBack)
  const toStaff = handed.hears !== null && isForStaff(event.input.type)
  const [heard, ...also] = inputs.map((input) => ({
    ...heardOf(deps, locale, input, offered, apart),
    ...(toStaff ? { toStaff } : {}),
  }))
  const write: TurnWrite = {
    from: event.from,
    sessionId,
    contactId,
    isNew: session === null,
    locale,
    eventId: event.id,
    turn,
    version: (session?.version ?? 0) + 1,
    path: apart === 'turn' ? APART_PATH : outcome.path,
    status: outcome.state.status,
    state: outcome.state,
    offered: rendered.said.length === 0 ? offered : rendered.offered,
    heard: givesBack === undefined ? heard : undefined,
    ...(event.parts === undefined ? {} : { also, parts: event.parts.map(({ id }) => id) }),
    said,
    apart: apart === 'turn',
    replies: inResponse,
    // Only what does not ride on the response can come too late.
    expiresAt: rendered.said.length > inResponse ? hoursAfter(at, REPLY_HOURS) : at,
    remindAt: handed.waits ? null : remindAt(outcome.state, at),
    records: recordsOf(outcome, apart).map((saved, index) => ({
      ...saved,
      id: `${sessionId}:${turn}:${index}`,
      revision,
    })),
    opens: handed.opens,
    hears: handed.hears,
    releases: handed.releases,
    at,
  }
  return {
    result: {
      turn,
      messages: said.slice(0, inResponse),
      ...(toStaff ? { toStaff } : {}),
    },
    write: async () => {
      await commitTurn(deps.db, deps.vault, write, givesBack?.store)
      deps.news.tell(event.from)
      if (said.length > inResponse) deps.wake()
      if (handed.news) deps.callStaff?.()
      if (lost) deps.background(tellLost(deps, sessionId))
    },
  }
}

/** The application that waits for its applicant, where there is one. */
function returnedOf({ pack }: Policy, cases: TurnRead['cases']): Pick<TurnContext, 'returned'> {
  const { stages } = pack
  const found = cases.find(({ stage }) => stages !== undefined && isReturned(stages, stage))
  return found === undefined ? {} : { returned: found.number }
}

/** What is said to words of a thread is said there, also by the messages that do not ride on the response. */
function inThread(rendered: RenderedTurn, thread: number | undefined): RenderedTurn {
  if (thread === undefined) return rendered
  return { ...rendered, said: rendered.said.map((message) => ({ ...message, thread })) }
}

/** Who begins anew since their memory is lost hears that first. */
function withApology(outcome: TurnOutcome, locale: Locale): TurnOutcome {
  const message = { text: { key: 'common.memoryLost' } } as const
  return { ...outcome, spoken: [{ message, locale }, ...outcome.spoken] }
}

/** Administrators hear of a memory that does not open: a key or the database may be broken. */
async function tellLost(deps: Deps, id: string): Promise<void> {
  deps.log.error('memory-lost', new Error('a conversation does not open'), { session: id })
  const told = await tellStaff(deps, { role: 'admin' }, (locale) => ({
    text: deps.translate(locale, 'staff.memory-lost', { id }),
    quickReplies: [],
  }))
  await deps.db.write(told)
  deps.wake()
}

function hoursAfter(at: string, hours: number): string {
  return new Date(Date.parse(at) + hours * 3_600_000).toISOString()
}
