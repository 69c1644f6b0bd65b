import * as z from 'zod'
import type { LoadedCase } from '../../../db/cases/case-file.ts'
import { openCase } from '../../../db/cases/content.ts'
import { findCasesBeside, listConversations } from '../../../db/cases/staff-cases.ts'
import { loadTalkPart } from '../../../db/conversation/transcripts.ts'
import { formKey, line, version } from '../../console/form.ts'
import type { ActionOutcome, PageRequest } from '../../console/page.ts'
import type { ConsoleRoute } from '../../console/route.ts'
import { actOnCase, previewAct } from '../act-on-case.ts'
import { amendAnswer } from '../amend.ts'
import { MARKS, markForStaff, markSubjectOf } from '../mark-case.ts'
import { caseListOf, listOf, parseQuery } from '../queue-filter.ts'
import { undoable, undoCase } from '../undo-case.ts'
import { AmendForm, amendDraft } from './amend.tsx'
import { fullValue, Revealed } from './answers.tsx'
import { CasePage, type CasePageProps } from './case-page.tsx'
import { addComment, assign, noteConversation, noteReveal } from './commands.ts'
import { ConflictPage } from './conflict-page.tsx'
import { ConversationPage } from './conversation-page.tsx'
import { fileRoutes } from './file-routes.tsx'
import { loadCaseContents } from './load-case.ts'
import { MarkForm } from './marks.tsx'
import { type MoveDraft, readMove } from './move-draft.ts'
import { noticesOf } from './notices-of.ts'
import { action, type DeskView, loadCase, page } from './pages.ts'
import { Preview } from './preview.tsx'
import { type ActProblem, MAX_NOTE, moveLabel, problemWords } from './problem-words.ts'

/** Turns of a conversation on a page. */
const TURNS = 100

const RevealForm = z.object({ field: z.string(), why: z.string() })
const UndoForm = z.object({ version: version() })
const AssignForm = z.object({ staffId: z.string() })
const CommentForm = z.object({
  commentId: formKey(),
  text: line('cases-console.commentEmpty', { max: MAX_NOTE, long: 'cases-console.commentLong' }),
})

type CaseRequest = PageRequest<'id', DeskView>

/** One application: its page, and all that can be done on it. */
export const caseRoutes: readonly ConsoleRoute[] = [
  page('cases.read', '/console/cases/:id', loadCase, (file, request) => {
    const { view, query, c } = request
    const moved = query('moved')
    const known = view.desk.pack.stages.moves.some(({ id }) => id === moved)
    if (!known) {
      const done = (['amended', 'undone'] as const).find((one) => c.req.query(one) !== undefined)
      const words = done === 'amended' ? 'cases-desk.amendDone' : 'cases-desk.undone'
      return show(request, file, done === undefined ? {} : { done: view.t(words) })
    }
    const told = c.req.query('told') === undefined ? 'notTold' : 'told'
    const move = moveLabel(view, view.desk, moved)
    return show(request, file, {
      done: [view.t('cases-console.moved', { move }), view.t(`cases-console.${told}`)].join(
        view.locale === 'en' ? ' ' : '',
      ),
    })
  }),
  action('cases.decide', '/console/cases/:id/move', loadCase, async (file, request) => {
    const { deps, staff, view } = request
    const draft = await readMove(request)
    if (draft.note.length > MAX_NOTE) return refuse(request, file, draft, { kind: 'note-long' })
    const { id } = file.head
    const acted = await actOnCase(view.desk, staff, file, draft)
    if (acted.ok) {
      deps.wake()
      const told = acted.notified || acted.again ? '&told' : ''
      const list = listOf(view.asked)
      return `/console/cases/${id}?moved=${acted.event.move}${told}${list === '' ? '' : `&${list}`}#content`
    }
    const { problem } = acted
    if (problem.kind !== 'conflict') return refuse(request, file, draft, problem)
    const page = (
      <ConflictPage view={view} desk={view.desk} caseId={id} by={problem.by} draft={draft} />
    )
    return { status: 409, page }
  }),
  action('cases.decide', '/console/cases/:id/resume', loadCase, async (file, request) => ({
    status: 200,
    page: await show(request, file, { told: { draft: await readMove(request) } }),
  })),
  action('cases.decide', '/console/cases/:id/preview', loadCase, async (file, request) => {
    const { c, staff, view } = request
    const draft = await readMove(request)
    const preview = await previewAct(view.desk, staff, file, draft)
    const page =
      c.req.header('HX-Request') === undefined ? (
        await show(request, file, { told: { draft, preview } })
      ) : (
        <Preview view={view} desk={view.desk} planned={preview} />
      )
    return { status: 200, page }
  }),
  action('cases.reveal', '/console/cases/:id/reveal', loadCase, async (file, request) => {
    const { c, deps, staff, view } = request
    const { pack, db, vault } = view.desk
    const { field, why } = await request.read(RevealForm)
    const isPersonal = pack.form.fields.some((one) => one.id === field && one.personal)
    const content = isPersonal ? await openCase(db, vault, file.head.id) : null
    if (content === null) return 'invalid'
    await noteReveal(deps, staff, file.head, { field, why })
    return {
      status: 200,
      page:
        c.req.header('HX-Request') === undefined ? (
          await show(request, file, { revealed: field })
        ) : (
          <Revealed field={field} value={fullValue(content.answers, field)} />
        ),
    }
  }),
  action('cases.decide', '/console/cases/:id/undo', loadCase, async (file, request) => {
    const { version } = await request.read(UndoForm)
    const undoProblem = await undoCase(request.view.desk, request.staff, file, version)
    if (undoProblem === null) return `/console/cases/${file.head.id}?undone#content`
    const now = (await loadCase(request)) ?? file
    return { status: 409, page: await show(request, now, { undoProblem }) }
  }),
  action('cases.amend', '/console/cases/:id/amend', loadCase, async (file, request) => {
    const { deps, staff, view } = request
    const form = await request.form(AmendForm)
    if (!form.ok) return { status: 400, page: await show(request, file, { amend: form.draft }) }
    const done = await amendAnswer(deps, view.desk, staff, file, form.data)
    if (done.ok) {
      deps.wake()
      return `/console/cases/${file.head.id}?amended#answers`
    }
    const now = (await loadCase(request)) ?? file
    const amend = amendDraft(view, form.draft, done.problem)
    const status = done.problem.kind === 'conflict' ? 409 : 400
    return { status, page: await show(request, now, { amend }) }
  }),
  action('cases.amend', '/console/cases/:id/mark', loadCase, async (file, request) => {
    const { staff, view } = request
    const form = await request.read(MarkForm)
    const subject = markSubjectOf(view.desk, form.subject)
    const mark = MARKS.find((one) => one === form.mark)
    if (subject === null || mark === undefined) return 'invalid'
    const done = await markForStaff(view.desk, staff, file, { subject, mark })
    if (!done) return 'conflict'
    return `/console/cases/${file.head.id}#${subject.startsWith('claim:') ? 'claims' : 'papers'}`
  }),
  action('cases.work', '/console/cases/:id/assign', loadCase, async ({ head }, request) => {
    const { staffId } = await request.read(AssignForm)
    const done = await assign(request.deps, request.staff, head, staffId === '' ? null : staffId)
    return done ? `/console/cases/${head.id}` : 'invalid'
  }),
  action('cases.work', '/console/cases/:id/comment', loadCase, async (file, request) => {
    const { deps, staff } = request
    const form = await request.form(CommentForm)
    if (!form.ok) return { status: 400, page: await show(request, file, { comment: form.draft }) }
    const { text, commentId } = form.data
    await addComment(deps, staff, file.head, { id: commentId || deps.newId(), text })
    return `/console/cases/${file.head.id}#comments`
  }),
  page(
    'cases.reveal',
    '/console/cases/:id/conversation',
    loadCase,
    async ({ head }, { deps, query, staff, view }) => {
      const { db, vault } = view.desk
      const sessions = head.contactId === null ? [] : await listConversations(db, head.contactId)
      await noteConversation(deps, staff, head)
      const talks = await Promise.all(
        sessions.map(async ({ id, channel }) => {
          const before = query('talk') === id ? Math.max(0, Number(query('before')) || 0) : 0
          const part = await loadTalkPart(db, vault, id, { before, limit: TURNS })
          return { id, channel, isPast: before > 0, ...part }
        }),
      )
      return (
        <ConversationPage
          view={view}
          caseId={head.id}
          number={head.number}
          talks={talks.filter(({ lines }) => lines.length > 0)}
        />
      )
    },
  ),
  ...fileRoutes,
]

async function show(
  { c, deps, staff, view }: CaseRequest,
  file: LoadedCase,
  more: Partial<CasePageProps> = {},
) {
  const districts = view.desk.pack.places.own.map(({ id }) => id)
  const known = { stages: view.desk.pack.stages, staff, districts }
  const list = caseListOf(
    parseQuery((name) => c.req.query(name), known),
    view.desk,
    staff,
  )
  return (
    <CasePage
      view={view}
      desk={view.desk}
      contents={await loadCaseContents(view.desk, staff, file)}
      commentId={deps.newId()}
      undo={await undoable(view.desk, staff, file)}
      beside={
        listOf(view.asked) === ''
          ? null
          : await findCasesBeside(view.desk.db, staff, list, file.head.id)
      }
      notices={await noticesOf(view.desk, staff, file)}
      {...more}
    />
  )
}

async function refuse(
  request: CaseRequest,
  file: LoadedCase,
  draft: MoveDraft,
  why: ActProblem,
): Promise<ActionOutcome> {
  const words = problemWords(request.view, request.view.desk, why)
  const told = { draft, problem: { kind: why.kind, words } }
  return { status: 400, page: await show(request, file, { told }) }
}
