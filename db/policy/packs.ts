import type { Constraint } from '../core/constraints.ts'
import type { Database } from '../core/database.ts'
import { asc, eq } from '../core/drizzle.ts'
import { type Open, prepared } from '../core/query.ts'
import { clauses, faqs, faqVariants, packRevisions, programmes } from '../schema/policy.ts'
import { FaqEntry, PackClause, PackFacts, type PolicyPack } from './pack.ts'

/**
 * The name of exactly this content: the same pack is the same revision on every machine. `mark` tells
 * revisions of the same content apart, as when an edit is undone.
 */
export async function revisionOf(pack: PolicyPack, mark = ''): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(pack) + mark)
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  const hex = [...digest.subarray(0, 8)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return `${pack.programme.id}@${hex}`
}

/** Keys that are taken where another revision was published meanwhile, or this very one: look again. */
export const REVISION_RACES: readonly Constraint[] = [
  'pack_revisions.id',
  'pack_revisions.programme_id',
]

/** A pack with an entry in its old place, or at the end; clauses and entries that are not there are not named. */
export function withEntry(pack: PolicyPack, entry: FaqEntry): PolicyPack {
  const clauseIds = new Set(pack.clauses.map(({ id }) => id))
  const known = new Set(pack.faq.map(({ id }) => id))
  const fitting: FaqEntry = {
    ...entry,
    clauses: entry.clauses.filter((id) => clauseIds.has(id)),
    related: entry.related.filter((id) => known.has(id) && id !== entry.id),
  }
  return {
    ...pack,
    faq: known.has(entry.id)
      ? pack.faq.map((other) => (other.id === entry.id ? fitting : other))
      : [...pack.faq, fitting],
  }
}

/** A pack without an entry, which no other entry names any more. */
export function withoutEntry(pack: PolicyPack, id: string): PolicyPack {
  return {
    ...pack,
    faq: pack.faq
      .filter((entry) => entry.id !== id)
      .map((entry) => ({ ...entry, related: entry.related.filter((other) => other !== id) })),
  }
}

type OfRevision = Open<{ revision: string }>
const factsOf = prepared((orm, { revision }: OfRevision) =>
  orm
    .select({ facts: packRevisions.facts })
    .from(packRevisions)
    .where(eq(packRevisions.id, revision)),
)
const entriesOf = prepared((orm, { revision }: OfRevision) =>
  orm.select().from(faqs).where(eq(faqs.revisionId, revision)).orderBy(asc(faqs.ordinal)),
)
const variantsIn = prepared((orm, { revision }: OfRevision) =>
  orm
    .select()
    .from(faqVariants)
    .where(eq(faqVariants.revisionId, revision))
    .orderBy(asc(faqVariants.faqId), asc(faqVariants.locale), asc(faqVariants.ordinal)),
)
const clausesOf = prepared((orm, { revision }: OfRevision) =>
  orm
    .select({ id: clauses.id, title: clauses.title, text: clauses.text })
    .from(clauses)
    .where(eq(clauses.revisionId, revision))
    .orderBy(asc(clauses.ordinal)),
)

/** A stored revision as a pack again, today's or an old one. Throws where there is none. */
export async function loadPack(db: Database, revision: string): Promise<PolicyPack> {
  const of = { revision }
  const [[stored], entries, variants, texts] = await Promise.all([
    factsOf(db, of),
    entriesOf(db, of),
    variantsIn(db, of),
    clausesOf(db, of),
  ])
  if (stored === undefined) throw new Error(`no policy revision ${revision}`)
  const facts = PackFacts.parse(JSON.parse(stored.facts))
  const variantsOf = Map.groupBy(variants, ({ faqId, locale }) => `${faqId} ${locale}`)
  return {
    ...facts,
    clauses: PackClause.array().parse(texts),
    faq: entries.map((entry) => {
      const words = JSON.parse(entry.words)
      const wordsIn = (locale: 'zh-Hans' | 'en') => ({
        ...words[locale],
        variants: (variantsOf.get(`${entry.id} ${locale}`) ?? []).map(({ text }) => text),
      })
      return FaqEntry.parse({
        id: entry.id,
        topic: entry.topic,
        basis: entry.basis,
        clauses: JSON.parse(entry.clauses),
        sources: JSON.parse(entry.sources),
        related: JSON.parse(entry.related),
        polar: words.polar,
        'zh-Hans': wordsIn('zh-Hans'),
        en: wordsIn('en'),
      })
    }),
  }
}

const current = prepared((orm, { programme }: Open<{ programme: string }>) =>
  orm
    .select({ revision: programmes.currentRevision })
    .from(programmes)
    .where(eq(programmes.id, programme)),
)

/** The revision of a programme that answers today, or null before the first pack. */
export async function currentRevision(db: Database, programme: string): Promise<string | null> {
  const [row] = await current(db, { programme })
  return row?.revision ?? null
}
