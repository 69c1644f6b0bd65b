import { documentsFor } from '../../flows/programme/documents/documents-for.ts'
import type { Form } from '../../flows/programme/form/form.ts'
import type { FormAnswers } from '../../flows/programme/form/form-field.ts'

/** How many of the papers that are usual for these answers have come, of how many. `come`: the papers that there are files for. */
export function papersOf(
  form: Form,
  answers: FormAnswers,
  come: readonly string[],
): { there: number; all: number } {
  const usual = documentsFor(form, answers)
  return { there: usual.filter(({ id }) => come.includes(id)).length, all: usual.length }
}
