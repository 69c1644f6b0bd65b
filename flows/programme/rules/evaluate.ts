import { type Answer, type Answers, NOT_SURE } from './answers.ts'
import { atomsOf } from './conditions.ts'
import { decideId } from './decide-id.ts'
import { type Change, changesFor, evaluateCondition } from './evaluate-condition.ts'
import { allOf, anyOf, type Truth } from './logic.ts'
import { canonicalAnswers, type Question } from './questions.ts'
import type { Rule } from './rule.ts'
import type { Rules } from './rules.ts'

/**
 * What a pre-screen may say. There is no plain "no": the plan excludes nobody for belonging to no key
 * group, and what is known from reports only refuses nobody.
 */
export type VerdictKind =
  | 'priority'
  | 'preference'
  /** Nothing that the plan favours applies; that excludes nobody. */
  | 'no-priority-stated'
  | 'unknown'
  /** This programme is not the one to ask. */
  | 'elsewhere'

/** `derived`: it follows from another answer and was not said. Null: nothing was. */
type Said = {
  readonly question: string
  readonly answer: Answer | null
  readonly derived: boolean
}

/** One step of the reasoning: rule, source, what was said, result, and what would change it. */
export type TraceEntry = Pick<Rule, 'effect' | 'basis' | 'year' | 'confidence'> & {
  readonly rule: string
  readonly said: readonly Said[]
  readonly result: Truth
  /** Any of these would; empty for a yes. */
  readonly changes: readonly Change[]
}

export type RuleVerdict = {
  /** The same answers under the same revision have the same id, for ever. */
  readonly id: string
  readonly revision: string
  readonly kind: VerdictKind
  readonly trace: readonly TraceEntry[]
}

/**
 * Judges answers by a programme's rules. Pure: the order of the answers means nothing, and what is
 * not an answer to one of the questions counts as not said.
 *
 * @example
 * evaluate(pack.rules, { place: 'huaxi', groups: { has: ['veteran'], unsure: [] } }, revision).kind
 * // 'priority'
 */
export function evaluate(rules: Rules, answers: Answers, revision: string): RuleVerdict {
  const said = canonicalAnswers(rules.questions, answers)
  const known = withGiven(rules.questions, said)
  const trace = rules.rules.map((rule) => traceOf(rule, said, known, rules.questions))
  return { id: decideId(said, revision), revision, kind: kindOf(trace), trace }
}

/** The answers and what follows from them. What a person said stands; a "not sure" gives way. */
export function withGiven(questions: readonly Question[], answers: Answers): Answers {
  const known: Record<string, Answer> = { ...answers }
  for (const { id, given } of questions) {
    if (known[id] !== undefined && known[id] !== NOT_SURE) continue
    const follows = given.find((one) => evaluateCondition(one.if, known, questions) === 'yes')
    if (follows !== undefined) known[id] = follows.answer
  }
  return known
}

function traceOf(
  rule: Rule,
  said: Answers,
  known: Answers,
  questions: readonly Question[],
): TraceEntry {
  const { id, effect, basis, year, confidence, condition } = rule
  const asked = new Set(atomsOf(condition).map(({ question }) => question))
  return {
    rule: id,
    effect,
    basis,
    year,
    confidence,
    said: [...asked].map((question) => ({
      question,
      answer: known[question] ?? null,
      derived: known[question] !== said[question],
    })),
    result: evaluateCondition(condition, known, questions),
    changes: changesFor(condition, known, questions),
  }
}

/** The highest that is established; `no-priority-stated` only when nothing is open any more. */
function kindOf(trace: readonly TraceEntry[]): VerdictKind {
  const results = (effect: Rule['effect']) =>
    trace.filter((entry) => entry.effect === effect).map(({ result }) => result)
  if (allOf(results('scope')) === 'no') return 'elsewhere'
  const priority = anyOf(results('priority'))
  const preference = anyOf(results('preference'))
  if (priority === 'yes') return 'priority'
  if (preference === 'yes') return 'preference'
  return anyOf([priority, preference]) === 'no' ? 'no-priority-stated' : 'unknown'
}
