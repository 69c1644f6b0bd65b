import { listDrafts } from '../../../db/knowledge/drafts.ts'
import { findEdition, listEditions } from '../../../db/knowledge/editions.ts'
import {
  listUnanswered,
  type UnansweredQuestion,
} from '../../../db/knowledge/unanswered-questions.ts'
import type { FaqEntry, PolicyPack } from '../../../db/policy/pack.ts'
import { LOCALES } from '../../../locales/keys.ts'
import { readFields } from '../../console/form.ts'
import { problemPage } from '../../console/problem-page.tsx'
import type { ConsoleContext, ConsoleDeps, ConsoleRoute } from '../../console/route.ts'
import { viewOf } from '../../console/view.ts'
import type { Policy } from '../../kernel/policy.ts'
import { baseHashOf, entryOf, livePolicy, sidesOf, undoEdition } from './commands.ts'
import { draftRoutes } from './draft-routes.tsx'
import { ConflictPage, EditionPage, EntryPage } from './entry-page.tsx'
import { FormPage } from './form-page.tsx'
import { AnswersPage, HistoryPage } from './list-page.tsx'
import { sameWords } from './same-words.ts'

const LISTED = 400
const FOUND = 20
const MISSES = 500

/** What the bot answers: every entry, writing a new one or another, what was published, and its undoing. */
export function answersRoutes(deps: ConsoleDeps): ConsoleRoute[] {
  const path = '/console/answers' as const
  return [
    {
      method: 'GET',
      path,
      rule: 'answers.read',
      handle: async (c) => {
        const live = await livePolicy(deps)
        const view = viewOf(deps, c)
        const miss = await missOf(deps, c)
        const q = c.req.query('q')?.trim().slice(0, 200) ?? ''
        const entries = find(live, q || (miss?.question ?? ''), view.locale)
        const done = c.req.query('done')
        return c.html(
          <AnswersPage
            view={view}
            entries={entries}
            total={live.pack.faq.length}
            drafts={await listDrafts(deps.db, deps.vault, deps.programme)}
            q={q}
            miss={miss}
            done={done === 'published' || done === 'discarded' ? done : null}
          />,
        )
      },
    },
    {
      method: 'GET',
      path: `${path}/history`,
      rule: 'answers.read',
      handle: async (c) => {
        const { pack } = await livePolicy(deps)
        const view = viewOf(deps, c)
        return c.html(
          <HistoryPage
            view={view}
            editions={await listEditions(deps.db, deps.programme, { limit: 200 })}
            nameOf={(id) =>
              entryOf(pack, id)?.[view.locale].question ??
              view.t('knowledge-console.removed', { id })
            }
          />,
        )
      },
    },
    {
      method: 'GET',
      path: `${path}/new`,
      rule: 'answers.write',
      handle: async (c) => {
        const { pack } = await livePolicy(deps)
        const entry = emptyEntry(
          pack,
          `staff-${deps
            .newId()
            .toLowerCase()
            .replaceAll(/[^a-z0-9-]/g, '')}`,
        )
        return writeForm(deps, c, { pack, entry, baseHash: '', miss: await missOf(deps, c) })
      },
    },
    {
      method: 'GET',
      path: `${path}/:id`,
      rule: 'answers.read',
      handle: async (c) => {
        const { pack } = await livePolicy(deps)
        const entry = entryOf(pack, c.req.param('id') ?? '')
        if (entry === null) return problemPage(deps, c, 'not-found')
        return c.html(
          <EntryPage
            view={viewOf(deps, c)}
            entry={entry}
            clauses={pack.clauses}
            editions={await listEditions(deps.db, deps.programme, { entryId: entry.id, limit: 50 })}
            done={c.req.query('done') === 'published'}
          />,
        )
      },
    },
    {
      method: 'GET',
      path: `${path}/:id/edit`,
      rule: 'answers.write',
      handle: async (c) => {
        const { pack } = await livePolicy(deps)
        const entry = entryOf(pack, c.req.param('id') ?? '')
        if (entry === null) return problemPage(deps, c, 'not-found')
        const baseHash = await baseHashOf(entry)
        return writeForm(deps, c, { pack, entry, baseHash, miss: await missOf(deps, c) })
      },
    },
    ...draftRoutes(deps),
    {
      method: 'GET',
      path: '/console/editions/:id',
      rule: 'answers.read',
      handle: async (c) => {
        const edition = await findEdition(deps.db, c.req.param('id') ?? '')
        if (edition === null) return problemPage(deps, c, 'not-found')
        const sides = await sidesOf(deps, edition)
        return c.html(<EditionPage view={viewOf(deps, c)} edition={edition} {...sides} />)
      },
    },
    {
      method: 'POST',
      path: '/console/editions/:id/undo',
      rule: 'answers.publish',
      handle: async (c) => {
        const edition = await findEdition(deps.db, c.req.param('id') ?? '')
        if (edition === null) return problemPage(deps, c, 'not-found')
        const note = (await readFields(c, ['note'])).note.trim().slice(0, 200)
        const outcome = await undoEdition(deps, c.get('staff'), edition, note)
        if (outcome.kind === 'published') {
          return c.redirect('/console/answers?done=published', 303)
        }
        const { before } = await sidesOf(deps, edition)
        c.status(409)
        return c.html(
          <ConflictPage
            view={viewOf(deps, c)}
            current={outcome.current}
            mine={before}
            by={outcome.by}
            resume={
              outcome.current === null ? '/console/answers' : `${path}/${edition.entryId}/edit`
            }
          />,
        )
      },
    },
  ]
}

/** The form for an entry; a question of somebody is put among its phrasings. */
async function writeForm(
  deps: ConsoleDeps,
  c: ConsoleContext,
  {
    pack,
    entry,
    baseHash,
    miss,
  }: { pack: PolicyPack; entry: FaqEntry; baseHash: string; miss: UnansweredQuestion | null },
): Promise<Response> {
  const written = structuredClone(entry)
  if (miss !== null) {
    const words = written[miss.locale]
    if (words.question === '') words.question = miss.question
    else words.variants.push(miss.question)
  }
  return c.html(
    <FormPage
      view={viewOf(deps, c)}
      pack={pack}
      entry={written}
      ticket={{
        draft: deps.newId(),
        baseHash,
        misses: miss === null ? [] : await alike(deps, c, miss),
        note: '',
      }}
      problems={[]}
    />,
  )
}

async function openMisses(deps: ConsoleDeps, c: ConsoleContext): Promise<UnansweredQuestion[]> {
  return listUnanswered(deps.db, deps.vault, c.get('staff'), { settled: false, limit: MISSES })
}

/** The open question that `?miss=` names, as far as this person may see it. */
async function missOf(deps: ConsoleDeps, c: ConsoleContext): Promise<UnansweredQuestion | null> {
  const id = c.req.query('miss')
  if (id === undefined) return null
  return (await openMisses(deps, c)).find((miss) => miss.id === id) ?? null
}

async function alike(
  deps: ConsoleDeps,
  c: ConsoleContext,
  one: UnansweredQuestion,
): Promise<string[]> {
  const words = sameWords(one.question)
  return (await openMisses(deps, c))
    .filter((miss) => sameWords(miss.question) === words)
    .map(({ id }) => id)
}

/** Entries that hold the words, and those the bot would think of; all where nothing is asked. */
function find({ pack, knowledge }: Policy, q: string, locale: 'zh-Hans' | 'en'): FaqEntry[] {
  if (q === '') return pack.faq.slice(0, LISTED)
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
  return [...new Set([...near, ...holds])].slice(0, LISTED)
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
