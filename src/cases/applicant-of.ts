import type { Applicant } from '../../db/cases/content.ts'
import type { FormAnswers } from '../../flows/programme/form/form-field.ts'

/** Whose application it is, by its answers: what they leave out stays as it is known, and what they say is empty is empty. */
export function applicantOf(known: Applicant, answers: FormAnswers): Applicant {
  const text = (id: string, otherwise: string | null) => {
    const value = answers[id]
    return typeof value === 'string' ? value : value === null ? null : otherwise
  }
  return {
    name: text('name', known.name) ?? known.name,
    identityNumber: text('identityNumber', known.identityNumber) ?? known.identityNumber,
    mobile: text('mobile', known.mobile),
    bankAccount: text('bankAccount', known.bankAccount),
  }
}
