import type { Statement } from '../core/database.ts'
import type { PolicyPack } from './pack.ts'

/** Where a revision stands: `base`: the loaded pack it was edited from; null where it is one itself. */
export type RevisionPlace = {
  revision: string
  base: string | null
  /** The revision that must answer as this is written; null: none does yet. */
  expected: string | null
}

/**
 * Statements that store a pack as a revision and let it answer from now on. Constraint
 * `pack_revisions.programme_id`: another revision than the expected one answers by now, and nothing is
 * written; `pack_revisions.id`: this very revision is stored already.
 */
export function publishStatements(
  pack: PolicyPack,
  { revision, base, expected }: RevisionPlace,
  now: string,
): Statement[] {
  const { id } = pack.programme
  return [
    { sql: 'INSERT OR IGNORE INTO programmes (id) VALUES (?)', args: [id] },
    ...storeStatements(
      pack,
      {
        sql: `INSERT INTO pack_revisions (id, programme_id, facts, loaded_at, base_revision)
          VALUES (?, (SELECT id FROM programmes WHERE id = ? AND current_revision IS ?), ?, ?, ?)`,
        args: [revision, id, expected, factsOf(pack), now, base],
      },
      revision,
    ),
    { sql: 'UPDATE programmes SET current_revision = ? WHERE id = ?', args: [revision, id] },
  ]
}

/** Statements that keep a pack as a revision which does not answer itself, as the base of edited ones. */
export function keepStatements(pack: PolicyPack, revision: string, now: string): Statement[] {
  return storeStatements(
    pack,
    {
      sql: 'INSERT INTO pack_revisions (id, programme_id, facts, loaded_at) VALUES (?, ?, ?, ?)',
      args: [revision, pack.programme.id, factsOf(pack), now],
    },
    revision,
  )
}

/** Everything of a pack but its lists, which have tables of their own. */
function factsOf({ clauses: _clauses, faq: _faq, ...facts }: PolicyPack): string {
  return JSON.stringify(facts)
}

/** Lists go in as one JSON argument each: one statement a table, however long the list. */
function storeStatements(pack: PolicyPack, head: Statement, revision: string): Statement[] {
  const variants = pack.faq.flatMap((entry) =>
    (['zh-Hans', 'en'] as const).flatMap((locale) =>
      entry[locale].variants.map((text, ordinal) => ({ faq: entry.id, locale, ordinal, text })),
    ),
  )
  const entries = pack.faq.map((entry) => ({
    ...entry,
    words: {
      'zh-Hans': { question: entry['zh-Hans'].question, answer: entry['zh-Hans'].answer },
      en: { question: entry.en.question, answer: entry.en.answer },
      polar: entry.polar,
    },
  }))
  return [
    head,
    {
      sql: `INSERT INTO clauses (revision_id, id, ordinal, title, text)
        SELECT ?, value ->> 'id', key, value ->> 'title', value ->> 'text' FROM json_each(?)`,
      args: [revision, JSON.stringify(pack.clauses)],
    },
    {
      sql: `INSERT INTO faqs (revision_id, id, ordinal, topic, basis, clauses, sources, related, words)
        SELECT ?, value ->> 'id', key, value ->> 'topic', value ->> 'basis', value -> 'clauses',
          value -> 'sources', value -> 'related', value -> 'words' FROM json_each(?)`,
      args: [revision, JSON.stringify(entries)],
    },
    {
      sql: `INSERT INTO faq_variants (revision_id, faq_id, locale, ordinal, text)
        SELECT ?, value ->> 'faq', value ->> 'locale', value ->> 'ordinal', value ->> 'text'
        FROM json_each(?)`,
      args: [revision, JSON.stringify(variants)],
    },
  ]
}
