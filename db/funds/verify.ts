import {
  FUND_SOURCES,
  type FundTransfer,
  fundTransfers,
  undoneTransfers,
} from '../../flows/programme/money/funds.ts'
import type { MoneyShares } from '../../flows/programme/money/money-shares.ts'
import type { Database } from '../core/database.ts'
import { balancesProblem, gapIn, type LedgerSums, sumEntries } from '../core/ledger-sums.ts'
import { maybe, type RowOf, shape } from '../core/query.ts'
import { fundActs, fundBalances, fundEntries, fundHolders } from '../schema/funds.ts'
import { holdersOf } from './holders.ts'

/** Whether all sums agree; else the first thing that does not, in words that name nobody. */
export type FundVerdict =
  | { ok: true; entries: number; acts: number; holders: number }
  | { ok: false; problem: string }

const ENTRY = shape({
  id: fundEntries.id,
  actId: fundEntries.actId,
  fromOwner: fundEntries.fromOwner,
  fromAccount: fundEntries.fromAccount,
  toOwner: fundEntries.toOwner,
  toAccount: fundEntries.toAccount,
  amount: fundEntries.amount,
})
const BALANCE = shape({
  owner: fundBalances.owner,
  account: fundBalances.account,
  balance: fundBalances.balance,
})
const HOLDER = shape({ id: fundHolders.id, approved: fundHolders.approved })
const ACT = shape({
  id: fundActs.id,
  move: fundActs.move,
  parts: { province: fundActs.province, city: fundActs.city, county: fundActs.county },
  state: fundActs.state,
  reverses: fundActs.reverses,
  holderId: fundActs.holderId,
  programme: fundHolders.programmeId,
  year: fundHolders.year,
  fund: fundHolders.fund,
  district: maybe(fundHolders.district),
})
type Act = RowOf<typeof ACT>

const QUERIES = [
  `SELECT ${ENTRY.columns} FROM fund_entries ORDER BY id`,
  `SELECT ${BALANCE.columns} FROM fund_balances ORDER BY owner, account`,
  `SELECT ${HOLDER.columns} FROM fund_holders ORDER BY id`,
  `SELECT ${ACT.columns} FROM fund_acts JOIN fund_holders ON fund_holders.id = fund_acts.holder_id ORDER BY fund_acts.at, fund_acts.id`,
]

/**
 * Recomputes money by level from its entries and its acts, on one snapshot, and compares: balances, what each act moved, that
 * nothing was moved by what nobody agreed to, and that no enterprise has more than it was granted.
 */
export async function verifyFunds(db: Database): Promise<FundVerdict> {
  const [entryRows = [], balanceRows = [], holderRows = [], actRows = []] = await db.read(
    QUERIES.map((sql) => ({ sql, args: [] })),
  )
  const entries = entryRows.map(ENTRY.read)
  const holders = holderRows.map(HOLDER.read)
  const acts = actRows.map(ACT.read)
  const sums = sumEntries(entries)
  const problem =
    gapIn(entries) ??
    balancesProblem(sums, balanceRows.map(BALANCE.read), FUND_SOURCES) ??
    actsProblem(acts, entries) ??
    grantsProblem(holders, sums)
  return problem === null
    ? { ok: true, entries: entries.length, acts: acts.length, holders: holders.length }
    : { ok: false, problem }
}

function actsProblem(acts: readonly Act[], entries: readonly RowOf<typeof ENTRY>[]): string | null {
  const byAct = Map.groupBy(entries, ({ actId }) => actId)
  const byId = new Map(acts.map((act) => [act.id, act]))
  for (const act of acts) {
    const moved = (byAct.get(act.id) ?? []).map(
      ({ fromOwner, fromAccount, toOwner, toAccount, amount }) =>
        `${fromOwner} ${fromAccount} ${toOwner} ${toAccount} ${amount}`,
    )
    const due = act.state === 'done' ? movedBy(act, byId).map(lineOf) : []
    if (moved.toSorted().join('\n') !== due.toSorted().join('\n')) {
      return `act ${act.id} (${act.move}, ${act.state}) moved what it does not say`
    }
  }
  return null
}

function movedBy(act: Act, byId: ReadonlyMap<string, Act>): FundTransfer[] {
  if (act.move !== 'reverse') return fundTransfers(act.move, holdersOfAct(act), act.parts)
  const undone = byId.get(act.reverses ?? '')
  if (undone === undefined || undone.move === 'reverse') return []
  return undoneTransfers(undone.move, holdersOfAct(undone), partsOf(undone, act))
}

/** A reversal is of the whole. */
function partsOf(undone: Act, act: Act): MoneyShares {
  const sum = ({ province, city, county }: MoneyShares) => province + city + county
  return sum(undone.parts) === sum(act.parts) ? undone.parts : act.parts
}

function holdersOfAct({ holderId, district, ...of }: Act) {
  return holdersOf(of, { grantId: holderId, ...(district === null ? {} : { district }) })
}

function lineOf({ from, to, amount }: FundTransfer): string {
  return `${from.owner} ${from.account} ${to.owner} ${to.account} ${amount}`
}

function grantsProblem(holders: readonly RowOf<typeof HOLDER>[], sums: LedgerSums): string | null {
  for (const { id, approved } of holders) {
    if (approved === null) continue
    const given = ['allotted', 'paid'].reduce((sum, one) => sum + sums.on(id, one), 0)
    if (given > approved) return `${id}: ${given} is above ${approved}`
  }
  return null
}
