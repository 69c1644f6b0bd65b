import type { FormAnswers } from '../../flows/programme/form/form-field.ts'
import { answersContext } from '../cases/content.ts'
import type { Database } from '../core/database.ts'
import { type ListPage, listPage } from '../core/list-page.ts'
import { count, first, maybe, query, type RowOf, shape } from '../core/query.ts'
import { type Vault, VaultError } from '../core/vault.ts'
import { cases } from '../schema/cases.ts'
import { fundHolders } from '../schema/funds.ts'
import { districtFilter, type SqlCondition } from '../staff/district.ts'
import type { FundYear } from './holders.ts'

/** What an enterprise is listed for. `open`: it stands as paid and no amount is recorded; `astray`: no longer granted, but with money. */
export const GRANT_SHOWS = [
  'all',
  'to-allot',
  'to-pay',
  'no-account',
  'account-waits',
  'open',
  'astray',
] as const
export type GrantShow = (typeof GRANT_SHOWS)[number]

/** Which enterprises are listed. */
export type GrantFilter = FundYear & {
  show: GrantShow
  district?: string
  /** The stages of an application from the payment on. */
  paidStages: readonly string[]
}

type Eyes = { district: string | null }

const PAYEES = 'SELECT 1 FROM fund_payees p WHERE p.case_id = cases.id AND p.state'
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

const PERSON = shape({ caseId: cases.id, number: cases.number, contactId: cases.contactId })

/** An enterprise with its money of a fund, in fen; `approvedFen` null: nothing was allotted yet. */
export type GrantLine = Omit<RowOf<typeof GRANT>, 'answers' | 'open'> & {
  /** Null where the application is erased or names none. */
  enterprise: string | null
  /** It stands as paid, but no amount is recorded. */
  isOpen: boolean
}

/** Enterprises with their money of a fund, a page in the order of their applications' numbers. */
export async function listGrants(
  db: Database,
  vault: Vault,
  eyes: Eyes,
  filter: GrantFilter,
  { cursor, limit }: { cursor?: string; limit: number },
): Promise<ListPage<GrantLine>> {
  const stages = JSON.stringify(filter.paidStages)
  const page = await listPage(db, {
    shape: GRANT,
    shapeArgs: [stages],
    from: FROM,
    where: whereOf(eyes, filter),
    order: [{ sql: 'cases.number' }, { sql: "coalesce(fund_holders.id, '')" }],
    cursor,
    limit,
  })
  return { ...page, rows: await Promise.all(page.rows.map((row) => opened(vault, row))) }
}

/** One enterprise with its money of a fund; null where these eyes see none. */
export async function findGrant(
  db: Database,
  vault: Vault,
  eyes: Eyes,
  filter: Omit<GrantFilter, 'show'> & { caseId: string },
): Promise<GrantLine | null> {
  const { sql, args } = whereOf(eyes, { ...filter, show: 'all' })
  const stages = JSON.stringify(filter.paidStages)
  const row = await first(
    db,
    `SELECT ${GRANT.columns} FROM ${FROM} WHERE ${sql} AND cases.id = ? LIMIT 1`,
    [stages, ...args, filter.caseId],
    GRANT,
  )
  return row === null ? null : opened(vault, row)
}

/** Those who are to be paid, have given no account, and can be reached. */
export function listUnpayable(
  db: Database,
  eyes: Eyes,
  filter: Omit<GrantFilter, 'show'>,
  limit: number,
) {
  const { sql, args } = whereOf(eyes, { ...filter, show: 'no-account' })
  return query(
    db,
    `SELECT ${PERSON.columns} FROM ${FROM} WHERE ${sql} AND cases.contact_id IS NOT NULL ORDER BY cases.number LIMIT ?`,
    [...args, limit],
    PERSON,
  )
}

const FROM = `cases
  LEFT JOIN fund_holders ON fund_holders.case_id = cases.id AND fund_holders.fund = ? AND fund_holders.year = ?
  ${['allotted', 'paid']
    .map(
      (one) =>
        `LEFT JOIN fund_balances ${one} ON ${one}.owner = fund_holders.id AND ${one}.account = '${one}'`,
    )
    .join(' ')}`

/** What fills FROM comes first. */
function whereOf(
  eyes: Eyes,
  { programme, year, fund, show, district, paidStages }: GrantFilter,
): SqlCondition {
  const conditions: SqlCondition[] = [
    { sql: 'cases.programme_id = ?', args: [programme] },
    districtFilter(eyes, 'cases.district'),
    shown(show, JSON.stringify(paidStages)),
    ...(district === undefined ? [] : [{ sql: 'cases.district = ?', args: [district] }]),
    ...(fund === 'direct' ? [] : [{ sql: 'fund_holders.id IS NOT NULL', args: [] }]),
  ]
  return {
    sql: conditions.map(({ sql }) => `(${sql})`).join(' AND '),
    args: [fund, year, ...conditions.flatMap(({ args }) => args)],
  }
}

async function opened(
  vault: Vault,
  { answers, open, ...line }: RowOf<typeof GRANT>,
): Promise<GrantLine> {
  const enterprise = await enterpriseOf(vault, line.caseId, answers)
  return { ...line, isOpen: open === 1, enterprise }
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
    case 'no-account':
      return {
        sql: `cases.outcome = 'granted' AND NOT (${OPEN})
          AND coalesce(paid.balance, 0) < coalesce(fund_holders.approved, 1)
          AND NOT EXISTS (${PAYEES} IN ('stands', 'asked', 'seen'))`,
        args: [stages],
      }
    case 'account-waits':
      return { sql: `EXISTS (${PAYEES} IN ('asked', 'seen'))`, args: [] }
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
