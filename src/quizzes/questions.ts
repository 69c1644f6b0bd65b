import type { Database } from '../../db/core/database.ts'
import type { PolicyPack } from '../../db/policy/pack.ts'
import { listQuizEdits } from '../../db/quizzes/quizzes.ts'
import type { QuizQuestion } from '../../flows/programme/quiz.ts'

/** A question as it is now, with the number of its edits; 0: it is the pack's own. */
export type QuizEntry = { question: QuizQuestion; listed: boolean; revision: number }

/** Every question of a programme: the pack's, as staff changed them, and those that staff added. */
export async function loadQuestions(db: Database, pack: PolicyPack): Promise<QuizEntry[]> {
  const edits = await listQuizEdits(db, pack.programme.id)
  const own = pack.quiz?.questions ?? []
  return [
    ...own.map((question) => edits.get(question.id) ?? { question, listed: true, revision: 0 }),
    ...[...edits]
      .filter(([id]) => !own.some((question) => question.id === id))
      .map(([, edit]) => edit),
  ]
}
