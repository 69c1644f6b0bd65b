import { type Atom, atomsOf, type Condition } from './conditions.ts'
import { fits, type Question } from './questions.ts'
import type { Criterion, Rule } from './rule.ts'

type Checked = { questions: Question[]; rules: Rule[]; review: Criterion[] }

/** What is wrong with a set of rules: names that lead nowhere, and effects that overreach. */
export function checkRules({ questions, rules, review }: Checked): string[] {
  const ruleIds = rules.map(({ id }) => id)
  return [
    ...repeated('question', questions),
    ...repeated('rule', rules),
    ...questions.flatMap(checkQuestion),
    ...questions.flatMap(({ id, given }, index) =>
      given.flatMap((one) => checkAtoms(`given ${id}`, one.if, questions.slice(0, index))),
    ),
    ...rules.flatMap(({ id, condition }) => checkAtoms(id, condition, questions)),
    ...rules.flatMap(({ id, effect, basis }) =>
      basis.kind === 'report' && (effect === 'scope' || effect === 'priority')
        ? [`${id}: a report alone decides nothing`]
        : [],
    ),
    ...review.flatMap((criterion) =>
      criterion.rules
        .filter((id) => !ruleIds.includes(id))
        .map((id) => `review ${criterion.id}: there is no rule ${id}`),
    ),
  ]
}

function repeated(what: string, things: readonly { id: string }[]): string[] {
  return things
    .filter(({ id }, index) => things.findIndex((other) => other.id === id) !== index)
    .map(({ id }) => `two ${what}s are called ${id}`)
}

function checkQuestion(question: Question): string[] {
  const { id, kind, options, given } = question
  const chosen = kind === 'one-of' || kind === 'some-of'
  return [
    ...repeated(`option of ${id}`, options),
    ...(chosen === options.length > 0 ? [] : [`${id}: ${kind} and its options don't fit`]),
    ...given
      .filter(({ answer }) => !fits(question, answer))
      .map(() => `${id}: what is given is no answer to it`),
  ]
}

function checkAtoms(where: string, condition: Condition, questions: readonly Question[]): string[] {
  return atomsOf(condition).flatMap((atom) => {
    const question = questions.find(({ id }) => id === atom.question)
    if (question === undefined) return [`${where}: there is no question ${atom.question} to go by`]
    return suits(atom, question) ? [] : [`${where}: ${atom.op} does not suit ${question.id}`]
  })
}

function suits(atom: Atom, { kind, options }: Question): boolean {
  if (atom.op === 'yes') return kind === 'yes-no'
  if (atom.op === 'at-least') return kind === 'number'
  const ids = options.map(({ id }) => id)
  return (kind === 'one-of' || kind === 'some-of') && atom.options.every((id) => ids.includes(id))
}
