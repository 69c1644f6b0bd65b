import type { Address } from '../../flows/engine/types.ts'
import type { Database, SqlValue, Statement } from '../core/database.ts'
import { dropLinkAsk, type LinkAsk } from './link-asks.ts'
import { noteLinkEvent } from './link-codes.ts'
import { mergeContacts } from './links.ts'

/** Two contacts become one: who came by the code is from then on who made it. */
export type Joining = {
  ask: LinkAsk
  /** Both have a case of one identity: their half-filled forms and words are one person's at once. */
  proved: boolean
  undoUntil: string
}

/** A joining that can still be undone. */
export type LinkJoin = { id: string; contactId: string; maker: Address; taker: Address }

/** Names an address as a row of a joining. */
const PLACE = `channel || ':' || external_id`
const rowsOf = (kind: string) =>
  `(SELECT id FROM link_join_rows WHERE join_id = ? AND kind = '${kind}')`

/**
 * Joins two contacts and keeps what came from which side. Fails with `sessions_version` where the other chat has
 * said something since it was read: what was found true of it may be true no more.
 */
export function joinStatements(
  { ask, proved, undoUntil }: Joining,
  turn: { id: string; at: string },
): Statement[] {
  const { id, maker, taker } = ask
  const from = taker.contactId
  const to = maker.contactId
  const keep = (kind: string, select: string, ...args: SqlValue[]) =>
    of(`INSERT INTO link_join_rows (join_id, kind, id) SELECT ?, '${kind}', ${select}`, id, ...args)
  return [
    dropLinkAsk(id),
    of('UPDATE sessions SET version = ? WHERE id = ?', taker.version + 1, taker.sessionId),
    of(
      'DELETE FROM link_join_rows WHERE join_id IN (SELECT id FROM link_joins WHERE undo_until <= ?)',
      turn.at,
    ),
    of('DELETE FROM link_joins WHERE undo_until <= ?', turn.at),
    of(
      `INSERT INTO link_joins (id, contact_id, maker_channel, maker_address, taker_channel, taker_address, at, undo_until)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      id,
      to,
      maker.address.channel,
      maker.address.id,
      taker.address.channel,
      taker.address.id,
      turn.at,
      undoUntil,
    ),
    keep('address', `${PLACE} FROM addresses WHERE contact_id = ?`, from),
    keep('case', 'id FROM cases WHERE contact_id = ?', from),
    keep('data-request', 'receipt FROM data_requests WHERE contact_id = ?', from),
    keep('round', 'id FROM quiz_rounds WHERE contact_id = ?', from),
    keep(
      'signup',
      `event_id FROM event_signups WHERE contact_id = ?
        AND event_id NOT IN (SELECT event_id FROM event_signups WHERE contact_id = ?)`,
      from,
      to,
    ),
    keepWithMaker(id, maker.address),
    ...circles(from, to, proved ? maker.address : null),
    ...mergeContacts(from, to),
    noteLinkEvent({ ...turn, contactId: to, kind: 'linked', channel: taker.address.channel }),
  ]
}

/** Whose half-filled forms and words are whose; with `into` the ones that come are of that chat's circle. */
function circles(from: string, to: string, into: Address | null): Statement[] {
  if (into !== null) {
    return [
      of(
        `UPDATE sessions SET circle = (SELECT circle FROM sessions WHERE channel = ? AND external_id = ?)
          WHERE contact_id = ?`,
        into.channel,
        into.id,
        from,
      ),
    ]
  }
  return [
    of(
      'UPDATE sessions SET circle = coalesce(circle, contact_id) WHERE contact_id IN (?, ?)',
      from,
      to,
    ),
  ]
}

/** Who comes by a chat that came by a joining itself goes along with it where that one is undone. */
function keepWithMaker(id: string, { channel, id: address }: Address): Statement {
  return of(
    `INSERT OR IGNORE INTO link_join_rows (join_id, kind, id)
      SELECT r.join_id, n.kind, n.id FROM link_join_rows r JOIN link_join_rows n ON n.join_id = ?
      WHERE r.kind = 'address' AND r.id = ? AND r.join_id <> ?`,
    id,
    `${channel}:${address}`,
    id,
  )
}

/** What a chat hands in after a joining is its side's: it goes along where the joining is undone. */
export function keepJoinedCase({ channel, id }: Address, caseId: string): Statement {
  return of(
    `INSERT OR IGNORE INTO link_join_rows (join_id, kind, id)
      SELECT join_id, 'case', ? FROM link_join_rows WHERE kind = 'address' AND id = ?`,
    caseId,
    `${channel}:${id}`,
  )
}

/** A joining of this person that can still be undone: by its id, or with null the last one of this chat. */
export async function findLinkJoin(
  db: Database,
  requester: { contactId: string; address: Address },
  id: string | null,
  now: string,
): Promise<LinkJoin | null> {
  const { channel, id: address } = requester.address
  const [rows = []] = await db.read([
    {
      sql: `SELECT j.id, j.contact_id, j.maker_channel, j.maker_address, j.taker_channel, j.taker_address
        FROM link_joins j WHERE j.contact_id = ? AND j.undo_until > ?
          AND (j.id = ? OR (? IS NULL AND (j.maker_channel, j.maker_address) = (?, ?))
            OR (? IS NULL AND (j.taker_channel, j.taker_address) = (?, ?)))
          AND EXISTS (SELECT 1 FROM link_join_rows r JOIN addresses a ON a.channel || ':' || a.external_id = r.id
            WHERE r.join_id = j.id AND r.kind = 'address' AND a.contact_id = j.contact_id)
        ORDER BY j.at DESC LIMIT 1`,
      args: [requester.contactId, now, id, id, channel, address, id, channel, address],
    },
  ])
  const [found, contactId, makerChannel, makerAddress, takerChannel, takerAddress] = rows[0] ?? []
  if (found === undefined) return null
  const place = (of: SqlValue | undefined, at: SqlValue | undefined): Address => ({
    // Only commitTurn writes addresses, from a channel's own type.
    channel: of as Address['channel'],
    id: String(at),
  })
  return {
    id: String(found),
    contactId: String(contactId),
    maker: place(makerChannel, makerAddress),
    taker: place(takerChannel, takerAddress),
  }
}

/**
 * Undoes a joining: the chats that came, and what was or became theirs since, are a person's of their own again.
 * What is kept for a contact as a whole (muted notices, the district it asked about) stays with the other one.
 */
export function partStatements(
  { id, contactId, taker }: LinkJoin,
  newContactId: string,
  turn: { id: string; at: string },
): Statement[] {
  const moved = (table: string, where: string, ...args: SqlValue[]) =>
    of(
      `UPDATE ${table} SET contact_id = ?${table === 'sessions' ? ', version = version + 1' : ''}
        WHERE contact_id = ? AND ${where}`,
      newContactId,
      contactId,
      ...args,
    )
  const addresses = `${PLACE} IN ${rowsOf('address')}`
  const sessions = '(SELECT id FROM sessions WHERE contact_id = ?)'
  const cases = `case_id IN ${rowsOf('case')}`
  return [
    of(
      'INSERT INTO contacts (id, locale, created_at) SELECT ?, locale, ? FROM contacts WHERE id = ?',
      newContactId,
      turn.at,
      contactId,
    ),
    moved('addresses', addresses, id),
    moved('sessions', addresses, id),
    moved('consents', `session_id IN ${sessions}`, newContactId),
    moved('cases', `id IN ${rowsOf('case')}`, id),
    moved('vouchers', cases, id),
    moved('contact_traits', cases, id),
    moved(
      'attachments',
      `(${cases} OR (case_id IS NULL AND external_id IS NOT NULL AND ${addresses}))`,
      id,
      id,
    ),
    moved('data_requests', `receipt IN ${rowsOf('data-request')}`, id),
    moved('event_signups', `event_id IN ${rowsOf('signup')}`, id),
    moved('quiz_rounds', `id IN ${rowsOf('round')}`, id),
    // What was made before would lead to the wrong one of the two.
    of('DELETE FROM links WHERE contact_id = ?', contactId),
    of('DELETE FROM link_codes WHERE contact_id = ?', contactId),
    of('DELETE FROM link_asks WHERE maker_id = ? OR taker_id = ?', contactId, contactId),
    of(
      `UPDATE contacts SET preferred_channel = NULL WHERE id = ? AND preferred_channel NOT IN
        (SELECT channel FROM addresses WHERE contact_id = ?)`,
      contactId,
      contactId,
    ),
    // Joinings of the chats that go are undone among them from now on, and those of the others without them.
    of(
      `UPDATE link_joins SET contact_id = ? WHERE contact_id = ? AND id <> ?
        AND maker_channel || ':' || maker_address IN ${rowsOf('address')}`,
      newContactId,
      contactId,
      id,
      id,
    ),
    of(
      `DELETE FROM link_join_rows WHERE join_id IN (SELECT id FROM link_joins WHERE contact_id = ? AND id <> ?)
        AND (kind, id) IN (SELECT kind, id FROM link_join_rows WHERE join_id = ?)`,
      contactId,
      id,
      id,
    ),
    of('DELETE FROM link_join_rows WHERE join_id = ?', id),
    of('DELETE FROM link_joins WHERE id = ?', id),
    noteLinkEvent({ ...turn, contactId, kind: 'unlinked', channel: taker.channel }),
  ]
}

/** What is known of a contact's joinings goes with the contact. */
export function eraseJoins(contactId: string): Statement[] {
  return [
    of(
      'DELETE FROM link_join_rows WHERE join_id IN (SELECT id FROM link_joins WHERE contact_id = ?)',
      contactId,
    ),
    of('DELETE FROM link_joins WHERE contact_id = ?', contactId),
  ]
}

/** An address that is a stranger's from now on is of no joining any more. */
export function leaveJoins({ channel, id }: Address): Statement {
  return of(`DELETE FROM link_join_rows WHERE kind = 'address' AND id = ?`, `${channel}:${id}`)
}

function of(sql: string, ...args: SqlValue[]): Statement {
  return { sql, args }
}
