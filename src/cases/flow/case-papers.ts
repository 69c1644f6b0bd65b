import { type AttachmentHead, listAttachments } from '../../../db/cases/attachments.ts'
import { openCase } from '../../../db/cases/content.ts'
import { loadHoldings } from '../../../db/people/my-data.ts'
import type {
  DocumentsAsk,
  DocumentsReply,
  DropFileIntent,
} from '../../../flows/cases/documents/ask.ts'
import { checklist } from '../../../flows/programme/documents/checklist.ts'
import type { Document } from '../../../flows/programme/documents/documents.ts'
import { documentsFor } from '../../../flows/programme/documents/documents-for.ts'
import type { FormAnswers } from '../../../flows/programme/form/form-field.ts'
import { missingNow } from '../../../flows/programme/lifecycle/application-stages.ts'
import type { Planned } from '../../kernel/requester.ts'
import { draftsOf } from '../drafts.ts'
import { type CaseFile, type CaseScene, openOwnFile, ownCases, ownMoves } from './case-scene.ts'

/** A person's papers: of their case, or (null) of the application that is on its way. */
type Papers = { file: CaseFile | null; documents: Document[]; held: AttachmentHead[] }

/** The checklist of papers, or one of them. */
export async function papers(scene: CaseScene, asked: DocumentsAsk): Promise<DocumentsReply> {
  const found = await findPapers(scene)
  if (found === null) return { kind: 'no-papers' }
  const { pack, locale } = scene
  const { file, documents, held } = found
  const removable = canRemove(scene, file)
  const document =
    asked.kind === 'paper' ? documents.find(({ id }) => id === asked.document) : undefined
  if (document !== undefined) {
    return {
      kind: 'paper',
      caseId: file?.head.id ?? null,
      document: { id: document.id, name: document.name[locale], why: document.why[locale] },
      files: held
        .filter((one) => one.document === document.id)
        .map(({ id, name }) => ({ id, name })),
      removable,
    }
  }
  return {
    kind: 'papers',
    number: file?.head.number ?? null,
    note: pack.form.documents.note[locale],
    papers: checklist(documents, held).map(({ document: { id, name }, files }) => ({
      id,
      name: name[locale],
      files,
    })),
    returned: file !== null && ownMoves(scene, file).includes('resubmit'),
  }
}

/** Takes a file out, where nobody works with it yet. */
export async function dropFile(
  scene: CaseScene,
  { attachmentId }: DropFileIntent,
): Promise<Planned<DocumentsReply>> {
  const found = await findPapers(scene)
  if (found === null) return { reply: { kind: 'no-papers' } }
  return canRemove(scene, found.file) && found.held.some(({ id }) => id === attachmentId)
    ? {
        reply: { kind: 'dropped', attachmentId },
        saves: [{ kind: 'attachment-dropped', attachmentId }],
      }
    : { reply: { kind: 'kept' } }
}

async function findPapers(scene: CaseScene): Promise<Papers | null> {
  const { deps, pack, requester } = scene
  const { db, vault } = deps
  const open = (await ownCases(scene)).find(
    ({ outcome, closedAt }) => closedAt === null && (outcome === null || outcome === 'granted'),
  )
  const file = open === undefined ? null : await openOwnFile(scene, open.number)
  if (file !== null) {
    const opened = await openCase(db, vault, file.head.id)
    if (opened === null) return null
    const held = await listAttachments(db, vault, { caseId: file.head.id })
    return { file, documents: documentsOf(pack.form, opened.answers, file, held), held }
  }
  const holdings = await loadHoldings(db, vault, requester.contactId, requester.address)
  const drafts = holdings === null ? [] : draftsOf(holdings.sessions).application
  const [draft] = drafts.sort((one, other) => sizeOf(other) - sizeOf(one))
  if (draft === undefined) return null
  const held = await listAttachments(db, vault, {
    contactId: requester.contactId,
    from: requester.address,
  })
  return { file: null, documents: documentsOf(pack.form, draft, null, held), held }
}

/** The usual papers, with those that were asked for and those that files are there for. */
function documentsOf(
  form: CaseScene['pack']['form'],
  answers: FormAnswers,
  file: CaseFile | null,
  held: readonly AttachmentHead[],
): Document[] {
  const usual = documentsFor(form, answers)
  const missing = file === null ? [] : missingNow(file.events)
  return form.documents.documents.filter(
    (document) =>
      usual.includes(document) ||
      missing.some(({ kind, id }) => kind === 'document' && id === document.id) ||
      held.some((one) => one.document === document.id),
  )
}

/** Staff decide by what is there: once they have taken the case up, nothing is taken out. */
function canRemove(scene: CaseScene, file: CaseFile | null): boolean {
  if (file === null) return true
  const moves = ownMoves(scene, file)
  return moves.includes('correct') || moves.includes('resubmit')
}

function sizeOf(answers: FormAnswers): number {
  return Object.keys(answers).length
}
