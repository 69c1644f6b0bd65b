import type { Database, Statement } from '../core/database.ts'

/** What a clock finds to do with vouchers, by id. */
export type VouchersDue = {
  /** Their last day of use has passed. */
  ended: string[]
  /** Nobody claimed in time. */
  lapsed: string[]
  toRemind: { id: string; remindAt: string }[]
}

/** What is due, oldest first; `today` is the day in China. */
export async function listVouchersDue(
  db: Database,
  { now, today, limit }: { now: string; today: string; limit: number },
): Promise<VouchersDue> {
  const [ended = [], lapsed = [], remind = []] = await db.read([
    {
      sql: `SELECT id FROM vouchers WHERE state IN ('issued', 'locked') AND use_by < ? ORDER BY use_by LIMIT ?`,
      args: [today, limit],
    },
    {
      sql: `SELECT id FROM vouchers WHERE state = 'redeemed' AND claim_by < ? ORDER BY claim_by LIMIT ?`,
      args: [today, limit],
    },
    {
      sql: `SELECT id, remind_at FROM vouchers
        WHERE remind_at <= ? AND state IN ('issued', 'locked') AND use_by >= ? ORDER BY remind_at LIMIT ?`,
      args: [now, today, limit],
    },
  ])
  return {
    ended: ended.map(([id]) => String(id)),
    lapsed: lapsed.map(([id]) => String(id)),
    toRemind: remind.map(([id, remindAt]) => ({ id: String(id), remindAt: String(remindAt) })),
  }
}

/** A row where `listVouchersDue`, `endOldAsks` or `listHalfPapers` may find something. */
export function vouchersDue(now: string): Statement {
  return {
    sql: `SELECT 1 WHERE EXISTS (SELECT 1 FROM vouchers WHERE state IN ('issued', 'locked') AND use_by <= ?1)
      OR EXISTS (SELECT 1 FROM vouchers WHERE state = 'redeemed' AND claim_by <= ?1)
      OR EXISTS (SELECT 1 FROM vouchers WHERE remind_at <= ?1 AND state IN ('issued', 'locked'))
      OR EXISTS (SELECT 1 FROM voucher_asks WHERE status = 'asked' AND expires_at <= ?1)
      OR EXISTS (SELECT 1 FROM voucher_pins WHERE expires_at <= ?1)
      OR EXISTS (SELECT 1 FROM voucher_papers WHERE status = 'arriving')`,
    args: [now],
  }
}

/** A reminder was said, or left out; the statement returns a row where it was this process that did it. */
export function setNextReminder(id: string, was: string, next: string | null): Statement {
  return {
    sql: 'UPDATE vouchers SET remind_at = ? WHERE id = ? AND remind_at = ? RETURNING id',
    args: [next, id, was],
  }
}

/** Asks that nobody answered in time, and PINs that are over. */
export function endOldAsks(now: string): Statement[] {
  return [
    {
      sql: `UPDATE voucher_asks SET status = 'lapsed', decided_at = ? WHERE status = 'asked' AND expires_at <= ?`,
      args: [now, now],
    },
    { sql: 'DELETE FROM voucher_pins WHERE expires_at <= ?', args: [now] },
  ]
}
