import * as z from 'zod'
import { Bilingual } from '../bilingual.ts'
import { Form } from '../form/form.ts'
import { type MoneyShares, splitMoney } from './money-shares.ts'

/** The two moneys of a programme: the direct subsidy, and the follow-up support of those who had it. */
export const FUNDS = ['direct', 'follow-up'] as const
export type Fund = (typeof FUNDS)[number]

/** The levels that pay, from above. */
export const LEVELS = ['province', 'city', 'county'] as const

/** Money by level, as far as it is a programme's own; the shares and sums are its facts. */
export const FundProgramme = z.object({
  /** The guiding quota of each district, in enterprises; empty where no source states any. */
  quotas: z.array(z.object({ district: z.string(), households: z.number().int().positive() })),
  /** Where the quotas are from, or that no source states them. */
  quotaSource: Bilingual,
  /** The move of an application that says it has been paid. */
  payMove: z.string(),
  /** The account to pay to: `whose` (own, business, other), `holder` of somebody else's, `bank`, `number`. Left out: none is asked for. */
  payee: Form.optional(),
})
export type FundProgramme = z.infer<typeof FundProgramme>

/** The figures that money by level is reckoned from. */
export type FundFacts = Record<
  'directSubsidyFen' | 'followUpAverageFen',
  { value: number; clause: string; year: number }
> &
  Record<'directShares' | 'followUpShares', { value: MoneyShares; clause: string; year: number }>

/** What one enterprise gets of a fund (the follow-up: on average), its shares, and the clause that says so. */
export function fundTerms(
  facts: FundFacts,
  fund: Fund,
): { fen: number; shares: MoneyShares; clause: string } {
  const [sum, shares] =
    fund === 'direct'
      ? [facts.directSubsidyFen, facts.directShares]
      : [facts.followUpAverageFen, facts.followUpShares]
  return { fen: sum.value, shares: shares.value, clause: shares.clause }
}

/** What so many enterprises need of a fund, by level. */
export function fundNeed(facts: FundFacts, fund: Fund, households: number): MoneyShares {
  const { fen, shares } = fundTerms(facts, fund)
  return splitMoney(fen * households, shares)
}

/** What is done with money. */
export const FUND_MOVES = [
  /** The province's money comes to the city. */
  'receive',
  /** The city provides its own share. */
  'provide',
  /** A district sets its share aside. */
  'reserve',
  /** The city passes on to a district; by two people. */
  'allocate',
  /** A district allots to an enterprise, each level's share of it. */
  'allot',
  /** What was allotted is paid. */
  'pay',
  /** It had been paid before there was this ledger. */
  'record',
  /** It was a mistake: the very opposite. */
  'reverse',
] as const
export type FundMove = (typeof FUND_MOVES)[number]

/** The accounts of whoever holds money: by the level it came from, or, of an enterprise, by what became of it. */
export const FUND_ACCOUNTS = [
  'source',
  'before',
  'province',
  'city',
  'county',
  'allotted',
  'paid',
] as const
type FundAccount = (typeof FUND_ACCOUNTS)[number]
/** Where money comes from: these alone are below zero. `before`: paid before this ledger began. */
export const FUND_SOURCES = ['source', 'before'] as const

/** Those whom a move concerns. */
export type FundHolders = Record<'province' | 'city' | 'county' | 'enterprise', string>

/** A movement from one account to another. */
export type FundTransfer = {
  from: { owner: string; account: FundAccount }
  to: { owner: string; account: FundAccount }
  amount: number
}

/**
 * The movements that a move is made of. `parts`: fen by the level that it comes from; of what is paid, only the sum counts.
 * Those of nothing are left out.
 */
export function fundTransfers(
  move: Exclude<FundMove, 'reverse'>,
  holders: FundHolders,
  parts: MoneyShares,
): FundTransfer[] {
  const { province, city, county, enterprise } = holders
  const sum = parts.province + parts.city + parts.county
  const of = (owner: string, account: FundAccount) => ({ owner, account })
  const made = (): FundTransfer[] => {
    switch (move) {
      case 'receive':
        return [{ from: of(province, 'source'), to: of(city, 'province'), amount: parts.province }]
      case 'provide':
        return [{ from: of(city, 'source'), to: of(city, 'city'), amount: parts.city }]
      case 'reserve':
        return [{ from: of(county, 'source'), to: of(county, 'county'), amount: parts.county }]
      case 'allocate':
        return (['province', 'city'] as const).map((level) => ({
          from: of(city, level),
          to: of(county, level),
          amount: parts[level],
        }))
      case 'allot':
        return LEVELS.map((level) => ({
          from: of(county, level),
          to: of(enterprise, 'allotted'),
          amount: parts[level],
        }))
      case 'pay':
        return [{ from: of(enterprise, 'allotted'), to: of(enterprise, 'paid'), amount: sum }]
      case 'record':
        return [{ from: of(county, 'before'), to: of(enterprise, 'paid'), amount: sum }]
    }
  }
  return made().filter(({ amount }) => amount > 0)
}

/** What undoes a move: its opposite. */
export function undoneTransfers(
  move: Exclude<FundMove, 'reverse'>,
  holders: FundHolders,
  parts: MoneyShares,
): FundTransfer[] {
  const made = fundTransfers(move, holders, parts)
  return made.map(({ from, to, amount }) => ({ from: to, to: from, amount }))
}
