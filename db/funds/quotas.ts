import type { Constraint } from '../core/constraints.ts'
import type { Database, Statement } from '../core/database.ts'
import { query, type RowOf, shape } from '../core/query.ts'
import { fundQuotas } from '../schema/funds.ts'

const QUOTA = shape({
  district: fundQuotas.district,
  households: fundQuotas.households,
  document: fundQuotas.document,
  version: fundQuotas.version,
  at: fundQuotas.updatedAt,
})
/** A district's quota as staff entered it. `version` counts its changes. */
export type EnteredQuota = RowOf<typeof QUOTA>

/** The quotas that staff have entered for a year. */
export function listQuotas(db: Database, programme: string, year: number): Promise<EnteredQuota[]> {
  return query(
    db,
    `SELECT ${QUOTA.columns} FROM fund_quotas WHERE programme_id = ? AND year = ?`,
    [programme, year],
    QUOTA,
  )
}

/** Where somebody else has entered a quota first. */
export const QUOTA_RACES: readonly Constraint[] = [
  'fund_quotas.programme_id',
  'fund_quotas.year',
  'fund_quotas.district',
  'fund_quotas_version',
]

/** Enters a quota that is still at `version` (0: none was entered). A constraint of `QUOTA_RACES`: somebody was faster. */
export function enterQuota(programme: string, year: number, quota: EnteredQuota): Statement {
  const { district, households, document, version, at } = quota
  return version === 0
    ? {
        sql: `INSERT INTO fund_quotas (programme_id, year, district, households, document, version, updated_at)
          VALUES (?, ?, ?, ?, ?, 1, ?)`,
        args: [programme, year, district, households, document, at],
      }
    : {
        sql: `UPDATE fund_quotas SET households = ?, document = ?, updated_at = ?,
          version = CASE version WHEN ? THEN version + 1 ELSE 0 END
          WHERE programme_id = ? AND year = ? AND district = ?`,
        args: [households, document, at, version, programme, year, district],
      }
}
