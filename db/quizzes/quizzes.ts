import { QuizQuestion } from '../../flows/programme/quiz.ts'
import type { Database, Statement } from '../core/database.ts'
import { count, insertInto, orEmpty, parsed, query, type RowOf, shape } from '../core/query.ts'
import { quizAnswers, quizEdits, type quizPeople, quizRounds } from '../schema/quizzes.ts'
import { staff } from '../schema/staff.ts'
import { districtFilter } from '../staff/district.ts'

const edit = {
  question: parsed(quizEdits.body, (body) => QuizQuestion.parse(JSON.parse(body))),
  listed: quizEdits.listed,
}
const NEWEST = shape({ ...edit, id: quizEdits.questionId, revision: count('max(revision)') })
const FORMER = shape({
  ...edit,
  revision: quizEdits.revision,
  staff: orEmpty(staff.name),
  at: quizEdits.at,
})
const RESULT = shape({
  kind: quizRounds.kind,
  district: quizRounds.district,
  bank: quizRounds.bank,
  people: count('count(DISTINCT contact_id)'),
  rounds: count('count(*)'),
  asked: count('sum(asked)'),
  right: count('sum(answered_right)'),
})
const ANSWERED = shape({
  id: quizAnswers.questionId,
  asked: count('count(*)'),
  right: count('sum(quiz_answers.answered_right)'),
})

type Kind = typeof quizPeople.$inferSelect.kind

/** What a person does in the quiz, as src/quizzes/flow/quiz.ts made it in this very turn. */
export type QuizDeed =
  | { kind: 'join'; who: { kind: Kind; district: string | null; bank: string | null } }
  | { kind: 'finish'; programme: string; answers: readonly { id: string; right: boolean }[] }

/** The statements of a deed, in the turn's own batch; `id` is the turn's own. */
export function quizStatements(
  { id, contactId, at }: { id: string; contactId: string; at: string },
  deed: QuizDeed,
): Statement[] {
  if (deed.kind === 'join') {
    const { kind, district, bank } = deed.who
    return [
      {
        sql: `INSERT INTO quiz_people (contact_id, kind, district, bank, at) VALUES (?, ?, ?, ?, ?)
          ON CONFLICT DO UPDATE SET kind = excluded.kind, district = excluded.district, bank = excluded.bank,
            at = excluded.at`,
        args: [contactId, kind, district, bank, at],
      },
    ]
  }
  const { programme, answers } = deed
  const right = answers.filter((one) => one.right).length
  return [
    {
      sql: `INSERT INTO quiz_rounds (id, programme_id, contact_id, kind, district, bank, asked, answered_right, at)
        SELECT ?, ?, p.contact_id, p.kind, p.district, p.bank, ?, ?, ? FROM quiz_people p WHERE p.contact_id = ?`,
      args: [id, programme, answers.length, right, at, contactId],
    },
    ...answers.map((one) => ({
      sql: `INSERT OR IGNORE INTO quiz_answers (round_id, question_id, answered_right)
        SELECT id, ?, ? FROM quiz_rounds WHERE id = ?`,
      args: [one.id, one.right ? 1 : 0, id],
    })),
  ]
}

/** Whether a contact has said who they are. */
export async function isInQuiz(db: Database, contactId: string): Promise<boolean> {
  const [rows = []] = await db.read([
    { sql: 'SELECT 1 FROM quiz_people WHERE contact_id = ?', args: [contactId] },
  ])
  return rows.length > 0
}

/** The newest edits by question. */
export async function listQuizEdits(
  db: Database,
  programme: string,
): Promise<ReadonlyMap<string, { question: QuizQuestion; listed: boolean; revision: number }>> {
  const newest = `SELECT ${NEWEST.columns} FROM quiz_edits
    WHERE programme_id = ? GROUP BY question_id ORDER BY question_id`
  const edits = await query(db, newest, [programme], NEWEST)
  return new Map(edits.map(({ id, ...edited }) => [id, edited]))
}

/** What a question was before, newest first. */
export function listQuizHistory(
  db: Database,
  programme: string,
  questionId: string,
): Promise<RowOf<typeof FORMER>[]> {
  const former = `SELECT ${FORMER.columns} FROM quiz_edits LEFT JOIN staff ON staff.id = quiz_edits.staff_id
    WHERE programme_id = ? AND question_id = ? ORDER BY revision DESC LIMIT 50`
  return query(db, former, [programme, questionId], FORMER)
}

/** Adds a revision. Fails with a `ConstraintError` of `quiz_edits.programme_id` where somebody was faster. */
export function insertQuizEdit(
  programme: string,
  edit: {
    question: QuizQuestion
    listed: boolean
    revision: number
    staffId: string
    at: string
  },
): Statement {
  const { question, ...rest } = edit
  return insertInto(quizEdits, {
    ...rest,
    programmeId: programme,
    questionId: question.id,
    body: JSON.stringify(question),
  })
}

/** How the people of a kind and a place did. */
export type QuizResult = RowOf<typeof RESULT>

/** Results by kind, district and bank, for the eyes of somebody. Erased people count by their rounds alone. */
export function loadQuizResults(
  db: Database,
  eyes: { district: string | null },
  programme: string,
): Promise<QuizResult[]> {
  const within = districtFilter(eyes, 'district')
  const results = `SELECT ${RESULT.columns} FROM quiz_rounds WHERE programme_id = ? AND ${within.sql}
    GROUP BY kind, district, bank ORDER BY kind DESC, district, bank`
  return query(db, results, [programme, ...within.args], RESULT)
}

/** How often each question was asked and answered rightly. */
export async function countQuizAnswers(
  db: Database,
  programme: string,
): Promise<ReadonlyMap<string, { asked: number; right: number }>> {
  const answered = `SELECT ${ANSWERED.columns} FROM quiz_answers JOIN quiz_rounds r ON r.id = round_id
    WHERE r.programme_id = ? GROUP BY question_id`
  const rows = await query(db, answered, [programme], ANSWERED)
  return new Map(rows.map(({ id, ...counts }) => [id, counts]))
}

/** What the quiz knows of a contact follows when two contacts prove to be one person. */
export function mergeQuiz(from: string, to: string): Statement[] {
  return [
    {
      sql: 'UPDATE OR REPLACE quiz_people SET contact_id = ? WHERE contact_id = ?',
      args: [to, from],
    },
    { sql: 'UPDATE quiz_rounds SET contact_id = ? WHERE contact_id = ?', args: [to, from] },
  ]
}

/** Who they are goes with the person; how rounds went stays as a figure of nobody. */
export function eraseQuiz(contactId: string): Statement[] {
  return [
    { sql: 'DELETE FROM quiz_people WHERE contact_id = ?', args: [contactId] },
    { sql: 'UPDATE quiz_rounds SET contact_id = NULL WHERE contact_id = ?', args: [contactId] },
  ]
}
