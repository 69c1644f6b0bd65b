import * as z from 'zod'

/** What the checklist of papers asks of the world; answered by src/cases/flow/case-papers.ts. */
export const DocumentsAsk = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('papers') }),
  z.object({ kind: z.literal('paper'), document: z.string() }),
  z.object({ kind: z.literal('drop-file'), attachmentId: z.string() }),
])
export type DocumentsAsk = z.infer<typeof DocumentsAsk>

/** One file of a paper; without a name where the network gave none. */
export const PaperFile = z.object({ id: z.string(), name: z.string().nullable() })
export type PaperFile = z.infer<typeof PaperFile>

export const DocumentsReply = z.discriminatedUnion('kind', [
  /** There is neither a case that takes papers nor an application on its way. */
  z.object({ kind: z.literal('no-papers') }),
  z.object({
    kind: z.literal('papers'),
    /** Null: of an application that is still being filled in. */
    number: z.string().nullable(),
    /** Whose list decides. */
    note: z.string(),
    papers: z.array(z.object({ id: z.string(), name: z.string(), files: z.number() })),
    /** Something was asked for: the supplement hands it in again. */
    returned: z.boolean(),
  }),
  z.object({
    kind: z.literal('paper'),
    caseId: z.string().nullable(),
    document: z.object({ id: z.string(), name: z.string(), why: z.string() }),
    files: z.array(PaperFile),
    /** False where staff are working with them. */
    removable: z.boolean(),
  }),
  z.object({ kind: z.literal('dropped'), attachmentId: z.string() }),
  z.object({ kind: z.literal('kept') }),
])
export type DocumentsReply = z.infer<typeof DocumentsReply>
