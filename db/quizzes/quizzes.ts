import { QuizQuestion } from '../../flows/programme/quiz.ts'
import type { Database, SqlValue, Statement } from '../core/database.ts'
import { districtFilter } from '../staff/district.ts'

type Kind = 'staff' | 'bank' | 'other'

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
  const [rows = []] = await db.read([
    {
      sql: `SELECT question_id, body, listed, max(revision) FROM quiz_edits
        WHERE programme_id = ? GROUP BY question_id ORDER BY question_id`,
      args: [programme],
    },
  ])
  return new Map(rows.map((row) => [String(row[0]), parseEdit(row)]))
}

/** What a question was before, newest first. */
export async function listQuizHistory(
  db: Database,
  programme: string,
  questionId: string,
): Promise<
  { question: QuizQuestion; listed: boolean; revision: number; staff: string; at: string }[]
> {
  const [rows = []] = await db.read([
    {
      sql: `SELECT h.question_id, h.body, h.listed, h.revision, coalesce(s.name, ''), h.at FROM quiz_edits h
        LEFT JOIN staff s ON s.id = h.staff_id WHERE h.programme_id = ? AND h.question_id = ?
        ORDER BY h.revision DESC LIMIT 50`,
      args: [programme, questionId],
    },
  ])
  return rows.map((row) => ({ ...parseEdit(row), staff: String(row[4]), at: String(row[5]) }))
}

function parseEdit(row: readonly SqlValue[]) {
  return {
    question: QuizQuestion.parse(JSON.parse(String(row[1]))),
    listed: row[2] === 1,
    revision: Number(row[3]),
  }
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
  const { question, listed, revision, staffId, at } = edit
  return {
    sql: `INSERT INTO quiz_edits (programme_id, question_id, revision, body, listed, staff_id, at)
      VALUES (?, ?, ?, ?, ?, ?, ?)`,
    args: [programme, question.id, revision, JSON.stringify(question), listed ? 1 : 0, staffId, at],
  }
}

/** How the people of a kind and a place did. */
export type QuizResult = {
  kind: Kind
  district: string | null
  bank: string | null
  people: number
  rounds: number
  asked: number
  right: number
}

/** Results by kind, district and bank, for the eyes of somebody. Erased people count by their rounds alone. */
export async function loadQuizResults(
  db: Database,
  eyes: { district: string | null },
  programme: string,
): Promise<QuizResult[]> {
  const within = districtFilter(eyes, 'district')
  const [rows = []] = await db.read([
    {
      sql: `SELECT kind, district, bank, count(DISTINCT contact_id), count(*), sum(asked), sum(answered_right)
        FROM quiz_rounds WHERE programme_id = ? AND ${within.sql}
        GROUP BY kind, district, bank ORDER BY kind DESC, district, bank`,
      args: [programme, ...within.args],
    },
  ])
  return rows.map(([kind, district, bank, people, rounds, asked, right]) => ({
    // Only this file writes kinds.
    kind: kind as Kind,
    district: district == null ? null : String(district),
    bank: bank == null ? null : String(bank),
    people: Number(people),
    rounds: Number(rounds),
    asked: Number(asked),
    right: Number(right),
  }))
}

/** How often each question was asked and answered rightly. */
export async function countQuizAnswers(
  db: Database,
  programme: string,
): Promise<ReadonlyMap<string, { asked: number; right: number }>> {
  const [rows = []] = await db.read([
    {
      sql: `SELECT a.question_id, count(*), sum(a.answered_right) FROM quiz_answers a
        JOIN quiz_rounds r ON r.id = a.round_id WHERE r.programme_id = ? GROUP BY a.question_id`,
      args: [programme],
    },
  ])
  return new Map(
    rows.map(([id, asked, right]) => [String(id), { asked: Number(asked), right: Number(right) }]),
  )
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
