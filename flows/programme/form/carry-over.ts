import type { PlaceTable } from '../places/place-table.ts'
import { type Answer, type Answers, NOT_SURE } from '../rules/answers.ts'
import type { Question } from '../rules/questions.ts'
import type { Form } from './form.ts'
import { currentAnswers, fitsField } from './form-answers.ts'
import { type FormAnswers, type FormField, type FormValue, SKIPPED } from './form-field.ts'

/**
 * The fields that the answers of a pre-screen fill, so that nothing is asked twice. What was left
 * open is asked again. Those answers were given for one result only: carry them over after the
 * consent to the application, and then `declineSensitive` if the separate one was refused.
 */
export function carryOver(
  form: Form,
  prescreen: Answers,
  places: PlaceTable,
): Record<string, FormValue> {
  const filled: Record<string, FormValue> = {}
  for (const field of form.fields) {
    const answer = field.from === undefined ? undefined : prescreen[field.from.question]
    const value = answer === undefined ? undefined : carried(field, answer, places)
    if (value !== undefined && fitsField(field, value, filled)) filled[field.id] = value
  }
  return filled
}

/**
 * The way back: a form's answers as answers to the questions of the rules, so that an application is
 * judged and put in order like a pre-screen.
 */
export function screeningAnswers(
  form: Form,
  answers: FormAnswers,
  questions: readonly Question[],
): Answers {
  const current = currentAnswers(form, answers)
  return Object.fromEntries(
    form.fields.flatMap(({ id, from }): [string, Answer][] => {
      const question = questions.find((one) => one.id === from?.question)
      const value = current[id]
      if (from === undefined || question === undefined || value === undefined) return []
      const answer =
        from.when === undefined ? answerTo(question, value) : undoWhen(from.when, value)
      return answer === undefined ? [] : [[question.id, answer]]
    }),
  )
}

/** One of several is several with one; what the question does not offer is none of its options. */
function answerTo({ kind, options }: Question, value: FormValue): Answer | undefined {
  if (value === SKIPPED) return undefined
  if (value === NOT_SURE || kind !== 'some-of') return Array.isArray(value) ? undefined : value
  const has = [value].flat().map(String)
  return { has: options.map(({ id }) => id).filter((id) => has.includes(id)), unsure: [] }
}

/** Only where one option has this meaning is it known which was meant. */
function undoWhen(when: readonly { is: string[]; value: FormValue }[], value: FormValue) {
  const ids = when.filter((one) => one.value === value).flatMap(({ is }) => is)
  return ids.length === 1 ? ids[0] : undefined
}

function carried(field: FormField, answer: Answer, places: PlaceTable): FormValue | undefined {
  if (answer === NOT_SURE) return undefined
  const when = field.from?.when
  if (when !== undefined) {
    return when.find(({ is }) => typeof answer === 'string' && is.includes(answer))?.value
  }
  if (field.kind === 'place') return places.own.find(({ id }) => id === answer)?.id
  if (typeof answer !== 'object') return answer
  const { has, unsure } = answer
  if (field.kind === 'one-of') return has.length === 1 && unsure.length === 0 ? has[0] : undefined
  return has.length === 0 && unsure.length > 0 ? undefined : has
}
