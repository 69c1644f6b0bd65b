import type { Form } from '../form/form.ts'
import { applies, currentAnswers } from '../form/form-answers.ts'
import type { FormAnswers } from '../form/form-field.ts'
import type { Document } from './documents.ts'

/**
 * The papers that usually make this applicant's answers checkable. A help to get ready and no
 * condition: `form.documents.note` says whose list decides and stands above them.
 */
export function documentsFor(form: Form, answers: FormAnswers): Document[] {
  const current = currentAnswers(form, answers)
  return form.documents.documents.filter((document) => applies(document, current))
}
