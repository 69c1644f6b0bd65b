import type { Database, Statement } from '../core/database.ts'
import { first, maybe, present, query, type RowOf, shape } from '../core/query.ts'
import type { Vault } from '../core/vault.ts'
import { sessions } from '../schema/conversation.ts'
import { eventDistricts, eventSignups } from '../schema/events.ts'

const columns = {
  id: eventSignups.id,
  eventId: eventSignups.eventId,
  state: eventSignups.state,
  number: eventSignups.number,
  signedUpAt: eventSignups.signedUpAt,
  walkIn: eventSignups.walkIn,
  checkedInAt: eventSignups.checkedInAt,
  checkedInBy: eventSignups.checkedInBy,
  stars: eventSignups.stars,
}
const SIGNUP = shape(columns)
const LISTED = shape({
  ...columns,
  channel: maybe(
    sessions.channel,
    `(SELECT s.channel FROM sessions s WHERE s.contact_id = event_signups.contact_id
      ORDER BY s.updated_at DESC LIMIT 1)`,
  ),
})
const RATED = shape({ stars: present(eventSignups.stars), words: eventSignups.words })
const EVENT = shape({ id: eventSignups.eventId })
const DISTRICT = shape({ district: eventDistricts.district })

/** Somebody's sign-up. */
export type Signup = RowOf<typeof SIGNUP>

/** A contact's sign-up, or null. */
export function findSignup(
  db: Database,
  eventId: string,
  contactId: string,
): Promise<Signup | null> {
  const one = `SELECT ${SIGNUP.columns} FROM event_signups WHERE event_id = ? AND contact_id = ?`
  return first(db, one, [eventId, contactId], SIGNUP)
}

/** A contact's sign-ups for what is not over, the next one first. */
export function listSignupsOf(db: Database, contactId: string, now: string): Promise<Signup[]> {
  const coming = `SELECT ${SIGNUP.columns} FROM event_signups JOIN events e ON e.id = event_signups.event_id
    WHERE contact_id = ? AND event_signups.state <> 'cancelled' AND e.state = 'published' AND e.ends_at > ?
    ORDER BY e.starts_at LIMIT 9`
  return query(db, coming, [contactId, now], SIGNUP)
}

/** Everybody on the list of an event, by number, with the channel they last spoke on. */
export function listSignups(db: Database, eventId: string): Promise<RowOf<typeof LISTED>[]> {
  const all = `SELECT ${LISTED.columns} FROM event_signups WHERE event_id = ? ORDER BY number LIMIT 5000`
  return query(db, all, [eventId], LISTED)
}

/** What people wrote after an event, the newest first; nobody's name is with it. */
export async function listFeedback(
  db: Database,
  vault: Vault,
  eventId: string,
): Promise<{ stars: number; words: string | null }[]> {
  const rated = `SELECT ${RATED.columns} FROM event_signups WHERE event_id = ? AND stars IS NOT NULL
    ORDER BY rated_at DESC LIMIT 500`
  const rows = await query(db, rated, [eventId], RATED)
  return Promise.all(
    rows.map(async ({ stars, words }) => ({
      stars,
      words: words === null ? null : await vault.openText(words, wordsContext(eventId)),
    })),
  )
}

/** The event that a contact last came to and has not rated, or null. */
export async function lastAttended(
  db: Database,
  contactId: string,
  now: string,
): Promise<string | null> {
  const last = `SELECT ${EVENT.columns} FROM event_signups JOIN events e ON e.id = event_signups.event_id
    WHERE contact_id = ? AND checked_in_at IS NOT NULL AND stars IS NULL AND e.starts_at <= ?
    ORDER BY e.starts_at DESC LIMIT 1`
  return (await first(db, last, [contactId, now], EVENT))?.id ?? null
}

/** The district whose events a contact looks at, or null. */
export async function eventDistrict(db: Database, contactId: string): Promise<string | null> {
  const chosen = `SELECT ${DISTRICT.columns} FROM event_districts WHERE contact_id = ?`
  return (await first(db, chosen, [contactId], DISTRICT))?.district ?? null
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
