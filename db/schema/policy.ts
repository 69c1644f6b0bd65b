import { blob, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { sessions } from './conversation.ts'

/** A grant scheme and the revision of its pack that answers today. */
export const programmes = sqliteTable('programmes', {
  id: text().primaryKey(),
  currentRevision: text('current_revision'),
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
  baseRevision: text('base_revision'),
})

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
  ],
)

/** What was asked and not answered well, with what was shown, for staff. */
export const unansweredQuestions = sqliteTable('unanswered_questions', {
  id: text().primaryKey(),
  sessionId: text('session_id')
    .notNull()
    .references(() => sessions.id),
  question: blob({ mode: 'buffer' }).notNull(),
  locale: text({ enum: ['zh-Hans', 'en'] }).notNull(),
  reason: text({ enum: ['unsure', 'refused', 'not-stated', 'not-helpful'] }).notNull(),
  shown: text().notNull(),
  revisionId: text('revision_id').references(() => packRevisions.id),
  at: text().notNull(),
  settledAt: text('settled_at'),
  settledBy: text('settled_by'),
  outcome: text({ enum: ['solved', 'dismissed'] }),
})
