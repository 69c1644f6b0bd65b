import type { Answer, Answers } from './answers.ts'
import { atomsOf, type Condition } from './conditions.ts'
import { withGiven } from './evaluate.ts'
import { evaluateCondition } from './evaluate-condition.ts'
import { allOf, anyOf } from './logic.ts'
import { canonicalAnswers, type Question } from './questions.ts'
import { representatives } from './representatives.ts'
import type { Rules } from './rules.ts'

/**
 * The next question worth asking: the first, in the order of the rules, whose answer can still change
 * what the verdict says. Null when none can. One that was answered, or answered with "not sure", is
 * not asked again, so it ends after at most as many questions as there are (eight).
 *
 * Whether an answer can matter is worked out and not guessed: every part of the verdict is judged for
 * every kind of answer to the questions it hangs on.
 */
export function nextQuestion(rules: Rules, answers: Answers): Question | null {
  const { questions } = rules
  const said = canonicalAnswers(questions, answers)
  const known = withGiven(questions, said)
  const parts = partsOf(rules)
  const open = questions.filter(({ id }) => known[id] === undefined)
  return open.find((question) => parts.some((part) => matters(question, part, said, rules))) ?? null
}

/**
 * What a verdict says, part by part: whether this programme is the one, whether there is a priority
 * (one reason is enough), and each other rule by itself. Outside the scope nothing else counts.
 */
type Part = {
  /** All that the part hangs on. */
  readonly conditions: readonly Condition[]
  readonly say: (answers: Answers) => string
}

function partsOf({ questions, rules }: Rules): Part[] {
  const conditionsOf = (effect: string) =>
    rules.filter((rule) => rule.effect === effect).map(({ condition }) => condition)
  const scope = conditionsOf('scope')
  const judge = (conditions: readonly Condition[], answers: Answers) =>
    conditions.map((condition) => evaluateCondition(condition, answers, questions))
  const inScope = (conditions: readonly Condition[]): Part => ({
    conditions: [...scope, ...conditions],
    say: (answers) =>
      allOf(judge(scope, answers)) === 'no' ? 'elsewhere' : anyOf(judge(conditions, answers)),
  })
  return [
    { conditions: scope, say: (answers) => allOf(judge(scope, answers)) },
    inScope(conditionsOf('priority')),
    ...rules
      .filter(({ effect }) => effect !== 'scope' && effect !== 'priority')
      .map(({ condition }) => inScope([condition])),
  ]
}

/** Whether two answers to the question can make the part say two things, all else being equal. */
function matters(question: Question, part: Part, said: Answers, { questions }: Rules): boolean {
  const involved = questionsOf(part, questions)
  if (!involved.includes(question)) return false
  const atoms = part.conditions.flatMap(atomsOf)
  const givens = questions.flatMap(({ given }) => given.flatMap((one) => atomsOf(one.if)))
  const choices = (one: Question) => representatives(one, [...atoms, ...givens])
  const others = involved.filter((one) => one !== question && said[one.id] === undefined)
  return everyCombination(others, choices).some((rest) => {
    if (completed(questions, said, rest)[question.id] !== undefined) return false
    const says = choices(question).map((answer) =>
      part.say(completed(questions, { ...said, [question.id]: answer }, rest)),
    )
    return new Set(says).size > 1
  })
}

/** What follows from earlier answers comes before what is merely supposed. */
function completed(questions: readonly Question[], said: Answers, supposed: Answers): Answers {
  let known: Answers = said
  for (const [index, { id }] of questions.entries()) {
    known = withGiven(questions.slice(0, index + 1), known)
    const answer = supposed[id]
    if (known[id] === undefined && answer !== undefined) known = { ...known, [id]: answer }
  }
  return known
}

/** The questions a part hangs on, with those from which their answers may follow. */
function questionsOf(part: Part, questions: readonly Question[]): Question[] {
  const ids = new Set(part.conditions.flatMap(atomsOf).map((atom) => atom.question))
  for (const { id, given } of questions.toReversed()) {
    if (!ids.has(id)) continue
    for (const one of given) for (const atom of atomsOf(one.if)) ids.add(atom.question)
  }
  return questions.filter(({ id }) => ids.has(id))
}

function everyCombination(
  questions: readonly Question[],
  choices: (question: Question) => readonly Answer[],
): Answers[] {
  return questions.reduce<Answers[]>(
    (all, question) =>
      all.flatMap((some) =>
        choices(question).map((answer) => ({ ...some, [question.id]: answer })),
      ),
    [{}],
  )
}
