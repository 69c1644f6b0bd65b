import type { LoadedCase } from '../../db/cases/case-file.ts'
import { isClaim, type MarkSubject, markCase } from '../../db/cases/marks.ts'
import { writeAudited } from '../../db/staff/audit.ts'
import type { StaffMember } from '../../db/staff/members.ts'
import type { CaseDeskContext } from './act-on-case.ts'

/** What somebody found; empty: they take the mark off. */
export const MARKS = ['seen', 'not-proved', ''] as const
export type Mark = (typeof MARKS)[number]

/** What is marked, as a form names it; null: the programme knows no such paper or claim. */
export function markSubjectOf({ pack }: CaseDeskContext, typed: string): MarkSubject | null {
  const [kind, id = ''] = typed.split(':')
  if (kind === 'claim' && isClaim(id)) return `claim:${id}`
  const isPaper = pack.form.documents.documents.some((one) => one.id === id)
  return kind === 'document' && isPaper ? `document:${id}` : null
}

/**
 * Writes down what a member of staff found of a paper or a claim, with its entry in the audit. It tells nobody and can be changed;
 * the order of review follows. False: the application has ended or is erased.
 */
export async function markForStaff(
  { db, now }: CaseDeskContext,
  staff: StaffMember,
  { head }: LoadedCase,
  { subject, mark }: { subject: MarkSubject; mark: Mark },
): Promise<boolean> {
  if (head.closedAt !== null || head.erasedAt !== null) return false
  const at = now()
  const made = mark === '' ? null : { isProved: mark === 'seen', staffId: staff.id, at }
  await writeAudited(
    db,
    [
      {
        at,
        actor: staff.id,
        action: 'case.marked',
        subject: `case:${head.number}`,
        reason: `${subject}: ${mark === '' ? 'taken off' : mark}`,
      },
    ],
    markCase(head.id, subject, made),
  )
  return true
}
