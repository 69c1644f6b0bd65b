import type { Talker } from './talker.ts'

/** What was acknowledged, to people and in the console, to be found in the database. */
export type Deeds = {
  /** Applications by their number, and whose conversation it was. */
  applications: Map<string, Talker>
  moves: { number: string; move: string }[]
  /** First moves that were to be taken back, and whether they were. */
  slips: { number: string; isUndone: boolean }[]
  /** Vouchers by their number, and the application each was issued to. */
  vouchers: Map<string, string>
  redeemed: string[]
  /** What its holder was told instead, as where the provider's request was over by then. */
  notRedeemed: Map<string, string>
  campaigns: string[]
  /** Files by their id, and the application that each was said to belong to. */
  files: Map<string, string | null>
  /** Whether who signed up was told of a place (`going` or, in the line, `waiting`) or gave it back (`cancelled`). */
  signups: Map<Talker, 'going' | 'waiting' | 'cancelled'>
  /** Rounds of the quiz that were answered to the end. */
  rounds: Map<Talker, number>
  /** What staff answered in a hand-off, by the id that the page gave it. */
  answers: Map<string, { to: Talker; text: string }>
  /** Two chats that both said yes. */
  joins: { maker: Talker; taker: Talker }[]
  /** Ledgers that were told to be in, and how many people stand in each. */
  imports: Map<string, number>
}

/** Nothing acknowledged yet. */
export function noDeeds(): Deeds {
  return {
    applications: new Map(),
    moves: [],
    slips: [],
    vouchers: new Map(),
    redeemed: [],
    notRedeemed: new Map(),
    campaigns: [],
    files: new Map(),
    signups: new Map(),
    rounds: new Map(),
    answers: new Map(),
    joins: [],
    imports: new Map(),
  }
}
