import * as z from 'zod'
import { Bilingual } from '../bilingual.ts'
import { Condition } from '../rules/conditions.ts'
import { Id } from '../rules/questions.ts'

/** A paper that makes an answer checkable. */
const Document = z.object({
  id: Id,
  name: Bilingual,
  /** Which answer it makes checkable, in one line. */
  why: Bilingual,
  /** Usual only if this holds of the form; `question` names a field. */
  askedIf: Condition.optional(),
})
export type Document = z.infer<typeof Document>

/** The usual papers; `note` says whose list decides. */
export const DocumentList = z.object({ note: Bilingual, documents: z.array(Document) })
