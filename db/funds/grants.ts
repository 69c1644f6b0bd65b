import type { FormAnswers } from '../../flows/programme/form/form-field.ts'
import { answersContext } from '../cases/content.ts'
import type { Database, SqlValue } from '../core/database.ts'
import { count, maybe, query, type RowOf, shape } from '../core/query.ts'
import { type Vault, VaultError } from '../core/vault.ts'
import { cases } from '../schema/cases.ts'
import { fundHolders } from '../schema/funds.ts'
import { districtFilter, type SqlCondition } from '../staff/district.ts'
import type { FundYear } from './holders.ts'

/** What an enterprise is listed for. `open`: it stands as paid and no amount is recorded; `astray`: no longer granted, but with money. */
export const GRANT_SHOWS = ['all', 'to-allot', 'to-pay', 'open', 'astray'] as const
export type GrantShow = (typeof GRANT_SHOWS)[number]

/** Which enterprises are listed. */
export type GrantFilter = FundYear & {
  show: GrantShow
  district?: string
  caseId?: string
  /** The stages of an application from the payment on. */
  paidStages: readonly string[]
  /** After this number, of the page before. */
  after: string
  limit: number
}

const GIVEN = 'coalesce(allotted.balance, 0) + coalesce(paid.balance, 0)'
const OPEN = `cases.outcome IS 'granted' AND coalesce(paid.balance, 0) = 0
  AND cases.stage IN (SELECT value FROM json_each(?))`

const GRANT = shape({
  caseId: cases.id,
  number: cases.number,
  district: cases.district,
  stage: cases.stage,
  outcome: cases.outcome,
  answers: cases.answers,
  holderId: maybe(fundHolders.id),
  approvedFen: maybe(fundHolders.approved),
  allotted: count('coalesce(allotted.balance, 0)'),
  paid: count('coalesce(paid.balance, 0)'),
  open: count(OPEN),
})

/** An enterprise with its money of a fund, in fen; `approvedFen` null: nothing was allotted yet. */
export type GrantLine = Omit<RowOf<typeof GRANT>, 'answers' | 'open'> & {
  /** Null where the application is erased or names none. */
  enterprise: string | null
  /** It stands as paid, but no amount is recorded. */
  isOpen: boolean
}

/** Enterprises with their money of a fund, in the order of their applications' numbers. */
export async function listGrants(
  db: Database,
  vault: Vault,
  eyes: { district: string | null },
  filter: GrantFilter,
): Promise<GrantLine[]> {
  const { programme, year, fund, show, district, caseId, after, limit } = filter
  const stages = JSON.stringify(filter.paidStages)
  const conditions: SqlCondition[] = [
    { sql: 'cases.programme_id = ? AND cases.number > ?', args: [programme, after] },
    districtFilter(eyes, 'cases.district'),
    shown(show, stages),
  ]
  const narrow = (sql: string, value: SqlValue) => conditions.push({ sql, args: [value] })
  if (district !== undefined) narrow('cases.district = ?', district)
  if (caseId !== undefined) narrow('cases.id = ?', caseId)
  if (fund !== 'direct') conditions.push({ sql: 'fund_holders.id IS NOT NULL', args: [] })
  const rows = await query(
    db,
    `SELECT ${GRANT.columns} FROM cases
      LEFT JOIN fund_holders ON fund_holders.case_id = cases.id AND fund_holders.fund = ? AND fund_holders.year = ?
      ${['allotted', 'paid']
        .map(
          (one) =>
            `LEFT JOIN fund_balances ${one} ON ${one}.owner = fund_holders.id AND ${one}.account = '${one}'`,
        )
        .join(' ')}
      WHERE ${conditions.map(({ sql }) => `(${sql})`).join(' AND ')}
      ORDER BY cases.number, fund_holders.opened_at, fund_holders.id LIMIT ?`,
    [stages, fund, year, ...conditions.flatMap(({ args }) => args), limit],
    GRANT,
  )
  return Promise.all(
    rows.map(async ({ answers, open, ...line }) => ({
      ...line,
      isOpen: open === 1,
      enterprise: await enterpriseOf(vault, line.caseId, answers),
    })),
  )
}

function shown(show: GrantShow, stages: string): SqlCondition {
  switch (show) {
    case 'all':
      return { sql: `cases.outcome = 'granted' OR ${GIVEN} > 0`, args: [] }
    case 'to-allot':
      return {
        sql: `cases.outcome = 'granted' AND NOT (${OPEN})
          AND (fund_holders.id IS NULL OR fund_holders.approved > ${GIVEN})`,
        args: [stages],
      }
    case 'to-pay':
      return { sql: 'allotted.balance > 0', args: [] }
    case 'open':
      return { sql: OPEN, args: [stages] }
    case 'astray':
      return { sql: `cases.outcome IS NOT 'granted' AND ${GIVEN} > 0`, args: [] }
  }
}

async function enterpriseOf(
  vault: Vault,
  caseId: string,
  sealed: Uint8Array | null,
): Promise<string | null> {
  if (sealed === null) return null
  try {
    const text = await vault.openText(sealed, answersContext(caseId))
    // Our own JSON, authenticated by the seal.
    const { enterpriseName } = JSON.parse(text) as FormAnswers
    return typeof enterpriseName === 'string' ? enterpriseName : null
  } catch (error) {
    // One line whose key is lost is no reason to show none.
    if (error instanceof VaultError) return null
    throw error
  }
}
