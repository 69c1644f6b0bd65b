import { type AttachmentHead, listAttachments } from '../../../db/attachments.ts'
import { type CaseComment, listComments } from '../../../db/case-comments.ts'
import { openCase } from '../../../db/case-content.ts'
import { type Duplicate, findDuplicates } from '../../../db/case-duplicates.ts'
import { listHands } from '../../../db/case-work.ts'
import type { CaseHead } from '../../../db/cases.ts'
import { noticeAddress } from '../../../db/notice-address.ts'
import { findAssignee, findLastHandoff } from '../../../db/staff-cases.ts'
import type { StaffMember } from '../../../db/staff-members.ts'
import type { CaseEvent } from '../../../flows/programme/application-stages.ts'
import type { FormAnswers } from '../../../flows/programme/form-field.ts'
import { CASE_ROLES, type CaseDeskWorld } from '../../cases/act-on-case.ts'
import { may } from '../permissions.ts'

/** A case that this person may see, with its events. */
export type StaffCase = { head: CaseHead; events: CaseEvent[] }

/** All that the page of a case shows. */
export type CaseContents = StaffCase & {
  /** Null: erased. */
  content: { name: string; answers: FormAnswers } | null
  papers: AttachmentHead[]
  comments: CaseComment[]
  duplicates: { seen: Duplicate[]; elsewhere: number }
  assignee: { id: string; name: string } | null
  /** Who can be given it. */
  hands: { id: string; name: string }[]
  notices: Awaited<ReturnType<typeof noticeAddress>>
  /** The latest hand-off of the applicant, where this person may read it. */
  handoff: string | null
}

/** Reads what the page of a case shows, at once. */
export async function loadCaseContents(
  { db, vault }: Pick<CaseDeskWorld, 'db' | 'vault'>,
  staff: StaffMember,
  file: StaffCase,
): Promise<CaseContents> {
  const { id, district, contactId } = file.head
  const [opened, papers, comments, duplicates, assignee, hands, notices, handoff] =
    await Promise.all([
      openCase(db, vault, id),
      listAttachments(db, vault, { caseId: id }),
      listComments(db, vault, id),
      findDuplicates(db, staff, id),
      findAssignee(db, id),
      listHands(db, district, CASE_ROLES),
      contactId === null ? null : noticeAddress(db, contactId),
      contactId === null || !may(staff, 'inbox.read') ? null : findLastHandoff(db, contactId),
    ])
  return {
    ...file,
    content: opened === null ? null : { name: opened.applicant.name, answers: opened.answers },
    papers,
    comments,
    duplicates,
    assignee,
    hands,
    notices,
    handoff,
  }
}
