import type { Statement } from '../core/database.ts'

/** Puts a case on somebody's desk, or, with null, on nobody's. */
export function assignCase(
  caseId: string,
  staffId: string | null,
  by: { id: string; at: string },
): Statement {
  return staffId === null
    ? { sql: 'DELETE FROM case_work WHERE case_id = ?', args: [caseId] }
    : {
        sql: `INSERT INTO case_work (case_id, staff_id, given_by, given_at) VALUES (?, ?, ?, ?)
          ON CONFLICT DO UPDATE SET staff_id = excluded.staff_id, given_by = excluded.given_by,
            given_at = excluded.given_at`,
        args: [caseId, staffId, by.id, by.at],
      }
}
