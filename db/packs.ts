import { asc, eq } from 'drizzle-orm'
import { Form } from '../flows/programme/form.ts'
import { PlaceTable } from '../flows/programme/place-table.ts'
import { Rules } from '../flows/programme/rules.ts'
import { Stages } from '../flows/programme/stages.ts'
import type { Database, Statement } from './database.ts'
import { createOrm } from './orm.ts'
import { Clause, Facts, FaqEntry, type PolicyPack, Programme } from './policy/pack.ts'
import { clauses, faqs, faqVariants, packRevisions, programmes } from './schema/policy.ts'

/** The name of a pack's exact content: the same pack is the same revision on every machine. */
async function revisionOf(pack: PolicyPack): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(pack))
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  const hex = [...digest.subarray(0, 8)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return `${pack.programme.id}@${hex}`
}

/**
 * Stores a pack as a new revision and lets it answer from now on. A revision seen before changes
 * nothing, so that an edit made later by staff is not undone by the next start.
 */
export async function savePack(db: Database, pack: PolicyPack, now: string): Promise<string> {
  const revision = await revisionOf(pack)
  const [known = []] = await db.read([
    { sql: 'SELECT 1 FROM pack_revisions WHERE id = ?', args: [revision] },
  ])
  if (known.length === 0) await db.write(packStatements(pack, revision, now))
  return revision
}

/** Lists go in as one JSON argument each: one statement a table, however long the list. */
function packStatements(pack: PolicyPack, revision: string, now: string): Statement[] {
  const { programme, facts, places, rules, form, stages, faq } = pack
  const variants = faq.flatMap((entry) =>
    (['zh-Hans', 'en'] as const).flatMap((locale) =>
      entry[locale].variants.map((text, ordinal) => ({ faq: entry.id, locale, ordinal, text })),
    ),
  )
  const entries = faq.map((entry) => ({
    ...entry,
    words: {
      'zh-Hans': { question: entry['zh-Hans'].question, answer: entry['zh-Hans'].answer },
      en: { question: entry.en.question, answer: entry.en.answer },
    },
  }))
  return [
    { sql: 'INSERT OR IGNORE INTO programmes (id) VALUES (?)', args: [programme.id] },
    {
      sql: `INSERT OR IGNORE INTO pack_revisions (id, programme_id, facts, loaded_at) VALUES (?, ?, ?, ?)`,
      args: [
        revision,
        programme.id,
        JSON.stringify({ programme, facts, places, rules, form, stages }),
        now,
      ],
    },
    {
      sql: `INSERT OR IGNORE INTO clauses (revision_id, id, ordinal, title, text)
        SELECT ?, value ->> 'id', key, value ->> 'title', value ->> 'text' FROM json_each(?)`,
      args: [revision, JSON.stringify(pack.clauses)],
    },
    {
      sql: `INSERT OR IGNORE INTO faqs (revision_id, id, ordinal, topic, basis, clauses, sources, related, words)
        SELECT ?, value ->> 'id', key, value ->> 'topic', value ->> 'basis', value -> 'clauses',
          value -> 'sources', value -> 'related', value -> 'words' FROM json_each(?)`,
      args: [revision, JSON.stringify(entries)],
    },
    {
      sql: `INSERT OR IGNORE INTO faq_variants (revision_id, faq_id, locale, ordinal, text)
        SELECT ?, value ->> 'faq', value ->> 'locale', value ->> 'ordinal', value ->> 'text'
        FROM json_each(?)`,
      args: [revision, JSON.stringify(variants)],
    },
    {
      sql: 'UPDATE programmes SET current_revision = ? WHERE id = ?',
      args: [revision, programme.id],
    },
  ]
}

/** A stored revision as a pack again, today's or an old one. Throws where there is none. */
export async function loadPack(db: Database, revision: string): Promise<PolicyPack> {
  const orm = createOrm(db)
  const stored = await orm
    .select({ facts: packRevisions.facts })
    .from(packRevisions)
    .where(eq(packRevisions.id, revision))
    .get()
  if (stored === undefined) throw new Error(`no policy revision ${revision}`)
  const { programme, facts, places, rules, form, stages } = JSON.parse(stored.facts)
  const entries = await orm
    .select()
    .from(faqs)
    .where(eq(faqs.revisionId, revision))
    .orderBy(asc(faqs.ordinal))
  const variants = await orm
    .select()
    .from(faqVariants)
    .where(eq(faqVariants.revisionId, revision))
    .orderBy(asc(faqVariants.faqId), asc(faqVariants.locale), asc(faqVariants.ordinal))
  const variantsOf = Map.groupBy(variants, ({ faqId, locale }) => `${faqId} ${locale}`)
  return {
    programme: Programme.parse(programme),
    facts: Facts.parse(facts),
    places: PlaceTable.parse(places),
    rules: Rules.parse(rules),
    form: Form.optional().parse(form),
    stages: Stages.optional().parse(stages),
    clauses: Clause.array().parse(
      await orm
        .select({ id: clauses.id, title: clauses.title, text: clauses.text })
        .from(clauses)
        .where(eq(clauses.revisionId, revision))
        .orderBy(asc(clauses.ordinal)),
    ),
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
        'zh-Hans': wordsIn('zh-Hans'),
        en: wordsIn('en'),
      })
    }),
  }
}

/** The revision of a programme that answers today, or null before the first pack. */
export async function currentRevision(db: Database, programme: string): Promise<string | null> {
  const row = await createOrm(db)
    .select({ revision: programmes.currentRevision })
    .from(programmes)
    .where(eq(programmes.id, programme))
    .get()
  return row?.revision ?? null
}
