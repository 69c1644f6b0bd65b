import type { Constraint } from '../../db/core/constraints.ts'
import type { MoneyShares } from '../../flows/programme/money/money-shares.ts'
import type { MessageKey } from '../../locales/keys.ts'

/** Why nothing was done; each has words of its own (`funds-console.problem-…`) that say what to do. */
export type FundProblem =
  | { kind: 'not-yours' }
  | { kind: 'bad-amount' | 'bad-count' }
  | { kind: 'bad-day' | 'day-to-come' }
  | { kind: 'document-needed' | 'reason-needed' }
  /** Less has arrived; `held`: what is there, by the level it came from. */
  | { kind: 'not-there'; held: MoneyShares }
  /** More than was approved; `mostFen`: what may still be given. */
  | { kind: 'above-approved'; mostFen: number }
  /** Less is allotted to the enterprise; `mostFen`: what is. */
  | { kind: 'not-allotted'; mostFen: number }
  | { kind: 'not-granted' }
  | { kind: 'no-such-case' | 'no-such-place' | 'no-such-act' }
  /** Somebody else did something since it was looked at. */
  | { kind: 'conflict' }
  /** Two people are needed, and this is one of them. */
  | { kind: 'same-person' | 'approved-it' }
  | { kind: 'decided' | 'reversed-already' | 'not-reversible' | 'passed-on' }

export type FundRefusal = { ok: false; problem: FundProblem }

/** A refusal, as the acts return it. */
export function refuse(problem: FundProblem): FundRefusal {
  return { ok: false, problem }
}

/** The words of a problem, and what fills them; amounts are as `money` writes them. */
export function problemWords(
  problem: FundProblem,
  money: (fen: number) => string,
): { key: MessageKey; params: Readonly<Record<string, string>> } {
  return {
    // The test of the words proves that there is one for each.
    key: `funds-console.problem-${problem.kind}` as MessageKey,
    params:
      problem.kind === 'not-there'
        ? {
            province: money(problem.held.province),
            city: money(problem.held.city),
            county: money(problem.held.county),
          }
        : problem.kind === 'above-approved' || problem.kind === 'not-allotted'
          ? { most: money(problem.mostFen) }
          : {},
  }
}

/** What a failed condition of the database means where nothing more need be looked up; null for one that is none of ours. */
export function problemOf([name]: readonly Constraint[]): FundProblem | null {
  return name === undefined ? null : (PROBLEMS[name] ?? null)
}

const PROBLEMS: Readonly<Partial<Record<Constraint, FundProblem>>> = {
  fund_act_granted: { kind: 'not-granted' },
  fund_act_two_persons: { kind: 'same-person' },
  fund_act_decided_once: { kind: 'decided' },
  'fund_acts.reverses': { kind: 'reversed-already' },
}
