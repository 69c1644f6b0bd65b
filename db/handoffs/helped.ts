import type { Address } from '../../flows/engine/types.ts'
import type { Database, Statement } from '../core/database.ts'
import { count, first, query, shape } from '../core/query.ts'
import { handoffs } from '../schema/handoffs.ts'
import { conversationFilter } from './inbox.ts'

/** The hand-off of this chat that staff answered and closed last, not before `since`; null: there is none. */
export async function findLastClosed(
  db: Database,
  { channel, id }: Address,
  since: string,
): Promise<string | null> {
  const last = `SELECT handoffs.id FROM handoffs JOIN sessions s ON s.id = handoffs.session_id
    WHERE s.channel = ? AND s.external_id = ? AND first_answered_at IS NOT NULL AND closed_at >= ?
    ORDER BY closed_at DESC LIMIT 1`
  return (await first(db, last, [channel, id, since], shape({ id: handoffs.id })))?.id ?? null
}

/** Writes down whether an answer has helped; the last word counts. */
export function noteHelped(id: string, isHelped: boolean): Statement {
  return { sql: 'UPDATE handoffs SET helped = ? WHERE id = ?', args: [Number(isHelped), id] }
}

const FIGURES = shape({
  district: { sql: 'district', read: (value) => (value === null ? null : String(value)) },
  answered: count('count(*)'),
  helped: count('sum(helped = 1)'),
  notHelped: count('sum(helped = 0)'),
})

/**
 * How many conversations staff answered and closed since, and what people said of it, by the district of their newest
 * application; null: they have none. Only what this member of staff may see.
 */
export function countHelped(
  db: Database,
  scope: { district: string | null },
  since: string,
): Promise<{ district: string | null; answered: number; helped: number; notHelped: number }[]> {
  const seen = conversationFilter(scope)
  const all = `SELECT ${FIGURES.columns} FROM (
      SELECT h.helped, (SELECT c.district FROM cases c WHERE c.contact_id = s.contact_id
        ORDER BY c.submitted_at DESC LIMIT 1) AS district
      FROM handoffs h JOIN sessions s ON s.id = h.session_id
      WHERE h.first_answered_at >= ? AND h.closed_at IS NOT NULL AND ${seen.sql})
    GROUP BY district ORDER BY district`
  return query(db, all, [since, ...seen.args], FIGURES)
}
