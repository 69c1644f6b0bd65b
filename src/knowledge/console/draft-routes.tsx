import * as z from 'zod'
import { type FaqDraft, findDraft } from '../../../db/knowledge/drafts.ts'
import { findUnanswered, listUnanswered } from '../../../db/knowledge/unanswered-questions.ts'
import { withEntry } from '../../../db/policy/packs.ts'
import { hashOf } from '../../../db/staff/audit.ts'
import { withProblem } from '../../console/form.ts'
import { type ActionOutcome, action, nothing, type PageRequest, page } from '../../console/page.ts'
import type { ConsoleRoute } from '../../console/route.ts'
import { currentDirectory } from '../../kernel/offices/directory.ts'
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
import { checkEntry, EntryForm, formOfEntry, readEntry } from './parse-entry.ts'

const TryForm = z.object({ asked: z.string() })
const PublishForm = z.object({ seen: z.string() })
const ID = /^[\w-]{1,60}$/
const OPEN_QUESTIONS = 200

const loadDraft = ({ deps, params }: PageRequest<'id'>) => findDraft(deps.db, deps.vault, params.id)

/** Drafts: kept with the form, looked over, tried, published or given up. */
export const draftRoutes: readonly ConsoleRoute[] = [
  action('answers.write', '/console/drafts', nothing, (_, request) => keep(request)),
  page('answers.read', '/console/drafts/:id', loadDraft, (draft, request) =>
    show(request, draft, null),
  ),
  action('answers.write', '/console/drafts/:id/try', loadDraft, async (draft, request) => {
    const { asked } = await request.read(TryForm)
    return { status: 200, page: await show(request, draft, asked.trim().slice(0, 200) || null) }
  }),
  page('answers.write', '/console/drafts/:id/edit', loadDraft, async (draft, { c, deps, view }) => {
    const { pack } = await livePolicy(deps)
    // After a conflict one goes on from what stands now, having seen it.
    const rebased = c.req.query('rebase') !== undefined
    const current = entryOf(pack, draft.entry.id)
    const { id, entry, misses, note } = draft
    const baseHash = rebased ? await baseHashOf(current) : draft.baseHash
    const form = formOfEntry(entry, { draft: id, baseHash, misses, note })
    return <FormPage view={view} pack={pack} draft={form} />
  }),
  action('answers.publish', '/console/drafts/:id/publish', loadDraft, async (draft, request) => {
    const { deps, staff, view } = request
    const { seen } = await request.read(PublishForm)
    if (seen === '') return 'invalid'
    if (seen !== (await seenOf(draft))) return 'conflict'
    const { pack } = await livePolicy(deps)
    const edit = `/console/drafts/${draft.id}/edit` as const
    const { phones } = await currentDirectory(deps)
    if (checkEntry(draft.entry, pack, phones).length > 0) return edit
    const outcome = await publishDraft(deps, staff, draft)
    if (outcome.kind === 'published') return `/console/answers/${draft.entry.id}?done=published`
    const page = (
      <ConflictPage
        view={view}
        current={outcome.current}
        mine={draft.entry}
        by={outcome.by}
        resume={`${edit}?rebase`}
      />
    )
    return { status: 409, page }
  }),
  action('answers.write', '/console/drafts/:id/discard', loadDraft, async (draft, request) => {
    await discardDraft(request.deps, request.staff, draft)
    return '/console/answers?done=discarded' as const
  }),
]

/** The words that a click on "publish" means: a draft that was changed meanwhile is another one. */
function seenOf(draft: FaqDraft): Promise<string> {
  return hashOf({ entry: draft.entry, base: draft.baseHash })
}

async function keep(request: PageRequest): Promise<ActionOutcome> {
  const { deps, staff, view } = request
  const form = await request.form(EntryForm)
  if (!form.ok) return 'invalid'
  const { entry: id, draft, baseHash, note } = form.data
  const { pack } = await livePolicy(deps)
  if (!ID.test(draft) || !/^[a-z0-9-]{1,80}$/.test(id)) return 'invalid'
  const entry = readEntry(form.data, entryOf(pack, id))
  const { phones } = await currentDirectory(deps)
  const problems = checkEntry(entry, pack, phones)
  if (problems.length > 0) {
    const told = problems.reduce(
      (kept, { field, key, what = '' }) =>
        field in kept.problems
          ? kept
          : withProblem(kept, field, view.t(`knowledge-console.${key}`, { what })),
      form.draft,
    )
    return { status: 400, page: <FormPage view={view} pack={pack} draft={told} /> }
  }
  const older = await findDraft(deps.db, deps.vault, draft)
  if (older !== null && older.entry.id !== id) return 'invalid'
  // Only questions that this person may see are settled with it.
  const asked = form.data.miss
  const seen = await findUnanswered(deps.db, deps.vault, staff, ({ id }) => asked.includes(id))
  const misses = asked.filter(
    (miss) => older?.misses.includes(miss) || seen.some((one) => one.id === miss),
  )
  await keepDraft(deps, staff, { id: draft, entry, baseHash, note, misses })
  return `/console/drafts/${draft}`
}

async function show({ deps, staff, view }: PageRequest, draft: FaqDraft, asked: string | null) {
  const live = await livePolicy(deps)
  const next = createPolicy(withEntry(live.pack, draft.entry), `draft ${draft.id}`)
  const filter = { settled: false, limit: OPEN_QUESTIONS }
  const { rows: open } = await listUnanswered(deps.db, deps.vault, staff, filter)
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
  return (
    <DraftPage
      view={view}
      draft={draft}
      current={entryOf(live.pack, draft.entry.id)}
      seen={await seenOf(draft)}
      live={live}
      next={next}
      comparison={await compare(live, next, draft.entry.id, open)}
      tried={tried}
    />
  )
}
