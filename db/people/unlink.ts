import type { Address } from '../../flows/engine/types.ts'
import { memoryStatements, type StoredSession } from '../conversation/stored-sessions.ts'
import type { Database, Statement } from '../core/database.ts'
import type { Vault } from '../core/vault.ts'
import { dropLinkAsksOf } from './link-asks.ts'
import { noteLinkEvent } from './link-codes.ts'
import { leaveJoins } from './link-joins.ts'

/** An address that is taken from a contact, and who it is from then on. */
export type Unlink = {
  address: Address
  /** Its conversation, where there is one. */
  session: Pick<StoredSession, 'id' | 'turn' | 'version'> | null
  newContactId: string
}

/** In whose turn it happens. */
type Asked = { id: string; sessionId: string; contactId: string; turn: number; at: string }

/** The addresses of a contact, the oldest first. */
export async function listAddresses(
  db: Database,
  contactId: string,
): Promise<{ address: Address; since: string }[]> {
  const [rows = []] = await db.read([
    {
      sql: `SELECT channel, external_id, created_at FROM addresses WHERE contact_id = ?
        ORDER BY created_at, channel, external_id`,
      args: [contactId],
    },
  ])
  return rows.map(([channel, id, since]) => ({
    // Only commitTurn writes addresses, from a channel's own type.
    address: { channel: channel as Address['channel'], id: String(id) },
    since: String(since),
  }))
}

/**
 * An address becomes somebody who has nothing: its words, its memory, its loose files and what waits to be
 * sent there go; cases, papers and consents stay with the contact. This turn's own words stay where the
 * address is the one that asks. No code or link that was made before leads to the contact any more.
 */
export async function unlinkStatements(
  vault: Vault,
  { id, sessionId, contactId, turn, at }: Asked,
  { address, session, newContactId }: Unlink,
): Promise<Statement[]> {
  const of = (sql: string, ...args: (string | number)[]): Statement => ({ sql, args })
  const place = [address.channel, address.id]
  const isOwn = session?.id === sessionId
  const reply = `${sessionId}:${turn}:`
  return [
    of(
      'INSERT INTO contacts (id, locale, created_at) SELECT ?, locale, ? FROM contacts WHERE id = ?',
      newContactId,
      at,
      contactId,
    ),
    of(
      'UPDATE addresses SET contact_id = ?, created_at = ? WHERE channel = ? AND external_id = ?',
      newContactId,
      at,
      ...place,
    ),
    ...(session === null || isOwn
      ? []
      : await memoryStatements(vault, session, { state: EMPTY }, { said: [] }, at)),
    of(
      'UPDATE sessions SET contact_id = ?, version = version + 1, circle = NULL, remind_at = NULL WHERE channel = ? AND external_id = ?',
      newContactId,
      ...place,
    ),
    // Staff would answer somebody who is a stranger from now on.
    of(
      `UPDATE handoffs SET closed_at = coalesce(closed_at, ?), released_by = coalesce(released_by, 'person'),
        released_at = coalesce(released_at, ?)
        WHERE session_id IN (SELECT id FROM sessions WHERE channel = ? AND external_id = ?)`,
      at,
      at,
      ...place,
    ),
    of(
      `DELETE FROM unanswered_questions WHERE session_id IN
        (SELECT id FROM sessions WHERE channel = ? AND external_id = ?)`,
      ...place,
    ),
    of(
      `DELETE FROM turns WHERE session_id IN (SELECT id FROM sessions WHERE channel = ? AND external_id = ?)
        AND NOT (session_id = ? AND turn IS ?) AND NOT (session_id = ? AND turn IS ?)`,
      ...place,
      sessionId,
      turn,
      session?.id ?? '',
      (session?.turn ?? 0) + 1,
    ),
    of(
      'DELETE FROM outbox WHERE channel = ? AND external_id = ? AND substr(id, 1, ?) <> ?',
      ...place,
      reply.length,
      reply,
    ),
    // A loose file without an address is swept (db/cases/dropped-attachments.ts).
    of('UPDATE attachments SET external_id = NULL WHERE channel = ? AND external_id = ?', ...place),
    of('DELETE FROM staff_chats WHERE channel = ? AND external_id = ?', ...place),
    of('DELETE FROM links WHERE contact_id = ?', contactId),
    dropLinkAsksOf(contactId),
    leaveJoins(address),
    of('DELETE FROM link_codes WHERE contact_id = ?', contactId),
    of(
      `UPDATE contacts SET preferred_channel = NULL WHERE id = ? AND preferred_channel NOT IN
        (SELECT channel FROM addresses WHERE contact_id = ?)`,
      contactId,
      contactId,
    ),
    noteLinkEvent({ id, contactId, kind: 'unlinked', channel: address.channel, at }),
  ]
}

const EMPTY = { status: 'waiting', stack: [], parked: {} } as const
