import { type CarriedRuns, loadConversations } from '../../../db/people/carried-runs.ts'
import type { FlowState, Run } from '../../../flows/engine/types.ts'
import { flows } from '../../../flows/index.ts'
import type { LinkingReply } from '../../../flows/people/link/ask.ts'
import type { Locale } from '../../../locales/keys.ts'
import type { Asker } from '../../kernel/asker.ts'
import type { Deps } from '../../kernel/deps.ts'

/** Tells which half-filled form of this person's other chats was used last, and whether there is one here too. */
export async function waiting(deps: Deps, asker: Asker): Promise<LinkingReply> {
  const { others, own } = await conversations(deps, asker)
  const flow = others.flatMap(({ runs }) => runs).at(0)?.flow ?? null
  const clash = own.some((run) => run.flow === flow)
  return { kind: 'waiting', flow, clash }
}

/** Takes every half-filled form out of the other chats: of each flow the one that was used last. */
export async function bring(deps: Deps, asker: Asker, locale: Locale): Promise<LinkingReply> {
  const { others } = await conversations(deps, asker)
  const runs = new Map<string, Run>()
  for (const run of others.flatMap((one) => one.runs)) {
    if (!runs.has(run.flow)) runs.set(run.flow, run)
  }
  const [flow] = runs.keys()
  if (flow === undefined) return { kind: 'nothing' }
  const text = deps.translate(locale, 'link.moved')
  const carried: CarriedRuns = {
    runs: [...runs.values()],
    sources: others
      .filter((one) => one.runs.length > 0)
      .map(({ session, state, runs: gone }) => ({
        session,
        state: without(state, new Set(gone.map((run) => run.flow))),
        said: [{ text, quickReplies: [] }],
      })),
  }
  return { kind: 'brought', flow, carried }
}

/** What may go along: where personal flows are closed, theirs stay where they are. */
async function conversations(deps: Deps, asker: Asker) {
  const open = deps.personalData(asker.address.channel)
  const wanted = new Set(
    flows
      .filter((one) => one.resumable === true && (open || one.personal !== true))
      .map(({ id }) => id),
  )
  const { others, own } = await loadConversations(
    deps.db,
    deps.vault,
    asker.contactId,
    asker.address,
  )
  return {
    own: runsOf(own?.memory?.state, wanted),
    others: others.flatMap(({ id, turn, memory }) => {
      const state = memory?.state
      return state == null ? [] : [{ session: { id, turn }, state, runs: runsOf(state, wanted) }]
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
