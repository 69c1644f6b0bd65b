import { type Answers, NOT_SURE } from './answers.ts'
import type { Atom, Condition } from './conditions.ts'
import { allOf, anyOf, negate, type Truth, truthOf } from './logic.ts'
import type { Question } from './questions.ts'

/** What would make a condition hold: this atom, or its opposite. */
export type Change = { readonly atom: Atom; readonly holds: boolean }

/** Whether a condition holds, as far as the answers tell. */
export function evaluateCondition(
  condition: Condition,
  answers: Answers,
  questions: readonly Question[],
): Truth {
  switch (condition.op) {
    case 'all':
      return allOf(condition.of.map((part) => evaluateCondition(part, answers, questions)))
    case 'any':
      return anyOf(condition.of.map((part) => evaluateCondition(part, answers, questions)))
    case 'not':
      return negate(evaluateCondition(condition.of, answers, questions))
    default:
      return atomHolds(condition, answers, questions)
  }
}

/** The atoms that stand between a condition and a yes; none where it holds already. */
export function changesFor(
  condition: Condition,
  answers: Answers,
  questions: readonly Question[],
  wanted = true,
): Change[] {
  const now = evaluateCondition(condition, answers, questions)
  if (now === (wanted ? 'yes' : 'no')) return []
  if (condition.op === 'not') return changesFor(condition.of, answers, questions, !wanted)
  if (condition.op === 'all' || condition.op === 'any') {
    return condition.of.flatMap((part) => changesFor(part, answers, questions, wanted))
  }
  return [{ atom: condition, holds: wanted }]
}

function atomHolds(atom: Atom, answers: Answers, questions: readonly Question[]): Truth {
  const answer = answers[atom.question]
  if (answer === undefined || answer === NOT_SURE) return 'unknown'
  if (atom.op === 'yes') return typeof answer === 'boolean' ? truthOf(answer) : 'unknown'
  if (atom.op === 'at-least') {
    return typeof answer === 'number' ? truthOf(answer >= atom.value) : 'unknown'
  }
  const named = (id: string) => atom.options.includes(id)
  if (typeof answer === 'object') {
    if (answer.has.some(named)) return 'yes'
    return answer.unsure.some(named) ? 'unknown' : 'no'
  }
  if (typeof answer !== 'string') return 'unknown'
  if (named(answer)) return 'yes'
  const options = questions.find(({ id }) => id === atom.question)?.options ?? []
  return options.find(({ id }) => id === answer)?.undecided ? 'unknown' : 'no'
}
