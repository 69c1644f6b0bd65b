import type { Database, Statement } from '../core/database.ts'
import { query, type RowOf, shape } from '../core/query.ts'
import { savedFilters } from '../schema/staff.ts'

const SAVED = shape({ name: savedFilters.name, query: savedFilters.query })

/** A filter of a list under a name; `query`: as in the address, without the page. */
export type SavedFilter = RowOf<typeof SAVED>

/** The filters that somebody keeps for a list, by name. `list`: its path. */
export function listSavedFilters(
  db: Database,
  staffId: string,
  list: string,
): Promise<SavedFilter[]> {
  const all = `SELECT ${SAVED.columns} FROM saved_filters WHERE staff_id = ? AND list = ? ORDER BY name`
  return query(db, all, [staffId, list], SAVED)
}

/** Keeps a filter; one of the same name gives way. */
export function saveFilter(
  staffId: string,
  list: string,
  { name, query: asked, at }: SavedFilter & { at: string },
): Statement {
  return {
    sql: `INSERT INTO saved_filters (staff_id, list, name, query, at) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET query = excluded.query, at = excluded.at`,
    args: [staffId, list, name, asked, at],
  }
}

/** Keeps it no longer. */
export function dropFilter(staffId: string, list: string, name: string): Statement {
  return {
    sql: 'DELETE FROM saved_filters WHERE staff_id = ? AND list = ? AND name = ?',
    args: [staffId, list, name],
  }
}
