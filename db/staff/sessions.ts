import { and, desc, eq, gt } from 'drizzle-orm'
import type { Database, Statement } from '../core/database.ts'
import { createOrm } from '../core/orm.ts'
import { staffSessions } from '../schema/staff.ts'

/** Where somebody is signed in. `token` is what the cookie holds, only for telling which is one's own. */
export type StaffSession = {
  id: string
  token: string
  userAgent: string | null
  createdAt: string
}

/** The sessions of somebody that still count, newest first. */
export async function listSessions(
  db: Database,
  staffId: string,
  now: string,
): Promise<StaffSession[]> {
  return createOrm(db)
    .select({
      id: staffSessions.id,
      token: staffSessions.token,
      userAgent: staffSessions.userAgent,
      createdAt: staffSessions.createdAt,
    })
    .from(staffSessions)
    .where(and(eq(staffSessions.userId, staffId), gt(staffSessions.expiresAt, now)))
    .orderBy(desc(staffSessions.createdAt))
}

/** Whether a session is still there, in time at `now` and begun after `begun`. */
export async function hasSession(
  db: Database,
  of: { staffId: string; token: string; now: string; begun: string },
): Promise<boolean> {
  const found = await createOrm(db)
    .select({ id: staffSessions.id })
    .from(staffSessions)
    .where(
      and(
        eq(staffSessions.token, of.token),
        eq(staffSessions.userId, of.staffId),
        gt(staffSessions.expiresAt, of.now),
        gt(staffSessions.createdAt, of.begun),
      ),
    )
  return found.length > 0
}

/** Ends one session of somebody; another person's is left alone. */
export function endSession(staffId: string, id: string): Statement {
  return {
    sql: 'DELETE FROM staff_sessions WHERE id = ? AND staff_id = ?',
    args: [id, staffId],
  }
}
