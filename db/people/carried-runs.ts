import type { Address, FlowState, RenderedMessage, Run } from '../../flows/engine/types.ts'
import {
  type HeldSession,
  memoryStatements,
  parseHeldSession,
} from '../conversation/held-sessions.ts'
import type { Database, Statement } from '../core/database.ts'
import type { Vault } from '../core/vault.ts'

/** Half-filled runs on their way from a person's other conversations to the one that is talking. */
export type CarriedRuns = {
  runs: readonly Run[]
  /** Where they come from: what is left there, and what is said there of it. */
  sources: readonly {
    session: Pick<HeldSession, 'id' | 'turn'>
    state: FlowState
    said: readonly RenderedMessage[]
  }[]
}

/** The conversations of a contact, the latest first; with `own`, that of the address that asks. */
export async function loadConversations(
  db: Database,
  vault: Vault,
  contactId: string,
  address: Address,
): Promise<{ others: HeldSession[]; own: HeldSession | null }> {
  const [rows = []] = await db.read([
    {
      sql: `SELECT id, channel, external_id, turn, memory FROM sessions
        WHERE contact_id = ? OR (channel = ? AND external_id = ?) ORDER BY updated_at DESC, id`,
      args: [contactId, address.channel, address.id],
    },
  ])
  const all = await Promise.all(rows.map((row) => parseHeldSession(vault, row)))
  const isOwn = ({ from }: HeldSession) =>
    from.channel === address.channel && from.id === address.id
  return { others: all.filter((one) => !isOwn(one)), own: all.find(isOwn) ?? null }
}

/**
 * Takes the runs out of the conversations that they come from. Each loses a turn by it, so that a turn
 * which is under way there fails and is stepped again; where it was faster, the batch fails with
 * `turns.session_id`.
 */
export async function carryStatements(
  vault: Vault,
  { sources }: CarriedRuns,
  at: string,
): Promise<Statement[]> {
  const groups = await Promise.all(
    sources.map(({ session, state, said }) =>
      memoryStatements(vault, session, { state }, { said }, at),
    ),
  )
  return groups.flat()
}
