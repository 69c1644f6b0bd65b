import type { Form } from '../../../../flows/programme/form/form.ts'
import { documents } from '../documents.ts'
import { applicantFields } from './form-applicant.ts'
import { enterpriseFields } from './form-enterprise.ts'

/**
 * Guiyang's application: what an office needs to know before it looks at a case. The plan prints no
 * form (facts.md 1.5: not found), so nothing here is a condition, and no bank account is asked: how
 * the money is paid is not stated either.
 */
export const form: Form = { fields: [...applicantFields, ...enterpriseFields], documents }
