import type { AttachmentHead } from '../../../db/cases/attachments.ts'
import type { CaseHead } from '../../../db/cases/cases.ts'
import { insertComment } from '../../../db/cases/comments.ts'
import { assignCase } from '../../../db/cases/work.ts'
import { type AuditDraft, writeAudited } from '../../../db/staff/audit.ts'
import type { StaffMember } from '../../../db/staff/members.ts'
import { listAssignableStaff } from '../../../db/staff/members.ts'
import type { ConsoleDeps } from '../../console/route.ts'
import { commitOnce } from '../../kernel/commit/commit.ts'
import { CASE_ROLES } from '../act-on-case.ts'
import { WHY } from './answers.tsx'

/** Notes that somebody looked at what is masked: which field, and, if they said so, why. */
export async function noteReveal(
  deps: ConsoleDeps,
  staff: StaffMember,
  { number }: CaseHead,
  { field, why }: { field: string; why: string },
): Promise<void> {
  const known = WHY.find((one) => one === why)
  const reason = known === undefined ? field : `${field}: ${known}`
  await note(deps, staff, number, { action: 'case.revealed', reason })
}

/** Notes that somebody opened a paper. */
export async function noteFile(
  deps: ConsoleDeps,
  staff: StaffMember,
  { number }: CaseHead,
  { document, id }: AttachmentHead,
): Promise<void> {
  await note(deps, staff, number, { action: 'case.file-opened', reason: `${document}: ${id}` })
}

/** Notes that somebody read what the applicant said. */
export async function noteConversation(
  deps: ConsoleDeps,
  staff: StaffMember,
  { number }: CaseHead,
): Promise<void> {
  await note(deps, staff, number, { action: 'case.talk-read' })
}

/** Puts a case on somebody's desk, or, with null, on nobody's; false where they cannot have it. */
export async function assign(
  deps: ConsoleDeps,
  staff: StaffMember,
  { id, number, district }: CaseHead,
  staffId: string | null,
): Promise<boolean> {
  const hands = staffId === null ? [] : await listAssignableStaff(deps.db, district, CASE_ROLES)
  const hand = hands.find((one) => one.id === staffId)
  if (staffId !== null && hand === undefined) return false
  const at = deps.now()
  await writeAudited(
    deps.db,
    [
      {
        at,
        actor: staff.id,
        action: 'case.assigned',
        subject: `case:${number}`,
        reason: hand?.name ?? null,
      },
    ],
    [assignCase(id, staffId, { id: staff.id, at })],
  )
  return true
}

/** Adds a comment; the id comes from the page, so that a second click is the same comment. */
export async function addComment(
  deps: ConsoleDeps,
  staff: StaffMember,
  { id: caseId, number }: CaseHead,
  { id, text }: { id: string; text: string },
): Promise<void> {
  const at = deps.now()
  const write = [await insertComment(deps.vault, { id, caseId, staffId: staff.id, text, at })]
  const subject = `case:${number}` as const
  await commitOnce<'added'>(deps.db, {
    result: 'added',
    write,
    audit: [{ at, actor: staff.id, action: 'case.commented', subject }],
    means: { 'case_comments.id': 'added' },
  })
}

async function note(
  deps: ConsoleDeps,
  staff: StaffMember,
  number: string,
  entry: Pick<AuditDraft, 'action' | 'reason'>,
): Promise<void> {
  const at = deps.now()
  await writeAudited(deps.db, [{ ...entry, at, actor: staff.id, subject: `case:${number}` }], [])
}
