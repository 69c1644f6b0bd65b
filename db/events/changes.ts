import type { Database, Statement } from '../core/database.ts'
import { insertInto, orEmpty, query, type RowOf, shape } from '../core/query.ts'
import { eventChanges } from '../schema/events.ts'
import { staff } from '../schema/staff.ts'

const CHANGE = shape({
  action: eventChanges.action,
  staff: orEmpty(staff.name),
  at: eventChanges.at,
})
export type EventAction = RowOf<typeof CHANGE>['action']

/**
 * That staff did something with an event, which has `version` from then on. Fails with a `ConstraintError`
 * of `event_changes.event_id` where somebody else was faster.
 */
export function noteEventChange(
  eventId: string,
  change: { version: number; action: EventAction; staffId: string; at: string },
): Statement {
  return insertInto(eventChanges, { eventId, ...change })
}

/** What staff did with an event, oldest first. */
export function listEventChanges(db: Database, eventId: string): Promise<RowOf<typeof CHANGE>[]> {
  const all = `SELECT ${CHANGE.columns} FROM event_changes LEFT JOIN staff ON staff.id = event_changes.staff_id
    WHERE event_id = ? ORDER BY version`
  return query(db, all, [eventId], CHANGE)
}
