import * as z from 'zod'
import { DocumentList } from '../documents/documents.ts'
import { checkForm } from './check-form.ts'
import { FormField } from './form-field.ts'

/** An application form as data of a policy pack: its fields in the order in which they are asked. */
export const Form = z
  .object({ fields: z.array(FormField).min(1), documents: DocumentList })
  .superRefine((form, ctx) => {
    for (const message of checkForm(form)) ctx.addIssue({ code: 'custom', message })
  })
export type Form = z.infer<typeof Form>
