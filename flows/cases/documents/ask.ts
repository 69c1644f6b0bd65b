import * as z from 'zod'

/** What the checklist of papers asks of the world; answered by src/cases/flow/case-papers.ts. */
export type DocumentsAsk = { kind: 'papers' } | { kind: 'paper'; document: string }

/** Takes one of the person's own files back. */
export type DropFileIntent = { kind: 'case.drop-file'; attachmentId: string }

/** One file of a paper; without a name where the network gave none. */
export const PaperFile = z.object({ id: z.string(), name: z.string().nullable() })
export type PaperFile = z.infer<typeof PaperFile>

export type DocumentsReply =
  /** There is neither a case that takes papers nor an application on its way. */
  | { kind: 'no-papers' }
  | {
      kind: 'papers'
      /** Null: of an application that is still being filled in. */
      number: string | null
      /** Whose list decides. */
      note: string
      papers: { id: string; name: string; files: number }[]
      /** Something was asked for: the supplement hands it in again. */
      returned: boolean
    }
  | {
      kind: 'paper'
      caseId: string | null
      document: { id: string; name: string; why: string }
      files: PaperFile[]
      /** False where staff are working with them. */
      removable: boolean
    }
  | { kind: 'dropped'; attachmentId: string }
  | { kind: 'kept' }
