import type { RenderedMessage } from '../../flows/engine/channel.ts'
import type { FlowState, Run } from '../../flows/engine/state.ts'
import type { Address } from '../../flows/engine/types.ts'
import {
  memoryStatements,
  parseStoredSession,
  type StoredSession,
} from '../conversation/stored-sessions.ts'
import { SAME_CIRCLE } from '../core/circles.ts'
import type { Database, Statement } from '../core/database.ts'
import type { Vault } from '../core/vault.ts'

/** Where half-filled runs come from: what is left there, and what is said there of it. */
type Source = {
  session: Pick<StoredSession, 'id' | 'turn' | 'version'>
  state: FlowState
  said: readonly RenderedMessage[]
}

/** A conversation of the person's; `shares`: half-filled forms may be fetched without its yes. */
export type OtherSession = StoredSession & { shares: boolean }

/** The conversations of a contact, the latest first; with `own`, that of the address that asks. */
export async function loadConversations(
  db: Database,
  vault: Vault,
  contactId: string,
  address: Address,
): Promise<{ others: OtherSession[]; own: StoredSession | null }> {
  const [rows = []] = await db.read([
    {
      sql: `SELECT id, channel, external_id, turn, version, memory, ${SAME_CIRCLE} FROM sessions
        WHERE contact_id = ? OR (channel = ? AND external_id = ?) ORDER BY updated_at DESC, id`,
      args: [address.channel, address.id, contactId, address.channel, address.id],
    },
  ])
  const all = await Promise.all(
    rows.map(async (row) => ({ ...(await parseStoredSession(vault, row)), shares: row[6] === 1 })),
  )
  const isOwn = ({ from }: StoredSession) =>
    from.channel === address.channel && from.id === address.id
  return { others: all.filter((one) => !isOwn(one)), own: all.find(isOwn) ?? null }
}

/** Puts the runs into the other conversation, where they wait to be taken up; fails where it has moved on. */
export async function giveStatements(
  vault: Vault,
  runs: readonly Run[],
  to: StoredSession,
  at: string,
): Promise<Statement[]> {
  const { status = 'waiting', stack = [], parked = {}, ...rest } = to.memory?.state ?? {}
  const comes = new Set(runs.map(({ flow }) => flow))
  const state = {
    ...rest,
    status,
    stack: stack.filter(({ flow }) => !comes.has(flow)),
    parked: { ...parked, ...Object.fromEntries(runs.map((run) => [run.flow, run])) },
  }
  return memoryStatements(vault, to, { ...to.memory, state }, { said: [] }, at)
}

/**
 * Takes the runs out of the conversations that they come from. Each loses a turn by it, so that a turn
 * which is under way there fails and is stepped again; where it was faster, the batch fails with
 * `turns.session_id` or `sessions_version`.
 */
export async function carryStatements(
  vault: Vault,
  sources: readonly Source[],
  at: string,
): Promise<Statement[]> {
  const groups = await Promise.all(
    sources.map(({ session, state, said }) =>
      memoryStatements(vault, session, { state }, { said }, at),
    ),
  )
  return groups.flat()
}
