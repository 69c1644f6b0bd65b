import type { Fund, FundHolders } from '../../flows/programme/money/funds.ts'
import type { Database, Statement } from '../core/database.ts'
import { first, shape } from '../core/query.ts'
import { fundHolders } from '../schema/funds.ts'
import { districtFilter } from '../staff/district.ts'

/** The money of a year of a programme. */
export type FundYear = { programme: string; year: number; fund: Fund }

/** Who a move is about beside the province and the city. */
export type FundPlace = { district?: string; grantId?: string }

/** The holders of a year's money that a move may concern; names of nobody where it concerns no district or enterprise. */
export function holdersOf(of: FundYear, { district = '', grantId = '' }: FundPlace): FundHolders {
  const year = `${of.programme}:${of.year}:${of.fund}`
  return {
    province: `${year}:province`,
    city: `${year}:city`,
    county: `${year}:district:${district}`,
    enterprise: grantId,
  }
}

/** What an application was granted of the direct subsidy: one for each application. */
export function directGrantId(of: Omit<FundYear, 'fund'>, caseId: string): string {
  return `${of.programme}:${of.year}:direct:case:${caseId}`
}

/** Opens the holders of a year where they are not there yet: of the levels, a district, and a grant with what was approved. */
export function openHolders(
  of: FundYear,
  place: FundPlace,
  grant: { caseId: string; approvedFen: number } | null,
  at: string,
): Statement[] {
  const { province, city, county, enterprise } = holdersOf(of, place)
  const { district = null, grantId } = place
  const open = (
    id: string,
    level: 'province' | 'city' | 'county' | 'enterprise',
    [caseId, approved]: readonly [string | null, number | null] = [null, null],
  ): Statement => ({
    sql: `INSERT INTO fund_holders (id, programme_id, year, fund, level, district, case_id, approved, opened_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
    args: [
      id,
      of.programme,
      of.year,
      of.fund,
      level,
      level === 'county' || level === 'enterprise' ? district : null,
      caseId,
      approved,
      at,
    ],
  })
  return [
    open(province, 'province'),
    open(city, 'city'),
    ...(district === null ? [] : [open(county, 'county')]),
    ...(grantId === undefined || grant === null
      ? []
      : [open(enterprise, 'enterprise', [grant.caseId, grant.approvedFen])]),
  ]
}

const HOLDER = shape({
  id: fundHolders.id,
  programme: fundHolders.programmeId,
  year: fundHolders.year,
  fund: fundHolders.fund,
  level: fundHolders.level,
  district: fundHolders.district,
  caseId: fundHolders.caseId,
  approvedFen: fundHolders.approved,
  version: fundHolders.version,
})

/** Marks that somebody decided upon a holder's money as it was at `version`; `fund_holders_version`: somebody else did first. */
export function touchHolder({ id, version }: { id: string; version: number }): Statement {
  return {
    sql: `UPDATE fund_holders SET version = CASE version WHEN ? THEN version + 1 ELSE 0 END WHERE id = ?`,
    args: [version, id],
  }
}

/** A holder that these eyes may see; null where there is none. */
export function findHolder(db: Database, eyes: { district: string | null }, id: string) {
  const seen = districtFilter(eyes, 'fund_holders.district')
  const one = `SELECT ${HOLDER.columns} FROM fund_holders WHERE id = ? AND ${seen.sql}`
  return first(db, one, [id, ...seen.args], HOLDER)
}
