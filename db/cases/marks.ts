import type { Database, Statement } from '../core/database.ts'
import { insertInto, query, shape } from '../core/query.ts'
import { caseMarks } from '../schema/cases.ts'
import { staff } from '../schema/staff.ts'

/** What can be marked: a document of the form, or a claim that puts an application before others, by the pack's id. */
export type MarkSubject = `document:${string}` | `claim:${string}`

/** The criteria of review that an application claims, and where in `cases` their marks stand. */
const CLAIM_COLUMNS = {
  'key-group': 'key_group_mark',
  'key-group-jobs': 'key_group_jobs_mark',
  'low-income-village': 'low_income_village_mark',
} as const
type ReviewClaim = keyof typeof CLAIM_COLUMNS

/** Whether a criterion of review is one that can be marked. */
export function isClaim(id: string): id is ReviewClaim {
  return Object.hasOwn(CLAIM_COLUMNS, id)
}

const MARK = shape({
  subject: caseMarks.subject,
  isProved: caseMarks.isProved,
  by: staff.name,
  at: caseMarks.at,
})

/** What somebody found of a paper or a claim, and when. */
export type CaseMark = ReturnType<typeof MARK.read>

/** The marks of a case, by what they are about. */
export async function listMarks(db: Database, caseId: string): Promise<Map<string, CaseMark>> {
  const all = `SELECT ${MARK.columns} FROM case_marks JOIN staff ON staff.id = case_marks.staff_id WHERE case_id = ?`
  const rows = await query(db, all, [caseId], MARK)
  return new Map(rows.map((row) => [row.subject, row]))
}

/** Marks a paper or a claim of a case, for a batch; null: takes the mark off. */
export function markCase(
  caseId: string,
  subject: MarkSubject,
  mark: { isProved: boolean; staffId: string; at: string } | null,
): Statement[] {
  const claim = subject.startsWith('claim:') ? subject.slice('claim:'.length) : ''
  const value = mark === null ? 0 : mark.isProved ? 1 : -1
  return [
    { sql: 'DELETE FROM case_marks WHERE case_id = ? AND subject = ?', args: [caseId, subject] },
    ...(mark === null ? [] : [insertInto(caseMarks, { caseId, subject, ...mark })]),
    ...(isClaim(claim)
      ? [
          {
            sql: `UPDATE cases SET ${CLAIM_COLUMNS[claim]} = ? WHERE id = ? AND erased_at IS NULL`,
            args: [value, caseId],
          },
        ]
      : []),
  ]
}

/** Takes the marks off the claims of a case, whose answers are others now. */
export function unmarkClaims(caseId: string): Statement[] {
  const columns = Object.values(CLAIM_COLUMNS).map((column) => `${column} = 0`)
  return [
    {
      sql: `DELETE FROM case_marks WHERE case_id = ? AND subject LIKE 'claim:%'`,
      args: [caseId],
    },
    { sql: `UPDATE cases SET ${columns.join(', ')} WHERE id = ?`, args: [caseId] },
  ]
}
