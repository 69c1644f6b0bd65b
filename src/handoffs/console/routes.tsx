import { loadSessionTranscript, type TranscriptLine } from '../../../db/conversation/transcripts.ts'
import type { Handoff, InboxFilter } from '../../../db/handoffs/inbox.ts'
import { findHandoff, listInbox, listNotes } from '../../../db/handoffs/inbox.ts'
import { listCanned } from '../../../db/handoffs/reply-templates.ts'
import { readFields } from '../../console/form.ts'
import { problemPage } from '../../console/problem-page.tsx'
import type { ConsoleContext, ConsoleDeps, ConsoleRoute } from '../../console/route.ts'
import { viewOf } from '../../console/view.ts'
import { lastWordsMasked, loadMaskedTalk } from '../masked-talk.ts'
import { addNote, answerHandoff, changeHandoff, noteLook } from './commands.ts'
import { ConversationPage } from './conversation-page.tsx'
import { streamLines } from './events.tsx'
import { CHANNELS, InboxPage, REASONS } from './list-page.tsx'

const LISTED = 200
/** Turns of a conversation that open with the page. */
const SHOWN = 60

/** Hand-offs: the list, one conversation as it goes on, and what can be done with it. */
export function inboxRoutes(deps: ConsoleDeps): ConsoleRoute[] {
  /** Runs for a hand-off that this person may see; any other does not exist for them. */
  const withHandoff =
    (use: (c: ConsoleContext, handoff: Handoff) => Promise<Response>) =>
    async (c: ConsoleContext) => {
      const handoff = await findHandoff(deps.db, c.get('staff'), c.req.param('id') ?? '')
      return handoff === null ? problemPage(deps, c, 'not-found') : use(c, handoff)
    }
  const back = (c: ConsoleContext, { id }: Handoff) => c.redirect(`/console/inbox/${id}`, 303)

  const show = async (
    c: ConsoleContext,
    handoff: Handoff,
    lines: readonly TranscriptLine[],
    revealed: boolean,
  ) => {
    const [notes, canned] = await Promise.all([
      listNotes(deps.db, deps.vault, handoff.id),
      listCanned(deps.db, c.get('staff')),
    ])
    const chosen = canned.find(({ id }) => id === c.req.query('canned'))
    return c.html(
      <ConversationPage
        view={viewOf(deps, c)}
        handoff={handoff}
        canned={canned}
        text={chosen?.words[handoff.locale] ?? ''}
        lines={lines}
        revealed={revealed}
        notes={notes}
        answerId={deps.newId()}
        answered={c.req.query('answered') !== undefined}
      />,
    )
  }

  return [
    {
      method: 'GET',
      path: '/console/inbox',
      rule: 'inbox.read',
      handle: (c) => showInbox(deps, c, ''),
    },
    {
      // What people said has no place in an address.
      method: 'POST',
      path: '/console/inbox/search',
      rule: 'inbox.read',
      handle: async (c) => showInbox(deps, c, (await readFields(c, ['words'])).words.trim()),
    },
    {
      method: 'GET',
      path: '/console/inbox/search',
      rule: 'inbox.read',
      handle: (c) => c.redirect('/console/inbox', 303),
    },
    {
      method: 'GET',
      path: '/console/inbox/:id',
      rule: 'inbox.read',
      handle: withHandoff(async (c, handoff) => {
        await noteLook(deps, c.get('staff'), handoff, 'opened')
        return show(
          c,
          handoff,
          await loadMaskedTalk(deps, handoff.sessionId, 0, SHOWN, c.get('locale')),
          false,
        )
      }),
    },
    {
      // What identifies the person, for those who may see it: each look is written down.
      method: 'POST',
      path: '/console/inbox/:id/reveal',
      rule: 'inbox.reveal',
      handle: withHandoff(async (c, handoff) => {
        await noteLook(deps, c.get('staff'), handoff, 'revealed')
        const { db, vault } = deps
        return show(
          c,
          handoff,
          await loadSessionTranscript(db, vault, handoff.sessionId, 0, SHOWN),
          true,
        )
      }),
    },
    {
      method: 'GET',
      path: '/console/inbox/:id/events',
      rule: 'inbox.read',
      handle: withHandoff(async (c, handoff) => streamLines(deps, c, handoff)),
    },
    {
      method: 'POST',
      path: '/console/inbox/:id/answer',
      rule: 'inbox.answer',
      handle: withHandoff(async (c, handoff) => {
        const { answerId, text } = await readFields(c, ['answerId', 'text'])
        const done = await answerHandoff(deps, c.get('staff'), handoff, { id: answerId, text })
        if (done === 'invalid') return problemPage(deps, c, 'invalid')
        if (done === 'closed') return problemPage(deps, c, 'conflict')
        return c.redirect(`/console/inbox/${handoff.id}?answered`, 303)
      }),
    },
    {
      method: 'POST',
      path: '/console/inbox/:id/note',
      rule: 'inbox.answer',
      handle: withHandoff(async (c, handoff) => {
        const { text } = await readFields(c, ['text'])
        if (text.trim() === '') return problemPage(deps, c, 'invalid')
        await addNote(deps, c.get('staff'), handoff, text.trim())
        return back(c, handoff)
      }),
    },
    {
      method: 'POST',
      path: '/console/inbox/:id/take',
      rule: 'inbox.answer',
      handle: withHandoff(async (c, handoff) => {
        await changeHandoff(deps, c.get('staff'), handoff, 'taken')
        return back(c, handoff)
      }),
    },
    {
      method: 'POST',
      path: '/console/inbox/:id/close',
      rule: 'inbox.answer',
      handle: withHandoff(async (c, handoff) => {
        await changeHandoff(deps, c.get('staff'), handoff, 'closed')
        return c.redirect('/console/inbox', 303)
      }),
    },
  ]
}

/** The list, of those whose last words hold `words` where some are given. */
async function showInbox(deps: ConsoleDeps, c: ConsoleContext, words: string): Promise<Response> {
  const filter = filterOf(c)
  const handoffs = await listInbox(deps.db, c.get('staff'), { ...filter, limit: LISTED })
  const rows = await Promise.all(
    handoffs.map(async (handoff) => ({
      handoff,
      words: await lastWordsMasked(deps, handoff),
    })),
  )
  const wanted = words.toLowerCase()
  return c.html(
    <InboxPage
      view={viewOf(deps, c)}
      rows={rows.filter((row) => row.words.toLowerCase().includes(wanted))}
      filter={filter}
      me={c.get('staff').id}
      words={words}
    />,
  )
}

function filterOf(c: ConsoleContext): InboxFilter {
  const takenBy = c.req.query('taken')
  return {
    closed: c.req.query('closed') !== undefined,
    reason: REASONS.find((reason) => reason === c.req.query('reason')),
    channel: CHANNELS.find((channel) => channel === c.req.query('channel')),
    takenBy: takenBy === 'me' ? c.get('staff').id : takenBy === 'nobody' ? null : undefined,
  }
}
