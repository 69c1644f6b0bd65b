import type { Database, Statement } from '../core/database.ts'

/** What changes how somebody signs in. */
export type AccessKind = 'link' | 'authenticator'
/** What two administrators decide of somebody. */
type AskKind = AccessKind | 'supervision'

/** What one administrator wants for somebody and another has to agree to: another way in, or the role supervision. */
export type StaffAsk = {
  id: string
  kind: AskKind
  staffId: string
  askedBy: { id: string; name: string }
  askedAt: string
}

/** Stores what is wanted, in the place of what was wanted of the same kind before. */
export function putStaffAsk(
  ask: Omit<StaffAsk, 'askedBy'> & { askedBy: string; expiresAt: string },
): Statement[] {
  return [
    {
      sql: 'DELETE FROM staff_asks WHERE staff_id = ? AND kind = ? AND agreed_by IS NULL AND confirmations = 0',
      args: [ask.staffId, ask.kind],
    },
    {
      sql: `INSERT INTO staff_asks (id, kind, staff_id, asked_by, asked_at, expires_at)
        VALUES (?, ?, ?, ?, ?, ?)`,
      args: [ask.id, ask.kind, ask.staffId, ask.askedBy, ask.askedAt, ask.expiresAt],
    },
  ]
}

/** What is wanted for somebody and waits for a second administrator. */
export async function listStaffAsks(
  db: Database,
  staffId: string,
  now: string,
): Promise<StaffAsk[]> {
  const [rows = []] = await db.read([
    {
      sql: `SELECT k.id, k.kind, k.staff_id, k.asked_by, s.name, k.asked_at FROM staff_asks k
        JOIN staff s ON s.id = k.asked_by AND s.disabled_at IS NULL AND s.role = 'admin'
        WHERE k.staff_id = ? AND k.agreed_by IS NULL AND k.confirmations = 0
          AND k.expires_at > ? ORDER BY k.asked_at`,
      args: [staffId, now],
    },
  ])
  return rows.map(([id, kind, whose, by, name, at]) => ({
    id: String(id),
    kind: kind as AskKind,
    staffId: String(whose),
    askedBy: { id: String(by), name: String(name) },
    askedAt: String(at),
  }))
}

/**
 * Notes who agreed. The batch fails with `staff_asks_agreed_once` the second time, and with
 * `staff_asks_two_persons` where it is who asked or whom it is about.
 */
export function agreeStaffAsk(id: string, by: string): Statement {
  return {
    sql: `UPDATE staff_asks SET agreed_by = ?, agreements = agreements + 1 + confirmations WHERE id = ?`,
    args: [by, id],
  }
}

/** Notes that the person said yes themselves. The batch fails with `staff_asks_confirmed_once` after any yes. */
export function confirmStaffAsk(id: string): Statement {
  return {
    sql: 'UPDATE staff_asks SET confirmations = confirmations + 1 + agreements WHERE id = ?',
    args: [id],
  }
}

/** Takes back what was wanted and nobody agreed to. */
export function dropStaffAsk(id: string): Statement {
  return {
    sql: 'DELETE FROM staff_asks WHERE id = ? AND agreements = 0 AND confirmations = 0',
    args: [id],
  }
}
