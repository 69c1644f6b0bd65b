import * as z from 'zod'
import { Bilingual } from '../bilingual.ts'
import { Answer, type Answers, NOT_SURE } from './answers.ts'
import { Condition } from './conditions.ts'

/** Names of questions, options and rules. */
export const Id = z.string().regex(/^[a-z0-9-]+$/)

/** What a person may choose. */
const Option = z.object({
  id: Id.refine((id) => id !== NOT_SURE, { error: 'not-sure is offered everywhere.' }),
  name: Bilingual,
  /** The term in one line, for who is not sure. */
  explain: Bilingual.optional(),
  /** What usually proves it. Where the documents name no papers, the office has the last word. */
  proof: Bilingual.optional(),
  /** Chosen, but not a fact yet (not registered): rules on it stay unknown. */
  undecided: z.boolean().optional(),
  /** A sensitive fact (PIPL 28): not to be stored without a consent of its own. */
  sensitive: z.boolean().optional(),
})

/** A question of the rules, with its words: what a pre-screen asks. */
export const Question = z.object({
  id: Id,
  kind: z.enum(['yes-no', 'number', 'one-of', 'some-of']),
  text: Bilingual,
  explain: Bilingual,
  /** Empty for yes-no and number. */
  options: z.array(Option),
  /** Answers that follow from earlier ones, so that the question needn't be asked. */
  given: z.array(z.object({ if: Condition, answer: Answer })),
})
export type Question = z.infer<typeof Question>

/** Whether an answer is one to this question: its kind fits and every option it names exists. */
export function fits(question: Question, answer: Answer): boolean {
  if (answer === NOT_SURE) return true
  const isOption = (id: string) => question.options.some((option) => option.id === id)
  if (question.kind === 'yes-no') return typeof answer === 'boolean'
  if (question.kind === 'number') return typeof answer === 'number'
  if (question.kind === 'one-of') return typeof answer === 'string' && isOption(answer)
  return typeof answer === 'object' && [...answer.has, ...answer.unsure].every(isOption)
}

/** The answers that are ones to today's questions, in the order of the questions and of the options. */
export function canonicalAnswers(questions: readonly Question[], answers: Answers): Answers {
  const kept: Record<string, Answer> = {}
  for (const question of questions) {
    const answer = Object.hasOwn(answers, question.id) ? answers[question.id] : undefined
    if (answer === undefined || !fits(question, answer)) continue
    kept[question.id] = typeof answer === 'object' ? sorted(question, answer) : answer
  }
  return kept
}

/** Each option once; one that is both had and unsure is had. */
function sorted(question: Question, { has, unsure }: Exclude<Answer, string | number | boolean>) {
  const ids = question.options.map(({ id }) => id)
  return {
    has: ids.filter((id) => has.includes(id)),
    unsure: ids.filter((id) => unsure.includes(id) && !has.includes(id)),
  }
}
