import type { Database } from '../core/database.ts'

/** Numbers of the applications that have no voucher of a kind yet and stand where the rule wants them, earliest complete first. */
export async function listCasesForVouchers(
  db: Database,
  of: { programme: string; kind: string; stages: readonly string[]; limit: number },
): Promise<string[]> {
  const [rows = []] = await db.read([
    {
      sql: `SELECT k.number FROM cases k
        WHERE k.programme_id = ? AND k.stage IN (SELECT value FROM json_each(?)) AND k.erased_at IS NULL
          AND NOT EXISTS (SELECT 1 FROM vouchers v WHERE v.case_id = k.id AND v.kind = ?
            AND v.state NOT IN ('refused', 'withdrawn', 'given-back', 'expired'))
        ORDER BY k.completed_at, k.number LIMIT ?`,
      args: [of.programme, JSON.stringify(of.stages), of.kind, of.limit],
    },
  ])
  return rows.map(([number]) => String(number))
}
