import {
  type AnySQLiteColumn,
  foreignKey,
  integer,
  primaryKey,
  sqliteTable,
  text,
} from '../core/drizzle.ts'

/** A grant scheme and the revision of its pack that answers today. */
export const programmes = sqliteTable('programmes', {
  id: text().primaryKey(),
  currentRevision: text('current_revision').references((): AnySQLiteColumn => packRevisions.id),
})

/** A policy pack as it was once loaded; never changed, so that old answers stay readable. */
export const packRevisions = sqliteTable('pack_revisions', {
  id: text().primaryKey(),
  programmeId: text('programme_id')
    .notNull()
    .references(() => programmes.id),
  facts: text().notNull(),
  loadedAt: text('loaded_at').notNull(),
  /** The loaded pack that staff have edited; null for a pack as it was loaded. */
  baseRevision: text('base_revision').references((): AnySQLiteColumn => packRevisions.id),
})

/** The clauses of a plan, in its order. */
export const clauses = sqliteTable(
  'clauses',
  {
    revisionId: text('revision_id')
      .notNull()
      .references(() => packRevisions.id),
    id: text().notNull(),
    ordinal: integer().notNull(),
    title: text().notNull(),
    text: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.revisionId, table.id] })],
)

/** An answer of a revision, with the clauses it stands on. */
export const faqs = sqliteTable(
  'faqs',
  {
    revisionId: text('revision_id')
      .notNull()
      .references(() => packRevisions.id),
    id: text().notNull(),
    ordinal: integer().notNull(),
    topic: text().notNull(),
    basis: text({ enum: ['plan', 'not-stated'] }).notNull(),
    clauses: text().notNull(),
    sources: text().notNull(),
    related: text().notNull(),
    words: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.revisionId, table.id] })],
)

/** Differently worded questions that mean one FAQ entry. */
export const faqVariants = sqliteTable(
  'faq_variants',
  {
    revisionId: text('revision_id').notNull(),
    faqId: text('faq_id').notNull(),
    locale: text({ enum: ['zh-Hans', 'en'] }).notNull(),
    ordinal: integer().notNull(),
    text: text().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.revisionId, table.faqId, table.locale, table.ordinal] }),
    foreignKey({
      columns: [table.revisionId, table.faqId],
      foreignColumns: [faqs.revisionId, faqs.id],
    }),
  ],
)
