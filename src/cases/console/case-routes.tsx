import { openCase } from '../../../db/cases/content.ts'
import { listConversations } from '../../../db/cases/staff-cases.ts'
import { loadSessionTranscript } from '../../../db/conversation/transcripts.ts'
import { type MoveDraft, readDraft } from '../../console/draft.ts'
import { readFields } from '../../console/form.ts'
import { problemPage } from '../../console/problem-page.tsx'
import type { ConsoleContext, ConsoleDeps, ConsoleRoute } from '../../console/route.ts'
import { viewOf } from '../../console/view.ts'
import { actOnCase, type CaseDeskContext, previewAct } from '../act-on-case.ts'
import { fullValue, Revealed } from './answers.tsx'
import { CasePage, type CasePageProps } from './case-page.tsx'
import { addComment, assign, noteConversation, noteReveal } from './commands.ts'
import { ConflictPage } from './conflict-page.tsx'
import { ConversationPage } from './conversation-page.tsx'
import { fileRoutes } from './file-routes.tsx'
import { loadCaseContents, type StaffCase } from './load-case.ts'
import { Preview } from './preview.tsx'
import { type ActProblem, MAX_NOTE, moveLabel, problemWords } from './problem-words.ts'
import { createWithCase } from './with-case.ts'

/** Turns of a conversation that are shown. */
const TURNS = 100

/** One application: its page, and all that can be done on it. */
export function caseRoutes(deps: ConsoleDeps): ConsoleRoute[] {
  const withCase = createWithCase(deps)
  const show = async (
    c: ConsoleContext,
    desk: CaseDeskContext,
    file: StaffCase,
    more: Partial<CasePageProps> = {},
  ) =>
    c.html(
      <CasePage
        view={viewOf(deps, c)}
        desk={desk}
        contents={await loadCaseContents(desk, c.get('staff'), file)}
        commentId={deps.newId()}
        {...more}
      />,
    )

  const refuse = async (
    c: ConsoleContext,
    desk: CaseDeskContext,
    file: StaffCase,
    draft: MoveDraft,
    problem: ActProblem,
  ) => {
    c.status(400)
    const words = problemWords(viewOf(deps, c), desk, problem)
    return show(c, desk, file, { draft, problem: words })
  }

  return [
    {
      method: 'GET',
      path: '/console/cases/:id',
      rule: 'cases.read',
      handle: withCase((c, desk, file) => {
        const view = viewOf(deps, c)
        const moved = c.req.query('moved')
        const known = desk.pack.stages.moves.some(({ id }) => id === moved)
        if (moved === undefined || !known) return show(c, desk, file)
        const told = view.t(
          c.req.query('told') === undefined ? 'cases-console.notTold' : 'cases-console.told',
        )
        const move = moveLabel(view, desk, moved)
        return show(c, desk, file, {
          done: [view.t('cases-console.moved', { move }), told].join(
            view.locale === 'en' ? ' ' : '',
          ),
        })
      }),
    },
    {
      method: 'POST',
      path: '/console/cases/:id/move',
      rule: 'cases.decide',
      handle: withCase(async (c, desk, file) => {
        const draft = await readDraft(c)
        if (draft.note.length > MAX_NOTE) return refuse(c, desk, file, draft, { kind: 'note-long' })
        const { head } = file
        const acted = await actOnCase(desk, c.get('staff'), { ...draft, number: head.number })
        if (acted.ok) {
          deps.wake()
          const told = acted.notified || acted.again ? '&told' : ''
          return c.redirect(
            `/console/cases/${head.id}?moved=${acted.event.move}${told}#content`,
            303,
          )
        }
        if (acted.problem.kind !== 'conflict') return refuse(c, desk, file, draft, acted.problem)
        c.status(409)
        return c.html(
          <ConflictPage
            view={viewOf(deps, c)}
            desk={desk}
            caseId={head.id}
            by={acted.problem.by}
            draft={draft}
          />,
        )
      }),
    },
    {
      method: 'POST',
      path: '/console/cases/:id/resume',
      rule: 'cases.decide',
      handle: withCase(async (c, desk, file) => show(c, desk, file, { draft: await readDraft(c) })),
    },
    {
      method: 'POST',
      path: '/console/cases/:id/preview',
      rule: 'cases.decide',
      handle: withCase(async (c, desk, { head }) => {
        const request = { ...(await readDraft(c)), number: head.number }
        const planned = await previewAct(desk, c.get('staff'), request)
        return c.html(<Preview view={viewOf(deps, c)} desk={desk} planned={planned} />)
      }),
    },
    {
      method: 'POST',
      path: '/console/cases/:id/reveal',
      rule: 'cases.reveal',
      handle: withCase(async (c, desk, file) => {
        const { field, why } = await readFields(c, ['field', 'why'])
        const isPersonal = desk.pack.form.fields.some((one) => one.id === field && one.personal)
        const content = isPersonal ? await openCase(desk.db, desk.vault, file.head.id) : null
        if (content === null) return problemPage(deps, c, 'invalid')
        await noteReveal(deps, c.get('staff'), file.head, { field, why })
        return c.req.header('HX-Request') === undefined
          ? show(c, desk, file, { revealed: field })
          : c.html(<Revealed field={field} value={fullValue(content.answers, field)} />)
      }),
    },
    {
      method: 'POST',
      path: '/console/cases/:id/assign',
      rule: 'cases.work',
      handle: withCase(async (c, _desk, { head }) => {
        const { staffId } = await readFields(c, ['staffId'])
        const done = await assign(deps, c.get('staff'), head, staffId === '' ? null : staffId)
        return done ? c.redirect(`/console/cases/${head.id}`, 303) : problemPage(deps, c, 'invalid')
      }),
    },
    {
      method: 'POST',
      path: '/console/cases/:id/comment',
      rule: 'cases.work',
      handle: withCase(async (c, desk, file) => {
        const { text, commentId } = await readFields(c, ['text', 'commentId'])
        const done = await addComment(deps, c.get('staff'), file.head, { id: commentId, text })
        if (done === 'added') return c.redirect(`/console/cases/${file.head.id}#comments`, 303)
        c.status(400)
        const problem = viewOf(deps, c).t(
          done === 'empty' ? 'cases-console.commentEmpty' : 'cases-console.commentLong',
          {
            most: MAX_NOTE,
          },
        )
        return show(c, desk, file, { comment: { text, problem } })
      }),
    },
    {
      method: 'GET',
      path: '/console/cases/:id/conversation',
      rule: 'cases.reveal',
      handle: withCase(async (c, { db, vault }, { head }) => {
        const sessions = head.contactId === null ? [] : await listConversations(db, head.contactId)
        await noteConversation(deps, c.get('staff'), head)
        const talks = await Promise.all(
          sessions.map(async ({ id, channel }) => ({
            channel,
            lines: await loadSessionTranscript(db, vault, id, 0, TURNS),
          })),
        )
        return c.html(
          <ConversationPage
            view={viewOf(deps, c)}
            caseId={head.id}
            number={head.number}
            talks={talks.filter(({ lines }) => lines.length > 0)}
          />,
        )
      }),
    },
    ...fileRoutes(deps, withCase),
  ]
}
