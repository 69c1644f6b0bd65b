import type { Form } from './form.ts'
import { applies, currentAnswers } from './form-answers.ts'
import type { FormAnswers, FormField } from './form-field.ts'

/**
 * The next field to ask: the first, in the order of the form, that applies and has no answer that
 * still fits. Null when the form is complete and can be reviewed.
 */
export function nextField(form: Form, answers: FormAnswers): FormField | null {
  const current = currentAnswers(form, answers)
  return form.fields.find((field) => !(field.id in current) && applies(field, current)) ?? null
}
