import type { FundTransfer } from '../../flows/programme/money/funds.ts'
import type { MoneyShares } from '../../flows/programme/money/money-shares.ts'
import type { Database, SqlValue, Statement } from '../core/database.ts'
import { first, insertInto, maybe, query, type RowOf, shape } from '../core/query.ts'
import { cases } from '../schema/cases.ts'
import { fundActs, fundEntries, fundHolders } from '../schema/funds.ts'
import { staff } from '../schema/staff.ts'
import { districtFilter, type SqlCondition } from '../staff/district.ts'

const ACT = shape({
  id: fundActs.id,
  holderId: fundActs.holderId,
  move: fundActs.move,
  amountFen: fundActs.amount,
  parts: { province: fundActs.province, city: fundActs.city, county: fundActs.county },
  day: fundActs.day,
  document: fundActs.document,
  reason: fundActs.reason,
  reverses: fundActs.reverses,
  state: fundActs.state,
  staffId: fundActs.staffId,
  by: maybe(staff.name),
  decidedBy: {
    sql: 'second.name',
    read: (value: SqlValue) => (value === null ? null : String(value)),
  },
  decidedAt: fundActs.decidedAt,
  requestKey: fundActs.requestKey,
  at: fundActs.at,
  fund: fundHolders.fund,
  year: fundHolders.year,
  level: fundHolders.level,
  district: fundHolders.district,
  caseId: fundHolders.caseId,
  caseNumber: maybe(cases.number),
  isReversed: {
    sql: 'EXISTS (SELECT 1 FROM fund_acts o WHERE o.reverses = fund_acts.id)',
    read: (value: SqlValue) => value === 1,
  },
})
/** A decision about money with who made it. */
export type FundAct = RowOf<typeof ACT>

const FROM = `SELECT ${ACT.columns} FROM fund_acts
  JOIN fund_holders ON fund_holders.id = fund_acts.holder_id
  LEFT JOIN staff ON staff.id = fund_acts.staff_id
  LEFT JOIN staff second ON second.id = fund_acts.decided_by
  LEFT JOIN cases ON cases.id = fund_holders.case_id`

type Eyes = { district: string | null }

/** An act that these eyes may see; null where there is none. */
export function findAct(db: Database, eyes: Eyes, which: { id: string } | { key: string }) {
  const seen = districtFilter(eyes, 'fund_holders.district')
  const [column, value] = 'id' in which ? ['id', which.id] : ['request_key', which.key]
  const one = `${FROM} WHERE fund_acts.${column} = ? AND ${seen.sql}`
  return first(db, one, [value, ...seen.args], ACT)
}

/** Which acts are listed. */
export type ActFilter = {
  programme: string
  year: number
  fund?: FundAct['fund']
  level?: FundAct['level']
  district?: string
  caseId?: string
  /** Only those that wait for a second person. */
  asked?: true
  /** Below this one, of the page before. */
  before?: { at: string; id: string }
  limit: number
}

/** Acts of a year, the newest first. */
export function listActs(db: Database, eyes: Eyes, filter: ActFilter): Promise<FundAct[]> {
  const { programme, year, fund, level, district, caseId, asked, before, limit } = filter
  const seen = districtFilter(eyes, 'fund_holders.district')
  const conditions: SqlCondition[] = [
    { sql: 'fund_holders.programme_id = ? AND fund_holders.year = ?', args: [programme, year] },
    seen,
  ]
  const narrow = (sql: string, ...args: SqlValue[]) => conditions.push({ sql, args })
  if (fund !== undefined) narrow('fund_holders.fund = ?', fund)
  if (level !== undefined) narrow('fund_holders.level = ?', level)
  if (district !== undefined) narrow('fund_holders.district = ?', district)
  if (caseId !== undefined) narrow('fund_holders.case_id = ?', caseId)
  if (asked !== undefined) narrow("fund_acts.state = 'asked'")
  if (before !== undefined) narrow('(fund_acts.at, fund_acts.id) < (?, ?)', before.at, before.id)
  return query(
    db,
    `${FROM} WHERE ${conditions.map(({ sql }) => sql).join(' AND ')}
      ORDER BY fund_acts.at DESC, fund_acts.id DESC LIMIT ?`,
    [...conditions.flatMap(({ args }) => args), limit],
    ACT,
  )
}

/** An act to be stored. */
export type NewFundAct = {
  id: string
  holderId: string
  move: FundAct['move']
  parts: MoneyShares
  day: string
  document: string
  reason: string | null
  reverses: string | null
  state: 'asked' | 'done'
  staffId: string
  key: string
  at: string
}

/**
 * An act with its movements, for a batch; nothing is moved while it is only asked. The batch fails with a `ConstraintError`
 * of `fund_never_below_zero`, `fund_above_approved` or `fund_act_granted` where the money is not there, was not approved, or
 * the application is no longer granted, of `fund_acts.request_key` where this was done before, and of `fund_acts.reverses`
 * where it was reversed.
 */
export function insertAct(act: NewFundAct, transfers: readonly FundTransfer[]): Statement[] {
  const { key: requestKey, parts, ...rest } = act
  const amount = parts.province + parts.city + parts.county
  return [
    insertInto(fundActs, { ...rest, ...parts, amount, requestKey }),
    ...(act.state === 'asked' ? [] : postAct(act, transfers)),
  ]
}

/** The movements of an act that is done, each a row of the ledger. */
export function postAct(
  { id: actId, move: reason, at }: Pick<NewFundAct, 'id' | 'move' | 'at'>,
  transfers: readonly FundTransfer[],
): Statement[] {
  return transfers.map(({ from, to, amount }) =>
    insertInto(fundEntries, {
      actId,
      reason,
      fromOwner: from.owner,
      fromAccount: from.account,
      toOwner: to.owner,
      toAccount: to.account,
      amount,
      at,
    }),
  )
}

/** What the second person says to an act, once (`fund_act_decided_once`), and not of their own (`fund_act_two_persons`). */
export function decideAct(
  id: string,
  { state, by, at }: { state: 'done' | 'declined'; by: string; at: string },
): Statement {
  return {
    sql: `UPDATE fund_acts SET state = ?, decided_by = ?, decided_at = ?, decisions = decisions + 1 WHERE id = ?`,
    args: [state, by, at, id],
  }
}
