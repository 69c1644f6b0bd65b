import type { Constraint } from '../../db/core/constraints.ts'
import type { LifecycleProblem, Standing } from '../../flows/programme/lifecycle/machine.ts'
import type { VoucherMove } from '../../flows/programme/lifecycle/voucher-life.ts'
import type { MessageKey } from '../../locales/keys.ts'

/** Why nothing was done; each has words of its own (`voucher.problem-…`) that say what to do. */
export type VoucherProblem =
  | { kind: Exclude<LifecycleProblem<VoucherMove>['kind'], 'same-person'> }
  /** Two people are needed, and this one has already made the move named. */
  | { kind: 'same-person'; as: string }
  | { kind: 'no-such-voucher' }
  | { kind: 'no-such-case' }
  | { kind: 'no-such-kind' }
  | { kind: 'no-such-provider' }
  /** Somebody else moved it since it was looked at. */
  | { kind: 'conflict' }
  | { kind: 'budget-used-up' }
  | { kind: 'above-ceiling' }
  | { kind: 'no-budget' }
  | { kind: 'yearly-cap' }
  /** There is a voucher of this kind that is not used up. */
  | { kind: 'open-already' }
  | { kind: 'not-eligible'; why: 'stage' | 'licence' | 'too-early' | 'erased' }
  | { kind: 'provider-not-listed' }
  | { kind: 'provider-not-for-kind' }
  | { kind: 'provider-related' }
  | { kind: 'provider-listed-already' }
  /** The last day of use or of claims has passed. */
  | { kind: 'too-late' }
  | { kind: 'bad-amount' }
  /** More than there is; `mostFen`: what there is. */
  | { kind: 'too-much'; mostFen: number }
  | { kind: 'code-empty' | 'code-malformed' | 'code-slip' | 'code-false' }
  | { kind: 'too-many-tries' }
  /** `left`: how often it may still be tried. */
  | { kind: 'pin-wrong'; left: number }
  | { kind: 'pin-none' }
  /** What is left would lapse: a PIN says yes to nothing that its holder has not read. */
  | { kind: 'last-in-chat' }
  /** It was answered, or its time is over. */
  | { kind: 'ask-closed' }
  | { kind: 'reversed-already' }
  | { kind: 'part-redeemed' }
  | { kind: 'papers-missing' }
  | { kind: 'bad-file'; problem: 'too-large' | 'wrong-kind' | 'empty' }
  | { kind: 'bad-words' }
  | { kind: 'bad-credit-code' }

/** `standing`: of a voucher that was found, with the moves that this person may make now. */
export type VoucherRefusal = {
  ok: false
  problem: VoucherProblem
  standing?: Standing<VoucherMove>
}

/** A refusal, as the acts return it. */
export function refuse(problem: VoucherProblem): VoucherRefusal {
  return { ok: false, problem }
}

/** The words of a problem: a key of `voucher.json`, and what fills it. Amounts are in yuan. */
export function problemWords(problem: VoucherProblem): {
  key: MessageKey
  params: Readonly<Record<string, string | number>>
} {
  const name = problem.kind === 'not-eligible' ? `${problem.kind}-${problem.why}` : problem.kind
  return {
    // The test of the words proves that there is one for each.
    key: `voucher.problem-${name}` as MessageKey,
    params:
      problem.kind === 'too-much'
        ? { most: problem.mostFen / 100 }
        : problem.kind === 'pin-wrong'
          ? { left: problem.left }
          : {},
  }
}

/** What a failed condition of the database means; null for one that is none of ours. */
export function problemOf([name]: readonly Constraint[]): VoucherProblem | null {
  return name === undefined ? null : (PROBLEMS[name] ?? null)
}

const PROBLEMS: Readonly<Partial<Record<Constraint, VoucherProblem>>> = {
  voucher_never_below_zero: { kind: 'too-much', mostFen: 0 },
  voucher_budget_ceiling: { kind: 'above-ceiling' },
  voucher_yearly_cap: { kind: 'yearly-cap' },
  'vouchers.programme_id': { kind: 'open-already' },
  voucher_contract_fits: { kind: 'provider-not-listed' },
  'voucher_contracts.voucher_id': { kind: 'conflict' },
  voucher_ask_once: { kind: 'ask-closed' },
  voucher_pin_once: { kind: 'pin-none' },
  voucher_reversed_once: { kind: 'reversed-already' },
  'voucher_claims.voucher_id': { kind: 'conflict' },
  'voucher_events.voucher_id': { kind: 'conflict' },
  'voucher_providers.programme_id': { kind: 'provider-listed-already' },
}
