import type { MoneyShares } from '../../flows/programme/money/money-shares.ts'
import type { Database, SqlValue } from '../core/database.ts'
import { districtFilter } from '../staff/district.ts'
import type { FundYear } from './holders.ts'

type Eyes = { district: string | null }

/** What a district's money comes to, in fen. */
export type DistrictFunds = {
  district: string
  /** Set aside by the district, ever. */
  reserved: number
  /** There and not allotted yet, by the level it came from. */
  held: MoneyShares
  /** Allotted to enterprises and not paid, paid, and of that what was paid before this ledger. */
  allotted: number
  paid: number
  before: number
  /** Applications that were granted; paid, but with no amount recorded; withdrawn since with money allotted. */
  granted: number
  open: number
  astray: number
}

/** What the city's money comes to, in fen. */
export type CityFunds = {
  received: number
  provided: number
  /** There and not passed on yet. */
  held: Pick<MoneyShares, 'province' | 'city'>
}

/**
 * A year's money as it stands, on one snapshot. `paidStages`: the stages of an application from the payment on. The
 * districts' are those that these eyes may see.
 */
export async function loadFunds(
  db: Database,
  eyes: Eyes,
  of: FundYear,
  paidStages: readonly string[],
): Promise<{ city: CityFunds; districts: Map<string, DistrictFunds> }> {
  const seen = districtFilter(eyes, 'h.district')
  const seenCases = districtFilter(eyes, 'c.district')
  const year = [of.programme, of.year, of.fund]
  const [balances = [], counted = [], astray = []] = await db.read([
    {
      sql: `SELECT h.level, coalesce(h.district, ''), b.account, sum(b.balance) FROM fund_balances b
        JOIN fund_holders h ON h.id = b.owner
        WHERE h.programme_id = ? AND h.year = ? AND h.fund = ? AND (h.district IS NULL OR ${seen.sql})
        GROUP BY h.level, h.district, b.account`,
      args: [...year, ...seen.args],
    },
    {
      sql: `SELECT c.district, count(*), sum(c.stage IN (SELECT value FROM json_each(?)) AND NOT EXISTS (
            SELECT 1 FROM fund_holders h JOIN fund_balances b ON b.owner = h.id AND b.account = 'paid'
            WHERE h.case_id = c.id AND h.fund = ? AND b.balance > 0))
        FROM cases c WHERE c.programme_id = ? AND c.outcome = 'granted' AND ${seenCases.sql} GROUP BY c.district`,
      args: [JSON.stringify(paidStages), of.fund, of.programme, ...seenCases.args],
    },
    {
      sql: `SELECT h.district, count(*) FROM fund_holders h JOIN cases c ON c.id = h.case_id
        WHERE h.programme_id = ? AND h.year = ? AND h.fund = ? AND c.outcome IS NOT 'granted' AND ${seen.sql}
          AND EXISTS (SELECT 1 FROM fund_balances b WHERE b.owner = h.id AND b.balance > 0) GROUP BY h.district`,
      args: [...year, ...seen.args],
    },
  ])
  const sums = new Map(
    balances.map(([level, district, account, sum]) => [
      `${level} ${district} ${account}`,
      Number(sum),
    ]),
  )
  const on = (level: string, district: string, account: string) =>
    sums.get(`${level} ${district} ${account}`) ?? 0
  const cases = new Map(counted.map(([district, ...counts]) => [text(district), counts]))
  const strayed = new Map(astray.map(([district, count]) => [text(district), Number(count)]))
  const districts = new Map<string, DistrictFunds>()
  for (const district of new Set([
    ...balances.map(([, district]) => text(district)),
    ...cases.keys(),
  ])) {
    if (district === '') continue
    const [granted, open] = cases.get(district) ?? []
    districts.set(district, {
      district,
      reserved: -on('county', district, 'source'),
      held: {
        province: on('county', district, 'province'),
        city: on('county', district, 'city'),
        county: on('county', district, 'county'),
      },
      allotted: on('enterprise', district, 'allotted'),
      paid: on('enterprise', district, 'paid'),
      before: -on('county', district, 'before'),
      granted: Number(granted ?? 0),
      open: Number(open ?? 0),
      astray: strayed.get(district) ?? 0,
    })
  }
  const city: CityFunds = {
    received: -on('province', '', 'source'),
    provided: -on('city', '', 'source'),
    held: { province: on('city', '', 'province'), city: on('city', '', 'city') },
  }
  return { city, districts }
}

function text(value: SqlValue | undefined): string {
  return String(value ?? '')
}

/** What one grant's money comes to, in fen. */
export type GrantFunds = { allotted: number; paid: number }

/** The accounts of a grant. */
export async function grantFunds(db: Database, grantId: string): Promise<GrantFunds> {
  const [rows = []] = await db.read([
    { sql: 'SELECT account, balance FROM fund_balances WHERE owner = ?', args: [grantId] },
  ])
  const on = (account: string) => Number(rows.find(([name]) => name === account)?.[1] ?? 0)
  return { allotted: on('allotted'), paid: on('paid') }
}

/** What a level or a district holds and has not passed on, by where it came from. */
export async function heldBy(db: Database, holderId: string): Promise<MoneyShares> {
  const [rows = []] = await db.read([
    { sql: 'SELECT account, balance FROM fund_balances WHERE owner = ?', args: [holderId] },
  ])
  const on = (account: string) => Number(rows.find(([name]) => name === account)?.[1] ?? 0)
  return { province: on('province'), city: on('city'), county: on('county') }
}
