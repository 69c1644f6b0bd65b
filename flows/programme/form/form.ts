import * as z from 'zod'
import { Bilingual } from '../bilingual.ts'
import { DocumentList } from '../documents/documents.ts'
import { checkForm } from './check-form.ts'
import { FormField } from './form-field.ts'

/** Fields that are asked for in one question, as long as all of them are open; who answers one is asked the others. */
const Together = z.object({
  fields: z.array(z.string()).min(2),
  text: Bilingual,
})

/** An application form as data of a policy pack: its fields in the order in which they are asked. */
export const Form = z
  .object({
    fields: z.array(FormField).min(1),
    together: z.array(Together).optional(),
    documents: DocumentList,
  })
  .superRefine((form, ctx) => {
    for (const message of checkForm(form)) ctx.addIssue({ code: 'custom', message })
  })
export type Form = z.infer<typeof Form>
