import type { Document } from './documents.ts'

/** A usual paper of this applicant, and how many of their files are for it; none: it is missing. */
export type ChecklistItem = { document: Document; files: number }

/**
 * What is there of the papers that `documentsFor` names, in its order. A file for a paper that is usual
 * no more, since an answer was changed, is not counted.
 */
export function checklist(
  documents: readonly Document[],
  held: readonly { document: string }[],
): ChecklistItem[] {
  return documents.map((document) => ({
    document,
    files: held.filter((file) => file.document === document.id).length,
  }))
}
