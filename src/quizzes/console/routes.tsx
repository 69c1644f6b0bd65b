import {
  countQuizAnswers,
  insertQuizEdit,
  listQuizHistory,
  loadQuizResults,
} from '../../../db/quizzes/quizzes.ts'
import { type AuditDraft, hashOf } from '../../../db/staff/audit.ts'
import { QuizQuestion } from '../../../flows/programme/quiz.ts'
import { problemPage } from '../../console/problem-page.tsx'
import type { ConsoleContext, ConsoleDeps, ConsoleRoute } from '../../console/route.ts'
import { commit } from '../../kernel/commit/commit.ts'
import { toCsv } from '../../platform/tables/csv.ts'
import { loadQuestions } from '../questions.ts'
import { QuizzesPage, resultRows } from './list-page.tsx'
import { formOfQuestion, QuestionPage, questionOf, readQuestion } from './question-page.tsx'
import { type QuizzesView, quizzesViewOf } from './view.ts'

/** The training quiz: how the districts did, and its questions. */
export function quizzesRoutes(deps: ConsoleDeps): ConsoleRoute[] {
  const at = (
    method: ConsoleRoute['method'],
    path: `/console/quizzes${string}`,
    rule: ConsoleRoute['rule'],
    handle: (c: ConsoleContext, view: QuizzesView) => Promise<Response>,
  ): ConsoleRoute => ({
    method,
    path,
    rule,
    handle: async (c) => {
      const view = await quizzesViewOf(deps, c)
      return view === null ? problemPage(deps, c, 'not-found') : handle(c, view)
    },
  })
  const results = (c: ConsoleContext, { pack }: QuizzesView) =>
    loadQuizResults(deps.db, c.get('staff'), pack.programme.id)

  /** Keeps a question as it was written; with nothing written where it cannot be asked so. */
  const save = async (c: ConsoleContext, view: QuizzesView, id: string | null) => {
    const { pack } = view
    const form = await readQuestion(c)
    const question = QuizQuestion.safeParse(questionOf(form, id ?? `own-${slugOf(form.id, deps)}`))
    const history = id === null ? [] : await listQuizHistory(deps.db, pack.programme.id, id)
    const again = (problem: 'invalid' | 'conflict') => {
      c.status(problem === 'conflict' ? 409 : 400)
      const typed =
        problem === 'conflict' ? { ...form, revision: String(history[0]?.revision ?? 0) } : form
      return c.html(
        <QuestionPage view={view} form={typed} id={id} history={history} problem={problem} />,
      )
    }
    const known = question.success && pack.clauses.some((one) => one.id === question.data.clause)
    if (!known) return again('invalid')
    const before = id === null ? 0 : (history[0]?.revision ?? 0)
    if (form.revision !== String(before)) return again('conflict')
    const edit = {
      ...{ question: question.data, listed: form.listed === '1', revision: before + 1 },
      ...{ staffId: c.get('staff').id, at: view.now },
    }
    const entry: AuditDraft = {
      at: view.now,
      actor: edit.staffId,
      action: 'quiz.changed',
      subject: `quiz:${question.data.id}`,
      after: await hashOf(question.data),
    }
    const isFirst = await commit(deps.db, {
      plan: async () => ({
        result: true,
        write: [insertQuizEdit(pack.programme.id, edit)],
        audit: [entry],
      }),
      means: ([broken]) => (broken === 'quiz_edits.programme_id' ? false : null),
    })
    // The same new question twice is one question.
    return isFirst || id === null ? c.redirect('/console/quizzes', 303) : again('conflict')
  }

  return [
    at('GET', '/console/quizzes', 'quizzes.read', async (c, view) =>
      c.html(
        <QuizzesPage
          view={view}
          results={await results(c, view)}
          entries={await loadQuestions(deps.db, view.pack)}
          answers={await countQuizAnswers(deps.db, view.pack.programme.id)}
        />,
      ),
    ),
    at('GET', '/console/quizzes/results.csv', 'quizzes.read', async (c, view) =>
      c.body(toCsv(resultRows(view, await results(c, view))), 200, {
        'Content-Type': 'text/csv; charset=utf-8',
        'Content-Disposition': 'attachment; filename="quiz-results.csv"',
      }),
    ),
    at('GET', '/console/quizzes/new', 'quizzes.write', async (c, view) => {
      const form = { ...formOfQuestion(null, { listed: true, revision: 0 }), id: deps.newId() }
      return c.html(<QuestionPage view={view} form={form} id={null} history={[]} problem={null} />)
    }),
    at('POST', '/console/quizzes', 'quizzes.write', (c, view) => save(c, view, null)),
    at('GET', '/console/quizzes/:id', 'quizzes.read', async (c, view) => {
      const entry = await entryOf(c, view)
      if (entry === undefined) return problemPage(deps, c, 'not-found')
      const { question } = entry
      const history = await listQuizHistory(deps.db, view.pack.programme.id, question.id)
      const form = formOfQuestion(question, entry)
      return c.html(
        <QuestionPage view={view} form={form} id={question.id} history={history} problem={null} />,
      )
    }),
    at('POST', '/console/quizzes/:id', 'quizzes.write', async (c, view) => {
      const entry = await entryOf(c, view)
      return entry === undefined
        ? problemPage(deps, c, 'not-found')
        : save(c, view, entry.question.id)
    }),
  ]

  async function entryOf(c: ConsoleContext, { pack }: QuizzesView) {
    const entries = await loadQuestions(deps.db, pack)
    return entries.find(({ question }) => question.id === c.req.param('id'))
  }
}

/** What the form brought as the id of a new question, fit for one. */
function slugOf(id: string, { newId }: Pick<ConsoleDeps, 'newId'>): string {
  const slug = (id === '' ? newId() : id).toLowerCase().replace(/[^a-z0-9]/g, '')
  return slug.slice(0, 30)
}
