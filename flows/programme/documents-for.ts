import type { Document } from './documents.ts'
import type { Form } from './form.ts'
import { applies, currentAnswers } from './form-answers.ts'
import type { FormAnswers } from './form-field.ts'

/**
 * The papers that usually make this applicant's answers checkable. A help to get ready and no
 * condition: `form.documents.note` says whose list decides and stands above them.
 */
export function documentsFor(form: Form, answers: FormAnswers): Document[] {
  const current = currentAnswers(form, answers)
  return form.documents.documents.filter((document) => applies(document, current))
}
