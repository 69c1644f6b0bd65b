import type { countLedger } from '../../db/ledger/ledger.ts'
import type { PolicyPack } from '../../db/policy/pack.ts'
import { type MoneyShares, splitMoney } from '../../flows/programme/money/money-shares.ts'

/** What a ledger comes to, in fen and beside the year's targets. */
export type LedgerTotals = {
  cases: number
  granted: number
  keyGroupJobs: number
  direct: MoneyShares
  followUp: MoneyShares
  targetHouseholds: number
  targetJobs: number
}

/** The totals of a ledger: each granted application counts the plan's amounts once. */
export function ledgerTotals(
  { facts }: PolicyPack,
  counted: Awaited<ReturnType<typeof countLedger>>,
): LedgerTotals {
  const times = (fen: number, shares: MoneyShares): MoneyShares => {
    const one = splitMoney(fen, shares)
    const all = (part: number) => part * counted.granted
    return { province: all(one.province), city: all(one.city), county: all(one.county) }
  }
  return {
    ...counted,
    direct: times(facts.directSubsidyFen.value, facts.directShares.value),
    followUp: times(facts.followUpAverageFen.value, facts.followUpShares.value),
    targetHouseholds: facts.targetHouseholds.value,
    targetJobs: facts.targetJobs.value,
  }
}
