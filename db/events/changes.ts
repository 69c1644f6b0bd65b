import type { Database, Statement } from '../core/database.ts'

export type EventAction = 'created' | 'changed' | 'published' | 'cancelled' | 'reported'

/**
 * That staff did something with an event, which has `version` from then on. Fails with a `ConstraintError`
 * of `event_changes.event_id` where somebody else was faster.
 */
export function noteEventChange(
  eventId: string,
  change: { version: number; action: EventAction; staffId: string; at: string },
): Statement {
  const { version, action, staffId, at } = change
  return {
    sql: 'INSERT INTO event_changes (event_id, version, action, staff_id, at) VALUES (?, ?, ?, ?, ?)',
    args: [eventId, version, action, staffId, at],
  }
}

/** What staff did with an event, oldest first. */
export async function listEventChanges(
  db: Database,
  eventId: string,
): Promise<{ action: EventAction; staff: string; at: string }[]> {
  const [rows = []] = await db.read([
    {
      sql: `SELECT h.action, coalesce(s.name, ''), h.at FROM event_changes h
        LEFT JOIN staff s ON s.id = h.staff_id WHERE h.event_id = ? ORDER BY h.version`,
      args: [eventId],
    },
  ])
  return rows.map(([action, staff, at]) => ({
    // Only this file writes them.
    action: action as EventAction,
    staff: String(staff),
    at: String(at),
  }))
}
