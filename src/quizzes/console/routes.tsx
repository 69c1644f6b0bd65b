import {
  countQuizAnswers,
  insertQuizEdit,
  listQuizHistory,
  loadQuizResults,
} from '../../../db/quizzes/quizzes.ts'
import { type AuditDraft, hashOf } from '../../../db/staff/audit.ts'
import { tableFile } from '../../console/download.ts'
import { type FormDraft, withProblem } from '../../console/form.ts'
import { type ActionOutcome, createPages, nothing, type PageRequest } from '../../console/page.ts'
import type { ConsoleDeps, ConsoleRoute } from '../../console/route.ts'
import { commitOnce } from '../../kernel/commit/commit.ts'
import { loadQuestions } from '../questions.ts'
import { QuizzesPage, resultRows } from './list-page.tsx'
import { formOfQuestion, QuestionForm, QuestionPage, questionOf } from './question-page.tsx'
import { type QuizzesView, quizzesViewOf } from './view.ts'

const { page, action } = createPages(quizzesViewOf)

type QuizzesRequest = PageRequest<never, QuizzesView>

const loadResults = ({ deps, staff, view }: QuizzesRequest) =>
  loadQuizResults(deps.db, staff, view.pack.programme.id)

/** The training quiz: how the districts did, and its questions. */
export const quizzesRoutes: readonly ConsoleRoute[] = [
  page('quizzes.read', '/console/quizzes', loadResults, async (results, { deps, view }) => (
    <QuizzesPage
      view={view}
      results={results}
      entries={await loadQuestions(deps.db, view.pack)}
      answers={await countQuizAnswers(deps.db, view.pack.programme.id)}
    />
  )),
  page('quizzes.read', '/console/quizzes/results.csv', loadResults, (results, request) =>
    tableFile(request, {
      name: 'quiz-results',
      sheet: 'quiz',
      rows: resultRows(request.view, results),
      as: 'csv',
    }),
  ),
  page('quizzes.write', '/console/quizzes/new', nothing, (_, { deps, view }) => {
    const draft = formOfQuestion(null, { id: deps.newId(), listed: true, revision: 0 })
    return <QuestionPage view={view} draft={draft} id={null} history={[]} isLate={false} />
  }),
  action('quizzes.write', '/console/quizzes', nothing, (_, request) => save(request, null)),
  page('quizzes.read', '/console/quizzes/:id', loadQuestion, async (entry, { deps, view }) => {
    const { id } = entry.question
    const history = await listQuizHistory(deps.db, view.pack.programme.id, id)
    const draft = formOfQuestion(entry.question, { ...entry, id })
    return <QuestionPage view={view} draft={draft} id={id} history={history} isLate={false} />
  }),
  action('quizzes.write', '/console/quizzes/:id', loadQuestion, ({ question }, request) =>
    save(request, question.id),
  ),
]

async function loadQuestion({ deps, params, view }: PageRequest<'id', QuizzesView>) {
  const entries = await loadQuestions(deps.db, view.pack)
  return entries.find(({ question }) => question.id === params.id) ?? null
}

/** Keeps a question as it was written; with nothing written where it cannot be asked so. */
async function save(request: QuizzesRequest, id: string | null): Promise<ActionOutcome> {
  const { deps, staff, view } = request
  const { pack } = view
  const form = await request.form(QuestionForm)
  const history = id === null ? [] : await listQuizHistory(deps.db, pack.programme.id, id)
  const before = history[0]?.revision ?? 0
  const again = (draft: FormDraft, isLate: boolean): ActionOutcome => {
    const values = isLate ? { ...draft.values, revision: [String(before)] } : draft.values
    const kept = { ...draft, values }
    const page = <QuestionPage view={view} draft={kept} id={id} history={history} isLate={isLate} />
    return { status: isLate ? 409 : 400, page }
  }
  if (!form.ok) return again(form.draft, false)
  const question = questionOf(form.data, id ?? `own-${slugOf(form.data.id, deps)}`)
  if (!pack.clauses.some((one) => one.id === question.clause)) {
    return again(withProblem(form.draft, 'clause', view.t('quizzes-console.problem-clause')), false)
  }
  if (form.data.revision !== String(before)) return again(form.draft, true)
  const edit = {
    question,
    listed: form.data.listed === '1',
    revision: before + 1,
    staffId: staff.id,
    at: view.now,
  }
  const entry: AuditDraft = {
    at: view.now,
    actor: edit.staffId,
    action: 'quiz.changed',
    subject: `quiz:${question.id}`,
    after: await hashOf(question),
  }
  const isKept = await commitOnce<boolean>(deps.db, {
    result: true,
    write: [insertQuizEdit(pack.programme.id, edit)],
    audit: [entry],
    means: { 'quiz_edits.programme_id': false },
  })
  // The same new question twice is one question.
  return isKept || id === null ? '/console/quizzes' : again(form.draft, true)
}

/** What the form brought as the id of a new question, fit for one. */
function slugOf(id: string, { newId }: Pick<ConsoleDeps, 'newId'>): string {
  const slug = (id === '' ? newId() : id).toLowerCase().replace(/[^a-z0-9]/g, '')
  return slug.slice(0, 30)
}
