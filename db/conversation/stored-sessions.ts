import type { RenderedMessage } from '../../flows/engine/channel.ts'
import type { FlowState } from '../../flows/engine/state.ts'
import type { Address, Input } from '../../flows/engine/types.ts'
import type { SqlValue, Statement } from '../core/database.ts'
import { type Vault, VaultError } from '../core/vault.ts'

/** A conversation with its memory, opened; null where it does not open with the keys of today. */
export type StoredSession = {
  id: string
  from: Address
  turn: number
  /** Counts every change of the memory. */
  version: number
  memory: Memory | null
}

/**
 * What a person did, in the form in which we keep what we said; `input`: as it came, since it was kept; `toStaff`: staff
 * had the conversation, and have got it.
 */
export type HeardMessage = RenderedMessage & { input?: Input; toStaff?: true }

/**
 * What a conversation remembers. `told`: what was said in the newest turn where no transcript keeps it, so that the same
 * event gets the same answer, and a page that is loaded anew shows it; the next turn takes its place.
 */
export type Memory = {
  state?: FlowState | null
  offered?: unknown
  told?: { eventId: string; said: readonly RenderedMessage[] }
}

/**
 * What was heard and said in one turn; a notice was only said. `apart`: a mark stands in the place of both. `also`: what
 * came with it, the rest of an album, whose `parts` are the network's ids of all its files.
 */
export type TranscriptEntry = {
  heard?: HeardMessage
  also?: readonly HeardMessage[]
  parts?: readonly string[]
  said: readonly RenderedMessage[]
  apart?: true
}

/** Where the words of a turn are sealed for. */
export function entryContext(sessionId: string, eventId: string): string {
  return `turn:${sessionId}:${eventId}`
}

/** Where the memory of a conversation is sealed for. */
export function memoryContext(sessionId: string): string {
  return `session:${sessionId}`
}

/** Opens a row of a session's id, channel, external_id, turn, version and memory. */
export async function parseStoredSession(
  vault: Vault,
  row: readonly SqlValue[],
): Promise<StoredSession> {
  const [id, channel, externalId, turn, version, memory] = row
  return {
    id: String(id),
    // Only commitTurn writes addresses, from a channel's own type.
    from: { channel: channel as Address['channel'], id: String(externalId) },
    turn: Number(turn),
    version: Number(version),
    memory: await openMemory(vault, String(id), memory),
  }
}

/**
 * Changes the memory of a conversation that is not the one that is talking. It takes a turn of its own,
 * so that a turn that is under way there fails and is stepped again: nothing that was taken comes back.
 * The batch fails with `turns.session_id` or
 * `sessions_version` where that conversation has moved on. `entry`: what stands in
 * the conversation of it.
 */
export async function memoryStatements(
  vault: Vault,
  { id, turn, version }: Pick<StoredSession, 'id' | 'turn' | 'version'>,
  memory: Memory,
  entry: TranscriptEntry,
  at: string,
): Promise<Statement[]> {
  const eventId = `forgot:${id}:${turn + 1}`
  const sealed = await vault.seal(JSON.stringify(memory), memoryContext(id))
  return [
    {
      sql: `INSERT INTO turns (session_id, turn, event_id, path, replies, body, at)
        VALUES (?, ?, ?, '', 0, ?, ?)`,
      args: [
        id,
        turn + 1,
        eventId,
        await vault.seal(JSON.stringify(entry), entryContext(id, eventId)),
        at,
      ],
    },
    {
      sql: 'UPDATE sessions SET turn = ?, version = ?, memory = ?, remind_at = NULL WHERE id = ?',
      args: [turn + 1, version + 1, sealed, id],
    },
  ]
}

/** The memory of a conversation; null where it does not open with the keys of today, or is no JSON of ours. */
export async function openMemory(
  vault: Vault,
  id: string,
  memory: SqlValue | undefined,
): Promise<StoredSession['memory']> {
  if (!(memory instanceof Uint8Array)) return null
  try {
    // Our own JSON, authenticated by the seal; runs are checked as they migrate.
    return JSON.parse(await vault.openText(memory, memoryContext(id)))
  } catch (error) {
    if (error instanceof VaultError || error instanceof SyntaxError) return null
    throw error
  }
}

/** Opens what `commitTurn` or a notice stored; no words where it does not open, so that the others are readable. */
export async function openEntry(
  vault: Vault,
  sessionId: string,
  eventId: string,
  body: unknown,
): Promise<TranscriptEntry> {
  if (!(body instanceof Uint8Array)) throw new Error('a turn without words')
  try {
    return JSON.parse(
      await vault.openText(body, entryContext(sessionId, eventId)),
    ) as TranscriptEntry
  } catch (error) {
    if (error instanceof VaultError) return { said: [] }
    throw error
  }
}
