import type { Database, Statement } from '../core/database.ts'
import type { Vault } from '../core/vault.ts'
import { forgetContact } from './erase.ts'
import { noteErasure } from './erasures.ts'

/** Ids are drawn from these letters (src/kernel/ids.ts), here in the order in which SQLite sorts them. */
const LETTERS = '-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz'
const PAIRS = LETTERS.length ** 2
const MINUTES = 24 * 60

/** Contacts whose ids begin from `from` on and before `to`. */
export type Slice = { from: string; to: string }

/**
 * The people who are looked after in this minute of the day: every person once a day, whoever does it and
 * however often, without a list of who was done.
 */
export function sliceAt(at: string): Slice {
  const time = new Date(at)
  const minute = time.getUTCHours() * 60 + time.getUTCMinutes()
  const edge = (index: number) => {
    const pair = Math.floor((index * PAIRS) / MINUTES)
    return pair >= PAIRS
      ? '~'
      : `${LETTERS[Math.floor(pair / LETTERS.length)]}${LETTERS[pair % LETTERS.length]}`
  }
  return { from: minute === 0 ? '' : edge(minute), to: edge(minute + 1) }
}

/** Nothing was heard of them since, and nothing of theirs is with an office or about to happen. */
const SILENT = `c.created_at < ?1
  AND NOT EXISTS (SELECT 1 FROM sessions s WHERE s.contact_id = c.id AND s.updated_at >= ?1)
  AND NOT EXISTS (SELECT 1 FROM cases WHERE contact_id = c.id)
  AND NOT EXISTS (SELECT 1 FROM vouchers WHERE contact_id = c.id)
  AND NOT EXISTS (SELECT 1 FROM event_signups g JOIN events e ON e.id = g.event_id
    WHERE g.contact_id = c.id AND e.starts_at >= ?1)
  AND NOT EXISTS (SELECT 1 FROM sessions s JOIN handoffs h ON h.session_id = s.id AND h.released_at IS NULL
    WHERE s.contact_id = c.id)`

/** People of a slice who have no case and of whom nothing was heard since `before`. */
export async function listSilent(db: Database, slice: Slice, before: string): Promise<string[]> {
  const [rows = []] = await db.read([
    {
      sql: `SELECT c.id FROM contacts c WHERE c.id >= ?2 AND c.id < ?3 AND ${SILENT}`,
      args: [before, slice.from, slice.to],
    },
  ])
  return rows.map(([id]) => String(id))
}

/**
 * Forgets a person, unless they came back since they were listed: then the batch fails with a
 * `ConstraintError` on contacts.id, and nothing is forgotten.
 */
export async function forgetSilent(
  vault: Vault,
  contactId: string,
  before: string,
  at: string,
): Promise<Statement[]> {
  return [
    {
      sql: `INSERT INTO contacts (id, locale, created_at)
        SELECT c.id, c.locale, c.created_at FROM contacts c WHERE c.id = ?2 AND NOT (${SILENT})`,
      args: [before, contactId],
    },
    ...forgetContact(contactId, at),
    await noteErasure(vault, { contactId, cases: [], at }),
  ]
}

/**
 * Of those who stay: what was said before `before`, unless it belongs to a case; messages that are done
 * with; questions that were put to staff.
 */
export function forgetOld({ from, to }: Slice, before: string): Statement[] {
  const people = 'SELECT id FROM contacts WHERE id >= ?2 AND id < ?3'
  const args = [before, from, to]
  return [
    {
      sql: `DELETE FROM turns WHERE at < ?1 AND session_id IN (SELECT s.id FROM sessions s
        WHERE s.contact_id IN (${people})
          AND NOT EXISTS (SELECT 1 FROM cases WHERE contact_id = s.contact_id))`,
      args,
    },
    {
      sql: `DELETE FROM outbox WHERE left_at < ?1 AND campaign_id IS NULL
        AND status NOT IN ('created', 'sending', 'temporary-failure')
        AND (channel, external_id) IN
          (SELECT channel, external_id FROM addresses WHERE contact_id IN (${people}))`,
      args,
    },
    {
      sql: `DELETE FROM unanswered_questions WHERE at < ?1 AND session_id IN
        (SELECT id FROM sessions WHERE contact_id IN (${people}))`,
      args,
    },
  ]
}
