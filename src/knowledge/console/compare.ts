import type { Decision } from '../../../flows/knowledge/types.ts'
import { keepRecent } from '../../../flows/recent.ts'
import { LOCALES, type Locale } from '../../../locales/keys.ts'
import type { Policy } from '../../kernel/policy.ts'

/** A question with the language it is asked in. */
export type StoredQuestion = { question: string; locale: Locale }

/** Where a question leads: an entry or clause by id, or what is done instead. */
export type Lead = { kind: Decision['kind']; id: string | null }

/** A question that an edit leads elsewhere. */
type Change = StoredQuestion & { before: Lead; after: Lead }

export type Comparison = {
  /** How many questions were tried. */
  tried: number
  /** Phrasings of other entries, and the pack's touchstones, that lead elsewhere than today. */
  changes: readonly Change[]
  /** The entry's own phrasings that do not find it. */
  lost: readonly StoredQuestion[]
  /** Open questions of people that it answers from now on. */
  gained: readonly StoredQuestion[]
}

/** So many neighbours of each phrasing, and of all of them together, are looked at. */
const NEAR = 5
const MOST_ENTRIES = 30

/** So many are tried before others get their turn: a preview must not hold up conversations. */
const AT_A_TIME = 40

const MOST_LEADS = 5000
/** Where today's questions lead; kept while that revision lives. */
const leads = new WeakMap<Policy, Map<string, Lead>>()

/**
 * Tries a draft of an entry against what answers today: the touchstones, all phrasings of the entries
 * nearest to it (a stored phrasing finds its own entry, so that those further off cannot change), the
 * entry's own phrasings, old and new, and people's open questions.
 */
export async function compare(
  live: Policy,
  next: Policy,
  entryId: string,
  open: readonly StoredQuestion[],
): Promise<Comparison> {
  const own = phrasingsOf(next, entryId)
  const near = new Set(
    own.flatMap(({ question, locale }) =>
      next.knowledge
        .rank(question, locale)
        .slice(0, NEAR)
        .map(({ entry }) => entry.id),
    ),
  )
  near.delete(entryId)
  const kept = new Set(own.map(({ question, locale }) => `${locale} ${question}`))
  const others = [
    ...(live.pack.touchstones ?? []),
    ...[
      ...phrasingsOf(live, entryId),
      ...[...near].slice(0, MOST_ENTRIES).flatMap((id) => phrasingsOf(next, id)),
    ].filter(({ question, locale }) => !kept.has(`${locale} ${question}`)),
  ]
  const changes: Change[] = []
  await inTurns(others, (asked) => {
    const [before, after] = [known(live, asked), leadOf(next, asked)]
    if (before.kind !== after.kind || before.id !== after.id)
      changes.push({ ...asked, before, after })
  })
  const lost: StoredQuestion[] = []
  await inTurns(own, (asked) => {
    if (leadOf(next, asked).id !== entryId) lost.push(asked)
  })
  const gained: StoredQuestion[] = []
  await inTurns(open, (asked) => {
    if (known(live, asked).id !== entryId && leadOf(next, asked).id === entryId) gained.push(asked)
  })
  return { tried: others.length + own.length + open.length, changes, lost, gained }
}

function phrasingsOf({ pack }: Policy, id: string): StoredQuestion[] {
  const entry = pack.faq.find((one) => one.id === id)
  if (entry === undefined) return []
  return LOCALES.flatMap((locale) =>
    [entry[locale].question, ...entry[locale].variants].map((question) => ({ question, locale })),
  )
}

/** Where a question leads in a revision. */
function leadOf({ knowledge }: Policy, { question, locale }: StoredQuestion): Lead {
  const decision = knowledge.decide(question, locale)
  switch (decision.kind) {
    case 'answer':
    case 'not-stated':
      return { kind: decision.kind, id: decision.entry.id }
    case 'clause':
      return { kind: 'clause', id: decision.clause.id }
    default:
      return { kind: decision.kind, id: null }
  }
}

function known(policy: Policy, asked: StoredQuestion): Lead {
  const kept = leads.get(policy) ?? new Map<string, Lead>()
  leads.set(policy, kept)
  const key = `${asked.locale} ${asked.question}`
  return kept.get(key) ?? keepRecent(kept, MOST_LEADS, key, leadOf(policy, asked))
}

async function inTurns(
  all: readonly StoredQuestion[],
  each: (asked: StoredQuestion) => void,
): Promise<void> {
  for (const [index, asked] of all.entries()) {
    each(asked)
    if (index % AT_A_TIME === AT_A_TIME - 1) await new Promise((resolve) => setTimeout(resolve))
  }
}
