import type { Database, SqlValue, Statement } from '../core/database.ts'
import type { Vault } from '../core/vault.ts'
import { withdrawReminders } from './notices.ts'

type SignupState = 'going' | 'waiting' | 'cancelled'

/** What a person does about an event, as src/events/flow/events.ts found it to be possible in this very turn. */
export type EventDeed =
  | { kind: 'district'; district: string }
  /** `state`: what there was room for when the person was told. */
  | { kind: 'join'; eventId: string; state: 'going' | 'waiting'; number: number; walkIn: boolean }
  | { kind: 'leave'; eventId: string }
  | { kind: 'arrive'; eventId: string }
  | { kind: 'rate'; eventId: string; stars: number; words: string | null }

/** Somebody's sign-up. */
export type Signup = {
  id: string
  eventId: string
  state: SignupState
  /** Their number on the list at the door. */
  number: number
  signedUpAt: string
  walkIn: boolean
  checkedInAt: string | null
  checkedInBy: string | null
  stars: number | null
}

/** For how long a place is kept for somebody who is being told of it. */
const HOLD_MS = 30_000

const COLUMNS =
  'm.id, m.event_id, m.state, m.number, m.signed_up_at, m.walk_in, m.checked_in_at, m.checked_in_by, m.stars'

/**
 * The statements of a deed, in the turn's own batch, where the contact is there by then. The batch fails
 * with `event_never_overfull` where somebody else took the last place: the turn then finds it full.
 */
export async function eventStatements(
  vault: Vault,
  { id, contactId, at }: { id: string; contactId: string; at: string },
  deed: EventDeed,
): Promise<Statement[]> {
  switch (deed.kind) {
    case 'district':
      return [
        {
          sql: `INSERT INTO event_districts (contact_id, district) VALUES (?, ?)
            ON CONFLICT DO UPDATE SET district = excluded.district`,
          args: [contactId, deed.district],
        },
      ]
    case 'join':
      return join({ id, contactId, at }, deed)
    case 'leave':
      return [
        {
          sql: `UPDATE event_signups SET state = 'cancelled', changed_at = ?, moved_up_at = NULL
            WHERE event_id = ? AND contact_id = ? AND state <> 'cancelled' AND checked_in_at IS NULL`,
          args: [at, deed.eventId, contactId],
        },
        withdrawReminders(at, { eventId: deed.eventId, contactId }),
        moveUp(at, deed.eventId),
      ]
    case 'arrive':
      return [
        {
          sql: `UPDATE event_signups SET checked_in_at = ?, checked_in_by = 'chat'
            WHERE event_id = ? AND contact_id = ? AND checked_in_at IS NULL AND state <> 'cancelled'`,
          args: [at, deed.eventId, contactId],
        },
      ]
    case 'rate':
      return rate(vault, { contactId, at }, deed)
  }
}

function join(
  { id, contactId, at }: { id: string; contactId: string; at: string },
  { eventId, state, number, walkIn }: Extract<EventDeed, { kind: 'join' }>,
): Statement[] {
  return [
    {
      sql: 'DELETE FROM event_holds WHERE event_id = ? AND contact_id = ?',
      args: [eventId, contactId],
    },
    {
      // Who comes back goes to the end of the line.
      sql: `INSERT INTO event_signups (id, event_id, contact_id, state, number, signed_up_at, changed_at, walk_in,
          told_sequence)
        SELECT ?, e.id, ?, ?, ?, ?, ?, ?, e.sequence
        FROM events e WHERE e.id = ? AND e.state = 'published' AND e.ends_at > ?
        ON CONFLICT (event_id, contact_id) DO UPDATE SET state = excluded.state, number = excluded.number,
          signed_up_at = excluded.signed_up_at, changed_at = excluded.changed_at, walk_in = excluded.walk_in,
          told_sequence = excluded.told_sequence, told_day = NULL, told_hours = NULL, moved_up_at = NULL
        WHERE event_signups.state = 'cancelled'`,
      args: [id, contactId, state, number, at, at, walkIn ? 1 : 0, eventId, at],
    },
    // A place may have come free since the person was told to wait.
    moveUp(at, eventId),
  ]
}

/**
 * Keeps a place for somebody while they are told of it, if there is one that nobody waits for, and the next
 * number of the list, in a write of its own: however many come at once, nobody is promised what another has.
 * What comes to nothing is free again after half a minute; its number stays a gap.
 */
export async function holdPlace(
  db: Database,
  { eventId, contactId, at }: { eventId: string; contactId: string; at: string },
): Promise<{ number: number; state: 'going' | 'waiting' }> {
  const until = new Date(Date.parse(at) + HOLD_MS).toISOString()
  const [, held = [], numbers = []] = await db.write([
    {
      sql: 'DELETE FROM event_holds WHERE event_id = ? AND (until <= ? OR contact_id = ?)',
      args: [eventId, at, contactId],
    },
    {
      sql: `INSERT INTO event_holds (event_id, contact_id, until)
        SELECT e.id, ?, ? FROM events e WHERE e.id = ? AND (e.capacity IS NULL
          OR e.going + (SELECT count(*) FROM event_holds WHERE event_id = e.id) < e.capacity
          AND NOT EXISTS (SELECT 1 FROM event_signups WHERE event_id = e.id AND state = 'waiting'))
        RETURNING event_id`,
      args: [contactId, until, eventId],
    },
    {
      sql: 'UPDATE events SET last_number = last_number + 1 WHERE id = ? RETURNING last_number',
      args: [eventId],
    },
  ])
  return { number: Number(numbers[0]?.[0]), state: held.length > 0 ? 'going' : 'waiting' }
}

/** Places that were kept for somebody who never heard of it. */
export function dropOldHolds(now: string): Statement {
  return { sql: 'DELETE FROM event_holds WHERE until <= ?', args: [now] }
}

/**
 * Gives free places to those who wait, in the order of their sign-up; a row for each. Without an event, in
 * all that are to come.
 */
export function moveUp(at: string, eventId?: string): Statement {
  return {
    sql: `UPDATE event_signups SET state = 'going', moved_up_at = ?, changed_at = ?
      WHERE state = 'waiting' AND (event_id, number) IN (
        SELECT w.event_id, w.number FROM (
          SELECT m.event_id, m.number, row_number() OVER (PARTITION BY m.event_id ORDER BY m.number) AS place,
            CASE WHEN e.capacity IS NULL THEN 1000000 ELSE e.capacity - e.going - (SELECT count(*) FROM event_holds h WHERE h.event_id = e.id AND h.until > ?) END AS free
          FROM event_signups m JOIN events e ON e.id = m.event_id
          WHERE m.state = 'waiting' AND e.state = 'published' AND e.ends_at > ? AND ${eventId === undefined ? 'TRUE' : 'e.id = ?'}
        ) w WHERE w.place <= w.free)
      RETURNING event_id`,
    args: [at, at, at, at, ...(eventId === undefined ? [] : [eventId])],
  }
}

async function rate(
  vault: Vault,
  { contactId, at }: { contactId: string; at: string },
  { eventId, stars, words }: Extract<EventDeed, { kind: 'rate' }>,
): Promise<Statement[]> {
  // Sealed for the event and not for the row: the row may follow another contact.
  const sealed = words === null ? null : await vault.seal(words, wordsContext(eventId))
  return [
    {
      sql: `UPDATE event_signups SET stars = ?, words = coalesce(?, words), rated_at = ?
        WHERE event_id = ? AND contact_id = ? AND checked_in_at IS NOT NULL`,
      args: [stars, sealed, at, eventId, contactId],
    },
  ]
}

/** Checks somebody in by the list at the door, or takes it back; who waits may come in too. Returns a row where it did. */
export function checkInByStaff(
  eventId: string,
  number: number,
  { at, by, here }: { at: string; by: string; here: boolean },
): Statement {
  return {
    sql: `UPDATE event_signups SET checked_in_at = ?, checked_in_by = ?
      WHERE event_id = ? AND number = ? AND state <> 'cancelled' AND (checked_in_at IS NULL) = ? RETURNING id`,
    args: [here ? at : null, here ? by : null, eventId, number, here ? 1 : 0],
  }
}

/** A contact's sign-up, or null. */
export async function findSignup(
  db: Database,
  eventId: string,
  contactId: string,
): Promise<Signup | null> {
  const [rows = []] = await db.read([
    {
      sql: `SELECT ${COLUMNS} FROM event_signups m WHERE m.event_id = ? AND m.contact_id = ?`,
      args: [eventId, contactId],
    },
  ])
  return rows[0] === undefined ? null : parseSignup(rows[0])
}

/** A contact's sign-ups for what is not over, the next one first. */
export async function listSignupsOf(
  db: Database,
  contactId: string,
  now: string,
): Promise<Signup[]> {
  const [rows = []] = await db.read([
    {
      sql: `SELECT ${COLUMNS} FROM event_signups m JOIN events e ON e.id = m.event_id
        WHERE m.contact_id = ? AND m.state <> 'cancelled' AND e.state = 'published' AND e.ends_at > ?
        ORDER BY e.starts_at LIMIT 9`,
      args: [contactId, now],
    },
  ])
  return rows.map(parseSignup)
}

/** Everybody on the list of an event, by number, with the channel they last spoke on. */
export async function listSignups(
  db: Database,
  eventId: string,
): Promise<(Signup & { channel: string | null })[]> {
  const [rows = []] = await db.read([
    {
      sql: `SELECT ${COLUMNS}, (SELECT s.channel FROM sessions s WHERE s.contact_id = m.contact_id
          ORDER BY s.updated_at DESC LIMIT 1)
        FROM event_signups m WHERE m.event_id = ? ORDER BY m.number LIMIT 5000`,
      args: [eventId],
    },
  ])
  return rows.map((row) => ({
    ...parseSignup(row),
    channel: row[9] == null ? null : String(row[9]),
  }))
}

/** What people wrote after an event, the newest first; nobody's name is with it. */
export async function listFeedback(
  db: Database,
  vault: Vault,
  eventId: string,
): Promise<{ stars: number; words: string | null }[]> {
  const [rows = []] = await db.read([
    {
      sql: `SELECT stars, words FROM event_signups WHERE event_id = ? AND stars IS NOT NULL
        ORDER BY rated_at DESC LIMIT 500`,
      args: [eventId],
    },
  ])
  return Promise.all(
    rows.map(async ([stars, words]) => ({
      stars: Number(stars),
      words:
        words instanceof Uint8Array ? await vault.openText(words, wordsContext(eventId)) : null,
    })),
  )
}

/** The event that a contact last came to and has not rated, or null. */
export async function lastAttended(
  db: Database,
  contactId: string,
  now: string,
): Promise<string | null> {
  const [rows = []] = await db.read([
    {
      sql: `SELECT m.event_id FROM event_signups m JOIN events e ON e.id = m.event_id
        WHERE m.contact_id = ? AND m.checked_in_at IS NOT NULL AND m.stars IS NULL AND e.starts_at <= ?
        ORDER BY e.starts_at DESC LIMIT 1`,
      args: [contactId, now],
    },
  ])
  const [id] = rows[0] ?? []
  return typeof id === 'string' ? id : null
}

/** The district whose events a contact looks at, or null. */
export async function eventDistrict(db: Database, contactId: string): Promise<string | null> {
  const [rows = []] = await db.read([
    { sql: 'SELECT district FROM event_districts WHERE contact_id = ?', args: [contactId] },
  ])
  const [district] = rows[0] ?? []
  return typeof district === 'string' ? district : null
}

/** Sign-ups follow when two contacts prove to be one person, who then needs one place and not two. */
export function mergeSignups(from: string, to: string): Statement[] {
  const both = 'event_id IN (SELECT event_id FROM event_signups WHERE contact_id = ?)'
  return [
    {
      sql: `DELETE FROM event_signups WHERE contact_id = ? AND state = 'cancelled' AND checked_in_at IS NULL AND ${both}`,
      args: [to, from],
    },
    {
      sql: `UPDATE event_signups SET checked_in_at = o.checked_in_at, checked_in_by = o.checked_in_by
        FROM event_signups o WHERE o.contact_id = ? AND event_signups.contact_id = ?
          AND o.event_id = event_signups.event_id AND event_signups.checked_in_at IS NULL`,
      args: [from, to],
    },
    {
      sql: `DELETE FROM event_signups WHERE contact_id = ? AND ${both}`,
      args: [from, to],
    },
    {
      sql: 'UPDATE event_signups SET contact_id = ? WHERE contact_id = ?',
      args: [to, from],
    },
    {
      sql: 'UPDATE OR REPLACE event_districts SET contact_id = ? WHERE contact_id = ?',
      args: [to, from],
    },
    {
      sql: 'UPDATE OR REPLACE event_holds SET contact_id = ? WHERE contact_id = ?',
      args: [to, from],
    },
  ]
}

/** Sign-ups go with the person; that somebody attended stays as a count. Their place is given on by the next sweep. */
export function eraseSignups(contactId: string): Statement[] {
  return [
    {
      sql: `UPDATE events SET gone_attended = gone_attended + 1 WHERE id IN
        (SELECT event_id FROM event_signups WHERE contact_id = ? AND checked_in_at IS NOT NULL)`,
      args: [contactId],
    },
    { sql: 'DELETE FROM event_signups WHERE contact_id = ?', args: [contactId] },
    { sql: 'DELETE FROM event_holds WHERE contact_id = ?', args: [contactId] },
    { sql: 'DELETE FROM event_districts WHERE contact_id = ?', args: [contactId] },
  ]
}

/** Where what somebody says after an event is sealed for. */
export function wordsContext(eventId: string): string {
  return `event:${eventId}:words`
}

function parseSignup(row: readonly SqlValue[]): Signup {
  const maybe = (at: number) => (row[at] == null ? null : String(row[at]))
  return {
    id: String(row[0]),
    eventId: String(row[1]),
    // Only this file writes states.
    state: String(row[2]) as SignupState,
    number: Number(row[3]),
    signedUpAt: String(row[4]),
    walkIn: row[5] === 1,
    checkedInAt: maybe(6),
    checkedInBy: maybe(7),
    stars: row[8] == null ? null : Number(row[8]),
  }
}
