import type { Database, Statement } from '../core/database.ts'
import { districtFilter } from '../staff/district.ts'

/** Where the money of a voucher stands. Its budget has `source` and `available`. */
type VoucherAccount = 'outstanding' | 'committed' | 'redeemed' | 'claimed' | 'paid'

/** Fen on each account of a voucher. */
export type VoucherAmounts = Readonly<Record<VoucherAccount, number>>

/** A movement of money about one voucher. `available` is its budget's account, the others its own. */
export type VoucherTransfer = {
  from: VoucherAccount | 'available'
  to: VoucherAccount | 'available'
  amount: number
}

/** Whose movement it is, and the event that causes it. */
export type TransferCause = {
  voucherId: string
  budgetId: string
  ordinal: number
  /** The move. */
  reason: string
  at: string
}

/**
 * A movement as a row of the ledger, after its event in the batch. The batch fails with a
 * `ConstraintError` of `voucher_never_below_zero` where there is less on the account. Nothing is moved
 * for an amount of zero.
 */
export function postTransfer(
  cause: TransferCause,
  { from, to, amount }: VoucherTransfer,
): Statement[] {
  if (amount === 0) return []
  const { voucherId, budgetId, ordinal, reason, at } = cause
  const ownerOf = (account: string) => (account === 'available' ? budgetId : voucherId)
  return [
    {
      sql: `INSERT INTO voucher_entries
        (voucher_id, budget_id, reason, from_owner, from_account, to_owner, to_account, amount, ordinal, at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      args: [
        voucherId,
        budgetId,
        reason,
        ownerOf(from),
        from,
        ownerOf(to),
        to,
        amount,
        ordinal,
        at,
      ],
    },
  ]
}

/** Opens the budget of a year, where there is none yet. Its ceiling is the most that is ever allotted to it. */
export function openVoucherBudget(budget: {
  id: string
  programme: string
  year: number
  ceiling: number
  at: string
}): Statement {
  const { id, programme, year, ceiling, at } = budget
  return {
    sql: `INSERT INTO voucher_budgets (id, programme_id, year, ceiling, opened_at) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT DO NOTHING`,
    args: [id, programme, year, ceiling, at],
  }
}

/**
 * Allots money to a budget. The batch fails with a `ConstraintError` of `voucher_budget_ceiling` above its
 * ceiling, and of `voucher_entries.request_key` where this was done before.
 */
export function allotToBudget(
  budgetId: string,
  { amount, key, at }: { amount: number; key: string; at: string },
): Statement {
  return {
    sql: `INSERT INTO voucher_entries
      (budget_id, reason, from_owner, from_account, to_owner, to_account, amount, request_key, at)
      VALUES (?, 'allot', ?, 'source', ?, 'available', ?, ?, ?)`,
    args: [budgetId, budgetId, budgetId, amount, key, at],
  }
}

/** What is on the accounts of a voucher. */
export async function amountsOf(db: Database, voucherId: string): Promise<VoucherAmounts> {
  const [rows = []] = await db.read([
    { sql: 'SELECT account, balance FROM voucher_balances WHERE owner = ?', args: [voucherId] },
  ])
  const held = new Map(rows.map(([account, balance]) => [String(account), Number(balance)]))
  const of = (account: VoucherAccount) => held.get(account) ?? 0
  return {
    outstanding: of('outstanding'),
    committed: of('committed'),
    redeemed: of('redeemed'),
    claimed: of('claimed'),
    paid: of('paid'),
  }
}

/** A budget as it stands: what was allotted, what is free, and what its vouchers hold. */
export type BudgetStatus = VoucherAmounts & {
  id: string
  year: number
  ceilingFen: number
  allottedFen: number
  available: number
}

/**
 * The budget of a year, or null where none was opened. Its sums always agree (db/vouchers/verify.ts). With `eyes` of a
 * district, what vouchers hold is that district's; the pot itself is the city's.
 */
export async function loadBudget(
  db: Database,
  budgetId: string,
  eyes: { district: string | null } = { district: null },
): Promise<BudgetStatus | null> {
  const seen = districtFilter(eyes, 'v.district')
  const [budgets = [], own = [], held = []] = await db.read([
    { sql: 'SELECT year, ceiling FROM voucher_budgets WHERE id = ?', args: [budgetId] },
    { sql: 'SELECT account, balance FROM voucher_balances WHERE owner = ?', args: [budgetId] },
    {
      sql: `SELECT b.account, sum(b.balance) FROM voucher_balances b JOIN vouchers v ON v.id = b.owner
        WHERE v.budget_id = ? AND ${seen.sql} GROUP BY b.account`,
      args: [budgetId, ...seen.args],
    },
  ])
  const [year, ceiling] = budgets[0] ?? []
  if (year === undefined) return null
  const sums = new Map([...own, ...held].map(([account, sum]) => [String(account), Number(sum)]))
  const of = (account: string) => sums.get(account) ?? 0
  return {
    id: budgetId,
    year: Number(year),
    ceilingFen: Number(ceiling),
    allottedFen: -of('source'),
    available: of('available'),
    outstanding: of('outstanding'),
    committed: of('committed'),
    redeemed: of('redeemed'),
    claimed: of('claimed'),
    paid: of('paid'),
  }
}
