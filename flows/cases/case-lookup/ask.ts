import type { CaseSummary } from '../../programme/lifecycle/case-view.ts'

/** What the look-up asks of the world; answered by src/cases/flow/case.ts with a `LookUpReply`. */
export type LookUpAsk =
  /** Can this be a number of ours? Seen without looking, and not counted. */
  | { kind: 'number'; typed: string }
  | { kind: 'look-up'; number: string; lastSix: string; name: string }

export type LookUpReply =
  | { kind: 'number'; number: string }
  | { kind: 'no-number'; problem: 'empty' | 'malformed' | 'check-failed'; typed: string }
  | { kind: 'found'; view: CaseSummary }
  /** There is no such case, or the rest does not fit it; nobody is told which. */
  | { kind: 'not-found' }
  | { kind: 'too-many' }
