import { type Answer, type Answers, NOT_SURE } from '../rules/answers.ts'
import { atomsOf, type Condition } from '../rules/conditions.ts'
import { evaluateCondition } from '../rules/evaluate-condition.ts'
import type { Form } from './form.ts'
import { type FormAnswers, type FormField, type FormValue, SKIPPED } from './form-field.ts'

/** What a condition is judged by: what was left out is not known. */
function answersFor(condition: Condition, answers: FormAnswers): Answers {
  const told: Record<string, Answer> = {}
  for (const question of questionsOf(condition)) {
    const value = Object.hasOwn(answers, question) ? answers[question] : undefined
    if (value === undefined || value === SKIPPED) continue
    told[question] = typeof value === 'object' ? { has: value, unsure: [] } : value
  }
  return told
}

/** What a condition of a pack asks about; a form is gone through several times a turn. */
const QUESTIONS = new WeakMap<Condition, readonly string[]>()

function questionsOf(condition: Condition): readonly string[] {
  const known = QUESTIONS.get(condition)
  if (known !== undefined) return known
  const found = [...new Set(atomsOf(condition).map(({ question }) => question))]
  QUESTIONS.set(condition, found)
  return found
}

/** Whether this is asked (a field) or usual (a document), by what earlier fields say. */
export function applies({ askedIf }: Pick<FormField, 'askedIf'>, answers: FormAnswers): boolean {
  return (
    askedIf === undefined || evaluateCondition(askedIf, answersFor(askedIf, answers), []) === 'yes'
  )
}

/** Whether this may yet be asked, as far as the answers tell. */
export function mayApply({ askedIf }: Pick<FormField, 'askedIf'>, answers: FormAnswers): boolean {
  return (
    askedIf === undefined || evaluateCondition(askedIf, answersFor(askedIf, answers), []) !== 'no'
  )
}

/**
 * The answers that count, in the order of the form: those to fields that apply, as long as they fit.
 * Whatever hung on an answer that was changed since falls away. The order in which they were given
 * means nothing. This is what is stored, shown and submitted.
 */
export function currentAnswers({ fields }: Form, answers: FormAnswers): FormAnswers {
  const kept: Record<string, FormValue> = {}
  for (const field of fields) {
    const value = Object.hasOwn(answers, field.id) ? answers[field.id] : undefined
    if (value === undefined || !applies(field, kept) || !fitsField(field, value, kept)) continue
    kept[field.id] = value
  }
  return kept
}

/** The answers after the separate consent (PIPL 29) was refused: what is sensitive is left out. */
export function declineSensitive({ fields }: Form, answers: FormAnswers): FormAnswers {
  const sensitive = fields.filter((field) => field.sensitive)
  return { ...answers, ...Object.fromEntries(sensitive.map(({ id }) => [id, SKIPPED])) }
}

/** Whether a value can stand in a field, beside the earlier answers. */
export function fitsField(field: FormField, value: FormValue, answers: FormAnswers): boolean {
  if (value === SKIPPED) return (field.optional ?? false) || (field.sensitive ?? false)
  if (value === NOT_SURE) return field.unsure ?? false
  const isOption = (id: string) => (field.options ?? []).some((option) => option.id === id)
  switch (field.kind) {
    case 'yes-no':
      return typeof value === 'boolean'
    case 'money':
    case 'count':
      return typeof value === 'number' && withinLimits(field, value, answers)
    case 'one-of':
      return typeof value === 'string' && isOption(value)
    case 'some-of':
      return Array.isArray(value) && value.every(isOption)
    default:
      return typeof value === 'string'
  }
}

function withinLimits({ limits }: FormField, value: number, answers: FormAnswers): boolean {
  const { min = 0, max = Number.MAX_SAFE_INTEGER, lessThan } = limits ?? {}
  const total = lessThan === undefined ? undefined : answers[lessThan]
  return value >= min && value <= max && (typeof total !== 'number' || value < total)
}
