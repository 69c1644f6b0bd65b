import { type AttachmentHead, listAttachments } from '../../../db/cases/attachments.ts'
import type { LoadedCase } from '../../../db/cases/case-file.ts'
import { type CaseComment, listComments } from '../../../db/cases/comments.ts'
import { openCase } from '../../../db/cases/content.ts'
import { type Duplicate, findDuplicates } from '../../../db/cases/duplicates.ts'
import { type CaseMark, listMarks } from '../../../db/cases/marks.ts'
import { findAssignee, findLastHandoff } from '../../../db/cases/staff-cases.ts'
import { listPayees, type PayeeLine } from '../../../db/funds/payees.ts'
import { noticeAddress } from '../../../db/outbox/address.ts'
import type { StaffMember } from '../../../db/staff/members.ts'
import { listAssignableStaff } from '../../../db/staff/members.ts'
import type { FormAnswers } from '../../../flows/programme/form/form-field.ts'
import { may } from '../../kernel/permissions.ts'
import { CASE_ROLES, type CaseDeskContext } from '../act-on-case.ts'

/** All that the page of a case shows. */
export type CaseContents = LoadedCase & {
  /** Null: erased. */
  content: { name: string; answers: FormAnswers } | null
  papers: AttachmentHead[]
  comments: CaseComment[]
  marks: ReadonlyMap<string, CaseMark>
  duplicates: { seen: Duplicate[]; elsewhere: number }
  assignee: { id: string; name: string } | null
  /** Who can be given it. */
  hands: { id: string; name: string }[]
  notices: Awaited<ReturnType<typeof noticeAddress>>
  /** The latest hand-off of the applicant, where this person may read it. */
  handoff: string | null
  /** The accounts to pay to, where this person may see money. */
  payees: PayeeLine[]
}

/** Reads what the page of a case shows, at once. */
export async function loadCaseContents(
  { db, vault }: Pick<CaseDeskContext, 'db' | 'vault'>,
  staff: StaffMember,
  file: LoadedCase,
): Promise<CaseContents> {
  const { id, district, contactId } = file.head
  const [opened, papers, comments, marks, duplicates, assignee, hands, notices, handoff, payees] =
    await Promise.all([
      openCase(db, vault, id),
      listAttachments(db, vault, { caseId: id }),
      listComments(db, vault, id),
      listMarks(db, id),
      findDuplicates(db, staff, id),
      findAssignee(db, id),
      listAssignableStaff(db, district, CASE_ROLES),
      contactId === null ? null : noticeAddress(db, contactId),
      contactId === null || !may(staff, 'inbox.read') ? null : findLastHandoff(db, contactId),
      may(staff, 'funds.read') ? listPayees(db, vault, staff, { caseId: id }) : [],
    ])
  return {
    ...file,
    content: opened === null ? null : { name: opened.applicant.name, answers: opened.answers },
    papers,
    comments,
    marks,
    duplicates,
    assignee,
    hands,
    notices,
    handoff,
    payees,
  }
}
