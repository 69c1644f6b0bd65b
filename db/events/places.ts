import type { Database, Statement } from '../core/database.ts'
import type { Vault } from '../core/vault.ts'
import { withdrawReminders } from './notices.ts'
import { wordsContext } from './signups.ts'

/** What a person does about an event, as src/events/flow/events.ts found it to be possible in this very turn. */
export type EventDeed =
  | { kind: 'district'; district: string }
  /** `state`: what there was room for when the person was told. */
  | { kind: 'join'; eventId: string; state: 'going' | 'waiting'; number: number; walkIn: boolean }
  | { kind: 'leave'; eventId: string }
  | { kind: 'arrive'; eventId: string }
  | { kind: 'rate'; eventId: string; stars: number; words: string | null }

/** For how long a place is kept for somebody who is being told of it. */
const HOLD_MS = 30_000

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
