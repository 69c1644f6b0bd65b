import { type FaqDraft, findDraft } from '../../../db/knowledge/drafts.ts'
import { listUnanswered } from '../../../db/knowledge/unanswered-questions.ts'
import { withEntry } from '../../../db/policy/packs.ts'
import { hashOf } from '../../../db/staff/audit.ts'
import { readFields, textsOf } from '../../console/form.ts'
import { problemPage } from '../../console/problem-page.tsx'
import type { ConsoleContext, ConsoleDeps, ConsoleRoute } from '../../console/route.ts'
import { viewOf } from '../../console/view.ts'
import { createPolicy } from '../../kernel/policy.ts'
import {
  baseHashOf,
  discardDraft,
  entryOf,
  keepDraft,
  livePolicy,
  publishDraft,
} from './commands.ts'
import { compare } from './compare.ts'
import { DraftPage, type Tried } from './draft-page.tsx'
import { ConflictPage } from './entry-page.tsx'
import { FormPage } from './form-page.tsx'
import { checkEntry, readEntry } from './parse-entry.ts'

const ID = /^[\w-]{1,60}$/
const OPEN_QUESTIONS = 200

/** Drafts: kept with the form, looked over, tried, published or given up. */
export function draftRoutes(deps: ConsoleDeps): ConsoleRoute[] {
  const withDraft =
    (use: (c: ConsoleContext, draft: FaqDraft) => Promise<Response>) =>
    async (c: ConsoleContext) => {
      const draft = await findDraft(deps.db, deps.vault, c.req.param('id') ?? '')
      return draft === null ? problemPage(deps, c, 'not-found') : use(c, draft)
    }
  return [
    {
      method: 'POST',
      path: '/console/drafts',
      rule: 'answers.write',
      handle: (c) => keep(deps, c),
    },
    {
      method: 'GET',
      path: '/console/drafts/:id',
      rule: 'answers.read',
      handle: withDraft((c, draft) => show(deps, c, draft, null)),
    },
    {
      method: 'POST',
      path: '/console/drafts/:id/try',
      rule: 'answers.write',
      handle: withDraft(async (c, draft) => {
        const { asked } = await readFields(c, ['asked'])
        return show(deps, c, draft, asked.trim().slice(0, 200) || null)
      }),
    },
    {
      method: 'GET',
      path: '/console/drafts/:id/edit',
      rule: 'answers.write',
      handle: withDraft(async (c, draft) => {
        const { pack } = await livePolicy(deps)
        // After a conflict one goes on from what stands now, having seen it.
        const rebased = c.req.query('rebase') !== undefined
        const current = entryOf(pack, draft.entry.id)
        return c.html(
          <FormPage
            view={viewOf(deps, c)}
            pack={pack}
            entry={draft.entry}
            ticket={{
              draft: draft.id,
              baseHash: rebased ? await baseHashOf(current) : draft.baseHash,
              misses: draft.misses,
              note: draft.note,
            }}
            problems={[]}
          />,
        )
      }),
    },
    {
      method: 'POST',
      path: '/console/drafts/:id/publish',
      rule: 'answers.publish',
      handle: withDraft(async (c, draft) => {
        const { seen } = await readFields(c, ['seen'])
        if (seen === '') return problemPage(deps, c, 'invalid')
        if (seen !== (await seenOf(draft))) return problemPage(deps, c, 'conflict')
        const { pack } = await livePolicy(deps)
        if (checkEntry(draft.entry, pack).length > 0) {
          return c.redirect(`/console/drafts/${draft.id}/edit`, 303)
        }
        const outcome = await publishDraft(deps, c.get('staff'), draft)
        if (outcome.kind === 'published') {
          return c.redirect(`/console/answers/${draft.entry.id}?done=published`, 303)
        }
        c.status(409)
        return c.html(
          <ConflictPage
            view={viewOf(deps, c)}
            current={outcome.current}
            mine={draft.entry}
            by={outcome.by}
            resume={`/console/drafts/${draft.id}/edit?rebase`}
          />,
        )
      }),
    },
    {
      method: 'POST',
      path: '/console/drafts/:id/discard',
      rule: 'answers.write',
      handle: withDraft(async (c, draft) => {
        await discardDraft(deps, c.get('staff'), draft)
        return c.redirect('/console/answers?done=discarded', 303)
      }),
    },
  ]
}

/** The words that a click on "publish" means: a draft that was changed meanwhile is another one. */
function seenOf(draft: FaqDraft): Promise<string> {
  return hashOf({ entry: draft.entry, base: draft.baseHash })
}

async function keep(deps: ConsoleDeps, c: ConsoleContext): Promise<Response> {
  const form: Record<string, unknown> = await c.req.parseBody({ all: true })
  const text = (name: string) => (textsOf(form[name])[0] ?? '').trim()
  const id = text('entry')
  const { pack } = await livePolicy(deps)
  if (!ID.test(text('draft')) || !/^[a-z0-9-]{1,80}$/.test(id))
    return problemPage(deps, c, 'invalid')
  const ticket = {
    draft: text('draft'),
    baseHash: text('baseHash'),
    misses: textsOf(form.miss).filter((miss) => miss.length < 80),
    note: text('note').slice(0, 200),
  }
  const entry = readEntry(form, id, entryOf(pack, id))
  const problems = checkEntry(entry, pack)
  if (problems.length > 0) {
    c.status(400)
    const view = viewOf(deps, c)
    return c.html(
      <FormPage view={view} pack={pack} entry={entry} ticket={ticket} problems={problems} />,
    )
  }
  const older = await findDraft(deps.db, deps.vault, ticket.draft)
  if (older !== null && older.entry.id !== id) return problemPage(deps, c, 'invalid')
  // Only questions that this person may see are settled with it.
  const seen = await listUnanswered(deps.db, deps.vault, c.get('staff'), {
    settled: false,
    limit: 500,
  })
  const misses = ticket.misses.filter(
    (miss) => older?.misses.includes(miss) || seen.some((one) => one.id === miss),
  )
  await keepDraft(deps, c.get('staff'), {
    id: ticket.draft,
    entry,
    baseHash: ticket.baseHash,
    note: ticket.note,
    misses,
  })
  return c.redirect(`/console/drafts/${ticket.draft}`, 303)
}

async function show(
  deps: ConsoleDeps,
  c: ConsoleContext,
  draft: FaqDraft,
  asked: string | null,
): Promise<Response> {
  const view = viewOf(deps, c)
  const live = await livePolicy(deps)
  const next = createPolicy(withEntry(live.pack, draft.entry), `draft ${draft.id}`)
  const open = await listUnanswered(deps.db, deps.vault, c.get('staff'), {
    settled: false,
    limit: OPEN_QUESTIONS,
  })
  const locale = asked !== null && !/\p{Script=Han}/u.test(asked) ? 'en' : 'zh-Hans'
  const query = { kind: 'policy-answer', question: asked ?? '' } as const
  const tried: Tried | null =
    asked === null
      ? null
      : {
          question: asked,
          locale,
          before: live.answer(query, locale),
          after: next.answer(query, locale),
        }
  return c.html(
    <DraftPage
      view={view}
      draft={draft}
      current={entryOf(live.pack, draft.entry.id)}
      seen={await seenOf(draft)}
      live={live}
      next={next}
      comparison={await compare(live, next, draft.entry.id, open)}
      tried={tried}
    />,
  )
}
