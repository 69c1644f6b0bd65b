import { and, asc, eq, inArray, isNull, or } from 'drizzle-orm'
import type { Database, Statement } from '../core/database.ts'
import { createOrm } from '../core/orm.ts'
import { staff } from '../schema/staff.ts'
import type { StaffRole } from '../staff/roles.ts'

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

/** Who can be given a case of a district: who can sign in, of these roles, there or for the whole city. */
export async function listAssignableStaff(
  db: Database,
  district: string,
  roles: readonly StaffRole[],
): Promise<{ id: string; name: string; role: StaffRole }[]> {
  return createOrm(db)
    .select({ id: staff.id, name: staff.name, role: staff.role })
    .from(staff)
    .where(
      and(
        isNull(staff.disabledAt),
        eq(staff.twoFactorEnabled, true),
        inArray(staff.role, [...roles]),
        or(isNull(staff.district), eq(staff.district, district)),
      ),
    )
    .orderBy(asc(staff.name))
}
