import type { Database, Statement } from '../core/database.ts'
import { and, desc, eq, gt } from '../core/drizzle.ts'
import { type Open, prepared } from '../core/query.ts'
import { staffSessions } from '../schema/staff.ts'

/** Where somebody is signed in. `token` is what the cookie holds, only for telling which is one's own. */
export type StaffSession = Pick<
  typeof staffSessions.$inferSelect,
  'id' | 'token' | 'userAgent' | 'createdAt'
>

const { id, token, userAgent, createdAt } = staffSessions
const living = prepared((orm, open: Open<{ staffId: string; now: string }>) =>
  orm
    .select({ id, token, userAgent, createdAt })
    .from(staffSessions)
    .where(and(eq(staffSessions.userId, open.staffId), gt(staffSessions.expiresAt, open.now)))
    .orderBy(desc(createdAt)),
)
const one = prepared(
  (orm, open: Open<{ token: string; staffId: string; now: string; begun: string }>) =>
    orm
      .select({ id })
      .from(staffSessions)
      .where(
        and(
          eq(token, open.token),
          eq(staffSessions.userId, open.staffId),
          gt(staffSessions.expiresAt, open.now),
          gt(createdAt, open.begun),
        ),
      ),
)

/** The sessions of somebody that still count, newest first. */
export function listSessions(db: Database, staffId: string, now: string): Promise<StaffSession[]> {
  return living(db, { staffId, now })
}

/** Whether a session is still there, in time at `now` and begun after `begun`. */
export async function hasSession(
  db: Database,
  of: { token: string; staffId: string; now: string; begun: string },
): Promise<boolean> {
  return (await one(db, of)).length > 0
}

/** Ends one session of somebody; another person's is left alone. */
export function endSession(staffId: string, id: string): Statement {
  return {
    sql: 'DELETE FROM staff_sessions WHERE id = ? AND staff_id = ?',
    args: [id, staffId],
  }
}

/** Ends all sessions of somebody but the one that they are at. */
export function endOtherSessions(staffId: string, token: string): Statement {
  return {
    sql: 'DELETE FROM staff_sessions WHERE staff_id = ? AND token <> ?',
    args: [staffId, token],
  }
}
