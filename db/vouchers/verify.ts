import { deriveState } from '../../flows/programme/lifecycle/machine.ts'
import type { VoucherLife } from '../../flows/programme/lifecycle/voucher-life.ts'
import type { Database, Rows } from '../core/database.ts'
import { balancesProblem, gapIn, type LedgerSums, sumEntries } from '../core/ledger-sums.ts'
import { type RowOf, shape } from '../core/query.ts'
import { voucherBalances, voucherEntries } from '../schema/vouchers.ts'

/** Whether all sums agree; else the first thing that does not, in words that name nobody. */
export type VoucherVerdict =
  | { ok: true; entries: number; vouchers: number; budgets: number }
  | { ok: false; problem: string }

const ENTRY = shape({
  id: voucherEntries.id,
  voucherId: voucherEntries.voucherId,
  reason: voucherEntries.reason,
  fromOwner: voucherEntries.fromOwner,
  fromAccount: voucherEntries.fromAccount,
  toOwner: voucherEntries.toOwner,
  toAccount: voucherEntries.toAccount,
  amount: voucherEntries.amount,
  ordinal: voucherEntries.ordinal,
})
const BALANCE = shape({
  owner: voucherBalances.owner,
  account: voucherBalances.account,
  balance: voucherBalances.balance,
})

const QUERIES = [
  `SELECT ${ENTRY.columns} FROM voucher_entries ORDER BY id`,
  `SELECT ${BALANCE.columns} FROM voucher_balances ORDER BY owner, account`,
  'SELECT id, number, budget_id, face, state, version, issued_at FROM vouchers ORDER BY number',
  'SELECT voucher_id, ordinal, move, from_state, to_state FROM voucher_events ORDER BY voucher_id, ordinal',
  'SELECT voucher_id, sum(amount) FROM voucher_redemptions WHERE reversed_at IS NULL GROUP BY voucher_id',
  `SELECT voucher_id, amount, status FROM voucher_claims WHERE status <> 'returned'`,
  'SELECT id, ceiling FROM voucher_budgets ORDER BY id',
  'SELECT voucher_id, max(reserved) FROM voucher_contracts WHERE ended_at IS NULL GROUP BY voucher_id',
]

/** Accounts on which money may stand in a state; in all other states, none may. */
const STANDS: Readonly<Record<string, readonly string[]>> = {
  issued: ['outstanding'],
  locked: ['outstanding', 'committed', 'redeemed'],
  redeemed: ['outstanding', 'committed', 'redeemed'],
  claimed: ['claimed'],
  'claim-checked': ['claimed'],
  paid: ['paid'],
}

/**
 * Recomputes everything from the entries and the events, on one snapshot, and compares: balances, budgets,
 * the state of each voucher, what was redeemed and what is claimed.
 */
export async function verifyVouchers(db: Database, life: VoucherLife): Promise<VoucherVerdict> {
  const [
    entryRows = [],
    balances = [],
    vouchers = [],
    events = [],
    redeemed = [],
    claims = [],
    budgets = [],
    contracts = [],
  ] = await db.read(QUERIES.map((sql) => ({ sql, args: [] })))
  const entries = entryRows.map(ENTRY.read)
  const sums = sumEntries(entries)
  const problem =
    gapIn(entries) ??
    entriesProblem(entries, events) ??
    balancesProblem(sums, balances.map(BALANCE.read), ['source']) ??
    budgetsProblem(sums, budgets, vouchers) ??
    eventsProblem(life, vouchers, events) ??
    vouchersProblem(sums, vouchers, { redeemed, claims, contracts })
  return problem === null
    ? { ok: true, entries: entries.length, vouchers: vouchers.length, budgets: budgets.length }
    : { ok: false, problem }
}

function entriesProblem(entries: readonly RowOf<typeof ENTRY>[], events: Rows): string | null {
  const moves = new Map(events.map(([id, ordinal, move]) => [`${id} ${ordinal}`, move]))
  const stray = entries.find(
    ({ voucherId, ordinal, reason }) =>
      voucherId !== null && moves.get(`${voucherId} ${ordinal}`) !== reason,
  )
  return stray === undefined ? null : `ledger entry ${stray.id} belongs to no event`
}

function budgetsProblem(sums: LedgerSums, budgets: Rows, vouchers: Rows): string | null {
  for (const [id, ceiling] of budgets) {
    const allotted = -sums.on(String(id), 'source')
    const free = sums.on(String(id), 'available')
    const held = vouchers
      .filter(([, , budget]) => budget === id)
      .reduce((total, [voucher]) => total + heldBy(sums, String(voucher)), 0)
    if (allotted !== free + held) {
      return `budget ${id}: ${allotted} allotted, but ${free} free and ${held} on vouchers`
    }
    if (allotted > Number(ceiling)) return `budget ${id}: ${allotted} is above ${ceiling}`
  }
  return null
}

function eventsProblem(life: VoucherLife, vouchers: Rows, events: Rows): string | null {
  const byVoucher = Map.groupBy(events, ([id]) => String(id))
  for (const [id, number, , , state, version] of vouchers) {
    const history = (byVoucher.get(String(id)) ?? []).map(([, ordinal, , from, to]) => ({
      ordinal: Number(ordinal),
      from: String(from),
      to: String(to),
    }))
    const derived = deriveState(life, history)
    if (!derived.ok) return `${number}, event ${derived.ordinal}: ${derived.problem}`
    if (derived.state !== state) return `${number}: it is ${state}, its events say ${derived.state}`
    if (history.length !== version) return `${number}: version ${version}, ${history.length} events`
  }
  return null
}

function vouchersProblem(
  sums: LedgerSums,
  vouchers: Rows,
  { redeemed, claims, contracts }: { redeemed: Rows; claims: Rows; contracts: Rows },
): string | null {
  const spent = new Map(redeemed.map(([id, sum]) => [id, Number(sum)]))
  const reserved = new Map(contracts.map(([id, sum]) => [id, Number(sum)]))
  const claimed = new Map(claims.map(([id, amount, status]) => [id, { amount, status }]))
  for (const [id, number, , face, state] of vouchers) {
    const on = (account: string) => sums.on(String(id), account)
    const stands = STANDS[String(state)] ?? []
    for (const account of ['outstanding', 'committed', 'redeemed', 'claimed', 'paid']) {
      if (on(account) !== 0 && !stands.includes(account)) {
        return `${number}: ${state}, with ${on(account)} on ${account}`
      }
    }
    const held = heldBy(sums, String(id))
    if (held > Number(face)) return `${number}: ${held} is above its face ${face}`
    if (state === 'issued' && held !== Number(face))
      return `${number}: issued with ${held} of ${face}`
    if (stands.length === 0) continue
    const used = on('redeemed') + on('claimed') + on('paid')
    if (used !== (spent.get(id) ?? 0)) {
      return `${number}: ${used} on its accounts, ${spent.get(id) ?? 0} redeemed`
    }
    if (used > (reserved.get(id) ?? 0)) return `${number}: ${used} is above its contract`
    const claim = claimed.get(id)
    if (claim !== undefined && claim.amount !== on('claimed') + on('paid')) {
      return `${number}: its claim is ${claim.amount}, its accounts say ${on('claimed') + on('paid')}`
    }
    if ((claim?.status === 'paid') !== (state === 'paid'))
      return `${number}: ${state}, claim ${claim?.status}`
  }
  return null
}

function heldBy(sums: LedgerSums, voucherId: string): number {
  return ['outstanding', 'committed', 'redeemed', 'claimed', 'paid'].reduce(
    (total, account) => total + sums.on(voucherId, account),
    0,
  )
}
