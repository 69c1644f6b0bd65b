import * as z from 'zod'
import { slicePage } from '../../../db/core/list-page.ts'
import { listDrafts } from '../../../db/knowledge/drafts.ts'
import { findEdition, listEditions } from '../../../db/knowledge/editions.ts'
import {
  findOpenQuestion,
  findUnanswered,
  type UnansweredQuestion,
} from '../../../db/knowledge/unanswered-questions.ts'
import type { FaqEntry, PolicyPack } from '../../../db/policy/pack.ts'
import { LOCALES } from '../../../locales/keys.ts'
import { ROWS } from '../../console/lists.tsx'
import { action, nothing, type PageRequest, page } from '../../console/page.ts'
import type { ConsoleRoute } from '../../console/route.ts'
import type { Policy } from '../../kernel/policy.ts'
import { baseHashOf, entryOf, livePolicy, sidesOf, undoEdition } from './commands.ts'
import { draftRoutes } from './draft-routes.tsx'
import { ConflictPage, EditionPage, EntryPage } from './entry-page.tsx'
import { FormPage } from './form-page.tsx'
import { AnswersPage, HistoryPage } from './list-page.tsx'
import { formOfEntry } from './parse-entry.ts'
import { sameWords } from './same-words.ts'

const UndoForm = z.object({ note: z.string() })
const FOUND = 20

/** What the bot answers: every entry, writing a new one or another, what was published, and its undoing. */
export const answersRoutes: readonly ConsoleRoute[] = [
  page('answers.read', '/console/answers', nothing, async (_, request) => {
    const { deps, query, view } = request
    const live = await livePolicy(deps)
    const miss = await missOf(request)
    const q = query('q').trim().slice(0, 200)
    const found = find(live, q || (miss?.question ?? ''), view.locale)
    const done = (['published', 'discarded'] as const).find((one) => one === query('done'))
    return (
      <AnswersPage
        view={view}
        page={slicePage(found, query('page'), ROWS)}
        total={live.pack.faq.length}
        drafts={await listDrafts(deps.db, deps.vault, deps.programme)}
        q={q}
        miss={miss}
        done={done ?? null}
      />
    )
  }),
  page('answers.read', '/console/answers/history', nothing, async (_, { deps, query, view }) => {
    const { pack } = await livePolicy(deps)
    const nameOf = (id: string) =>
      entryOf(pack, id)?.[view.locale].question ?? view.t('knowledge-console.removed', { id })
    const asked = { limit: ROWS, cursor: query('page') }
    const editions = await listEditions(deps.db, deps.programme, asked)
    return <HistoryPage view={view} page={editions} nameOf={nameOf} />
  }),
  page('answers.write', '/console/answers/new', nothing, async (_, request) => {
    const { deps } = request
    const { pack } = await livePolicy(deps)
    const id = deps
      .newId()
      .toLowerCase()
      .replaceAll(/[^a-z0-9-]/g, '')
    return writeForm(request, { pack, entry: emptyEntry(pack, `staff-${id}`), baseHash: '' })
  }),
  page('answers.read', '/console/answers/:id', loadEntry, async ({ pack, entry }, request) => {
    const { deps, query, view } = request
    const asked = { entryId: entry.id, limit: ROWS, cursor: query('page') }
    const editions = await listEditions(deps.db, deps.programme, asked)
    return (
      <EntryPage
        view={view}
        entry={entry}
        clauses={pack.clauses}
        page={editions}
        done={query('done') === 'published'}
      />
    )
  }),
  page('answers.write', '/console/answers/:id/edit', loadEntry, async (found, request) =>
    writeForm(request, { ...found, baseHash: await baseHashOf(found.entry) }),
  ),
  ...draftRoutes,
  page('answers.read', '/console/editions/:id', loadEdition, async (edition, { deps, view }) => {
    const { before, after } = await sidesOf(deps, edition)
    return <EditionPage view={view} edition={edition} before={before} after={after} />
  }),
  action('answers.publish', '/console/editions/:id/undo', loadEdition, async (edition, request) => {
    const { deps, staff, view } = request
    const { note } = await request.read(UndoForm)
    const outcome = await undoEdition(deps, staff, edition, note.trim().slice(0, 200))
    if (outcome.kind === 'published') return '/console/answers?done=published'
    const { current, by } = outcome
    const { before } = await sidesOf(deps, edition)
    const resume =
      current === null ? '/console/answers' : `/console/answers/${edition.entryId}/edit`
    const page = (
      <ConflictPage view={view} current={current} mine={before} by={by} resume={resume} />
    )
    return { status: 409, page }
  }),
]

async function loadEntry({ deps, params }: PageRequest<'id'>) {
  const { pack } = await livePolicy(deps)
  const entry = entryOf(pack, params.id)
  return entry === null ? null : { pack, entry }
}

function loadEdition({ deps, params }: PageRequest<'id'>) {
  return findEdition(deps.db, params.id)
}

/** The form for an entry; a question of somebody is put among its phrasings. */
async function writeForm(
  request: PageRequest,
  { pack, entry, baseHash }: { pack: PolicyPack; entry: FaqEntry; baseHash: string },
) {
  const written = structuredClone(entry)
  const miss = await missOf(request)
  if (miss !== null) {
    const words = written[miss.locale]
    if (words.question === '') words.question = miss.question
    else words.variants.push(miss.question)
  }
  const misses = miss === null ? [] : await alike(request, miss)
  const draft = formOfEntry(written, { draft: request.deps.newId(), baseHash, misses, note: '' })
  return <FormPage view={request.view} pack={pack} draft={draft} />
}

/** The open question that `?miss=` names, as far as this person may see it. */
async function missOf(request: PageRequest): Promise<UnansweredQuestion | null> {
  const { deps, query, staff } = request
  const id = query('miss')
  return id === '' ? null : findOpenQuestion(deps.db, deps.vault, staff, id)
}

async function alike({ deps, staff }: PageRequest, one: UnansweredQuestion): Promise<string[]> {
  const words = sameWords(one.question)
  const same = await findUnanswered(
    deps.db,
    deps.vault,
    staff,
    ({ question }) => sameWords(question) === words,
  )
  return same.map(({ id }) => id)
}

/** Entries that hold the words, and those the bot would think of; all where nothing is asked. */
function find(
  { pack, knowledge }: Policy,
  q: string,
  locale: 'zh-Hans' | 'en',
): readonly FaqEntry[] {
  if (q === '') return pack.faq
  const words = q.toLowerCase()
  const holds = pack.faq.filter((entry) =>
    LOCALES.some((tongue) =>
      [entry[tongue].question, entry[tongue].answer, ...entry[tongue].variants].some((text) =>
        text.toLowerCase().includes(words),
      ),
    ),
  )
  const near = knowledge
    .rank(q, locale)
    .slice(0, FOUND)
    .flatMap(({ entry }) => entryOf(pack, entry.id) ?? [])
  return [...new Set([...near, ...holds])]
}

function emptyEntry(pack: PolicyPack, id: string): FaqEntry {
  const words = { question: '', answer: '', variants: [] }
  return {
    id,
    topic: pack.faq[0]?.topic ?? '',
    basis: 'plan',
    clauses: [],
    sources: [],
    'zh-Hans': structuredClone(words),
    en: structuredClone(words),
    related: [],
  }
}
