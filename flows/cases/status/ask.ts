import type { CaseSummary } from '../../programme/lifecycle/case-view.ts'

/** What the status flow asks of the world; answered by src/cases/flow/case.ts with a `StatusReply`. */
export type StatusAsk = {
  kind: 'cases'
  /** One of them, as it was picked or typed; null: whatever there is. */
  number: string | null
  /** Whether this channel may be told more than number and stage. */
  personal: boolean
}

/** Ends the application. */
export type WithdrawIntent = { kind: 'case.withdraw'; number: string }

export type StatusReply =
  /** Nothing was handed in from this conversation. */
  | { kind: 'none' }
  | { kind: 'list'; cases: { number: string; stage: string }[] }
  | { kind: 'shown'; view: CaseSummary; several: boolean }
  /** The number that was typed is none of theirs. */
  | { kind: 'not-theirs' }
  | { kind: 'withdrawn'; number: string }
  /** It cannot be withdrawn at the stage where it is now. */
  | { kind: 'not-now' }
