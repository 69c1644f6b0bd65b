import * as z from 'zod'
import { loadTalkPart, type TalkPart } from '../../../db/conversation/transcripts.ts'
import { countHelped } from '../../../db/handoffs/helped.ts'
import type { Handoff, InboxFilter } from '../../../db/handoffs/inbox.ts'
import {
  findHandoff,
  listCasesOfSession,
  listInbox,
  listNotes,
} from '../../../db/handoffs/inbox.ts'
import { listCanned } from '../../../db/handoffs/reply-templates.ts'
import { draftOf, type FormDraft, formKey, line, withProblem } from '../../console/form.ts'
import { ROWS } from '../../console/lists.tsx'
import { type ActionOutcome, action, nothing, type PageRequest, page } from '../../console/page.ts'
import type { ConsoleRoute } from '../../console/route.ts'
import { listPlaces } from '../../kernel/places.ts'
import { MAX_ANSWER } from '../answer.ts'
import { lastWordsMasked, loadMaskedPart } from '../masked-talk.ts'
import {
  addNote,
  answerHandoff,
  changeHandoff,
  listColleagues,
  noteLook,
  passOn,
} from './commands.ts'
import { ConversationPage } from './conversation-page.tsx'
import { streamLines } from './events.tsx'
import { HELPED_DAYS, HelpedFigures } from './helped-figures.tsx'
import { CHANNELS, InboxPage, REASONS } from './list-page.tsx'

/** Turns of a conversation on a page. */
const SHOWN = 60
/** Conversations that one look for words goes through. */
const SEARCHED = 200

const SearchForm = z.object({ words: z.string(), page: z.string() })
const AnswerForm = z.object({
  answerId: formKey(),
  text: line('console.answerProblem', { max: MAX_ANSWER }),
})
const PassForm = z.object({ to: z.string() })
const NoteForm = z.object({ text: line('console.noteProblem', { max: MAX_ANSWER }) })

/** A hand-off that this person may see; any other does not exist for them. */
const loadHandoff = ({ deps, params, staff }: PageRequest<'id'>) =>
  findHandoff(deps.db, staff, params.id)

/** Hand-offs: the list, one conversation as it goes on, and what can be done with it. */
export const inboxRoutes: readonly ConsoleRoute[] = [
  page('inbox.read', '/console/inbox', nothing, (_, request) => showInbox(request, null)),
  // What people said has no place in an address.
  action('inbox.read', '/console/inbox/search', nothing, async (_, request) => {
    const { words, page } = await request.read(SearchForm)
    return { status: 200, page: await showInbox(request, { words: words.trim(), page }) }
  }),
  page('inbox.read', '/console/inbox/search', nothing, (_, { c }) =>
    c.redirect('/console/inbox', 303),
  ),
  page('inbox.read', '/console/inbox/:id', loadHandoff, async (handoff, request) => {
    await noteLook(request.deps, request.staff, handoff, 'opened')
    return show(request, handoff, await talkOf(request, handoff), false)
  }),
  // What identifies the person, for those who may see it: each look is written down.
  action('inbox.reveal', '/console/inbox/:id/reveal', loadHandoff, async (handoff, request) => {
    const { db, vault } = request.deps
    await noteLook(request.deps, request.staff, handoff, 'revealed')
    const part = { before: beforeOf(request), limit: SHOWN }
    const talk = await loadTalkPart(db, vault, handoff.sessionId, part)
    return { status: 200, page: await show(request, handoff, talk, true) }
  }),
  page('inbox.read', '/console/inbox/:id/events', loadHandoff, (handoff, { c, deps }) =>
    streamLines(deps, c, handoff),
  ),
  action('inbox.answer', '/console/inbox/:id/answer', loadHandoff, async (handoff, request) => {
    const form = await request.form(AnswerForm)
    if (!form.ok) return again(request, handoff, { answer: form.draft })
    const { answerId: id, text } = form.data
    const done = await answerHandoff(request.deps, request.staff, handoff, { id, text })
    if (done === 'sent') return `/console/inbox/${handoff.id}?answered`
    if (done === 'invalid') return 'invalid'
    const answer = withProblem(form.draft, 'text', request.view.t('console.answerClosed'))
    return again(request, handoff, { answer }, 409)
  }),
  action('inbox.answer', '/console/inbox/:id/note', loadHandoff, async (handoff, request) => {
    const form = await request.form(NoteForm)
    if (!form.ok) return again(request, handoff, { note: form.draft })
    await addNote(request.deps, request.staff, handoff, form.data.text)
    return `/console/inbox/${handoff.id}`
  }),
  action('inbox.answer', '/console/inbox/:id/take', loadHandoff, async (handoff, request) => {
    await changeHandoff(request.deps, request.staff, handoff, 'taken')
    return `/console/inbox/${handoff.id}`
  }),
  action('inbox.answer', '/console/inbox/:id/pass', loadHandoff, async (handoff, request) => {
    const form = await request.form(PassForm)
    if (!form.ok) return again(request, handoff, { pass: form.draft })
    if (await passOn(request.deps, request.staff, handoff, form.data.to)) {
      return `/console/inbox/${handoff.id}?passed`
    }
    const problem = request.view.t('handoffs-console.passedAway')
    return again(request, handoff, { pass: withProblem(form.draft, 'to', problem) }, 409)
  }),
  action('inbox.answer', '/console/inbox/:id/close', loadHandoff, async (handoff, request) => {
    await changeHandoff(request.deps, request.staff, handoff, 'closed')
    return '/console/inbox' as const
  }),
]

/** The page once more, with what was written and was not taken. */
async function again(
  request: PageRequest<'id'>,
  handoff: Handoff,
  written: Written,
  status: 400 | 409 = 400,
): Promise<ActionOutcome> {
  return {
    status,
    page: await show(request, handoff, await talkOf(request, handoff), false, written),
  }
}

/** Before which entry the page shows what was said; 0: the last of it. */
function beforeOf({ query }: PageRequest<'id'>): number {
  const before = Number(query('before'))
  return Number.isSafeInteger(before) && before > 0 ? before : 0
}

function talkOf(request: PageRequest<'id'>, { sessionId }: Handoff): Promise<TalkPart> {
  const part = { before: beforeOf(request), limit: SHOWN }
  return loadMaskedPart(request.deps, sessionId, part, request.view.locale)
}

type Written = { answer?: FormDraft; note?: FormDraft; pass?: FormDraft }

async function show(
  request: PageRequest<'id'>,
  handoff: Handoff,
  talk: TalkPart,
  revealed: boolean,
  written: Written = {},
) {
  const { c, deps, query, staff, view } = request
  const [notes, canned, colleagues, cases] = await Promise.all([
    listNotes(deps.db, deps.vault, handoff.id),
    listCanned(deps.db, staff),
    listColleagues(deps, staff, handoff),
    view.may('cases.read') ? listCasesOfSession(deps.db, staff, handoff.sessionId) : [],
  ])
  const chosen = canned.find(({ id }) => id === query('canned'))
  return (
    <ConversationPage
      view={view}
      handoff={handoff}
      canned={canned}
      answer={written.answer ?? draftOf({ text: chosen?.words[handoff.locale] ?? '' })}
      note={written.note ?? draftOf({})}
      talk={talk}
      isPast={beforeOf(request) > 0}
      revealed={revealed}
      notes={notes}
      cases={cases}
      answerId={deps.newId()}
      answered={c.req.query('answered') !== undefined}
      colleagues={colleagues}
      pass={written.pass ?? draftOf({})}
      passed={c.req.query('passed') !== undefined}
    />
  )
}

/**
 * The list; where words are looked for, those of the next `SEARCHED` whose last words hold them, with how far the search has
 * come, since each has to be opened for it.
 */
async function showInbox(request: PageRequest, search: { words: string; page: string } | null) {
  const { deps, query, staff, view } = request
  const filter = filterOf(request)
  const isSearch = search !== null && search.words !== ''
  const since = new Date(Date.parse(deps.now()) - HELPED_DAYS * 86_400_000).toISOString()
  const helped = filter.closed ? await countHelped(deps.db, staff, since) : []
  const page = await listInbox(deps.db, staff, {
    ...filter,
    cursor: isSearch ? search.page : query('page'),
    limit: isSearch ? SEARCHED : ROWS,
  })
  const rows = await Promise.all(
    page.rows.map(async (handoff) => ({ handoff, words: await lastWordsMasked(deps, handoff) })),
  )
  const wanted = (search?.words ?? '').toLowerCase()
  return (
    <InboxPage
      view={view}
      page={page}
      rows={rows.filter((row) => row.words.toLowerCase().includes(wanted))}
      filter={filter}
      me={staff.id}
      words={search?.words ?? ''}
      figures={
        <HelpedFigures
          view={view}
          figures={helped}
          places={helped.length === 0 ? [] : await listPlaces(deps, view.locale)}
        />
      }
    />
  )
}

function filterOf({ c, query, staff }: PageRequest): InboxFilter {
  const takenBy = query('taken')
  return {
    closed: c.req.query('closed') !== undefined,
    reason: REASONS.find((reason) => reason === query('reason')),
    channel: CHANNELS.find((channel) => channel === query('channel')),
    takenBy: takenBy === 'me' ? staff.id : takenBy === 'nobody' ? null : undefined,
  }
}
