import {
  carryStatements,
  giveStatements,
  loadConversations,
} from '../../../db/people/carried-runs.ts'
import type { FlowState, Run } from '../../../flows/engine/state.ts'
import type { Address } from '../../../flows/engine/types.ts'
import { flows } from '../../../flows/index.ts'
import type { LinkingReply } from '../../../flows/people/link/ask.ts'
import type { Locale, MessageKey } from '../../../locales/keys.ts'
import { carryIn, leaveRuns } from '../../conversation/forget.ts'
import type { Deps } from '../../kernel/deps.ts'
import type { Planned, Requester } from '../../kernel/requester.ts'
import { tellChat } from './tell-chat.ts'

/**
 * Tells which half-filled form of this person's other chats was used last, and whether there is one here too.
 * Where it is in a chat that does not share with this one, that chat is asked.
 */
export async function waiting(deps: Deps, requester: Requester): Promise<Planned<LinkingReply>> {
  const { others, own } = await conversations(deps, requester)
  const first = others.find(({ runs, session }) => runs.length > 0 && session.shares)
  const flow = first?.runs.at(0)?.flow ?? null
  if (flow !== null) {
    return { reply: { kind: 'waiting', flow, clash: own.some((run) => run.flow === flow) } }
  }
  const apart = others.find(({ runs }) => runs.length > 0)
  if (apart === undefined) return { reply: { kind: 'waiting', flow: null, clash: false } }
  const entry = await entryOf(deps, requester.address)
  const told = await tellChat(deps, apart.session.from, requester.at, {
    key: 'link.giveAsk',
    about: requester.address,
    buttons: [{ value: `!link:give:${entry}`, key: 'link.give' }],
  })
  return {
    reply: { kind: 'runs-asked' },
    saves: [async ({ id }) => [await told(`runs-asked:${id}`)]],
  }
}

/** Takes every half-filled form out of the chats that share: of each flow the one that was used last. */
export async function bring(
  deps: Deps,
  requester: Requester,
  locale: Locale,
): Promise<Planned<LinkingReply>> {
  const all = await conversations(deps, requester)
  const others = all.others.filter(({ session }) => session.shares)
  const runs = new Map<string, Run>()
  for (const run of others.flatMap((one) => one.runs)) {
    if (!runs.has(run.flow)) runs.set(run.flow, run)
  }
  const [flow] = runs.keys()
  if (flow === undefined) return { reply: { kind: 'nothing' } }
  const text = deps.translate(locale, 'link.moved')
  const sources = others
    .filter((one) => one.runs.length > 0)
    .map(({ session, state, runs: gone }) => ({
      session,
      state: without(state, new Set(gone.map((run) => run.flow))),
      said: [{ text, quickReplies: [] }],
    }))
  return {
    reply: { kind: 'brought', flow },
    saves: [() => carryStatements(deps.vault, sources, requester.at)],
    remembers: (state) => carryIn(state, [...runs.values()]),
  }
}

/** Gives the half-filled forms of this chat to another one of the person's, which asked for them. */
export async function give(
  deps: Deps,
  requester: Requester,
  entry: string | null,
): Promise<Planned<LinkingReply>> {
  const { others, own } = await loadConversations(
    deps.db,
    deps.vault,
    requester.contactId,
    requester.address,
  )
  const named = await Promise.all(
    others.map(async (one) => ({ one, entry: await entryOf(deps, one.from) })),
  )
  const wanted = named.filter((there) => entry === null || there.entry === entry)
  const [target] = wanted
  if (target === undefined || wanted.length > 1) return { reply: { kind: 'nothing' } }
  const to = target.one
  // What cannot be read is not written over.
  if (to.memory === null) return { reply: { kind: 'nothing' } }
  const may = movable(deps, to.from)
  const runs = runsOf(own?.memory?.state, may)
  const [first] = runs
  if (first === undefined) return { reply: { kind: 'nothing' } }
  const theirs = runsOf(to.memory.state, may)
  if (runs.some(({ flow }) => theirs.some((run) => run.flow === flow))) {
    return { reply: { kind: 'both' } }
  }
  const told = await tellChat(deps, to.from, requester.at, {
    key: 'link.gotRuns',
    about: requester.address,
    buttons: [{ value: `!${first.flow}`, key: GO_ON[first.flow] ?? 'policy.menu' }],
  })
  return {
    reply: { kind: 'given' },
    saves: [
      async ({ id }) => [
        ...(await giveStatements(deps.vault, runs, to, requester.at)),
        await told(`runs-given:${id}`),
      ],
    ],
    remembers: (state) => leaveRuns(state, runs),
  }
}

/** What opens a flow where it was left, also typed. */
const GO_ON: Readonly<Record<string, MessageKey>> = {
  apply: 'link.goApply',
  supplement: 'link.goSupplement',
  prescreen: 'link.goPrescreen',
  documents: 'link.goDocuments',
  payment: 'link.goPayment',
  quiz: 'link.goQuiz',
}

/** Names the other chat where this one has half-filled forms for it; null: it has none. */
export async function draftsFor(
  deps: Deps,
  requester: Requester,
  to: Address,
): Promise<string | null> {
  const { own } = await loadConversations(
    deps.db,
    deps.vault,
    requester.contactId,
    requester.address,
  )
  const runs = runsOf(own?.memory?.state, movable(deps, to))
  return runs.length === 0 ? null : entryOf(deps, to)
}

/** Names an address of a person's own without telling it. */
export async function entryOf({ vault }: Deps, { channel, id }: Address): Promise<string> {
  return (await vault.index('link-entry', `${channel}:${id}`)).slice(0, 12)
}

/** What may go to a chat: where personal flows are closed, theirs stay where they are. */
function movable(deps: Deps, to: Address): ReadonlySet<string> {
  const open = deps.personalData(to.channel)
  return new Set(
    flows
      .filter((one) => one.resumable === true && (open || one.personal !== true))
      .map(({ id }) => id),
  )
}

async function conversations(deps: Deps, requester: Requester) {
  const wanted = movable(deps, requester.address)
  const { others, own } = await loadConversations(
    deps.db,
    deps.vault,
    requester.contactId,
    requester.address,
  )
  return {
    own: runsOf(own?.memory?.state, wanted),
    others: others.flatMap((session) => {
      const state = session.memory?.state
      return state == null ? [] : [{ session, state, runs: runsOf(state, wanted) }]
    }),
  }
}

/** The half-filled runs of a conversation, the one that was talking first. */
function runsOf(state: FlowState | null | undefined, wanted: ReadonlySet<string>): Run[] {
  if (state == null) return []
  const parked = Object.values(state.parked).filter(
    ({ flow }) => !state.stack.some((run) => run.flow === flow),
  )
  return [...state.stack.toReversed(), ...parked].filter(({ flow }) => wanted.has(flow))
}

function without(state: FlowState, gone: ReadonlySet<string>): FlowState {
  return {
    status: state.status,
    stack: state.stack.filter(({ flow }) => !gone.has(flow)),
    parked: Object.fromEntries(Object.entries(state.parked).filter(([flow]) => !gone.has(flow))),
  }
}
