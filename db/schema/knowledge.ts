import { index, sql, sqliteTable, text } from '../core/drizzle.ts'
import { bytes } from './bytes.ts'
import { sessions } from './conversation.ts'
import { packRevisions, programmes } from './policy.ts'
import { staff } from './staff.ts'

/** An answer that staff are writing; sealed, since it may have begun as the words of a person. */
export const faqDrafts = sqliteTable(
  'faq_drafts',
  {
    id: text().primaryKey(),
    programmeId: text('programme_id')
      .notNull()
      .references(() => programmes.id),
    entryId: text('entry_id').notNull(),
    baseHash: text('base_hash').notNull(),
    staffId: text('staff_id')
      .notNull()
      .references(() => staff.id),
    body: bytes().notNull(),
    updatedAt: text('updated_at').notNull(),
  },
  (table) => [index('faq_drafts_by_time').on(table.programmeId, table.updatedAt)],
)

/** A publication of an answer, which can be undone. */
export const faqEditions = sqliteTable(
  'faq_editions',
  {
    id: text().primaryKey(),
    programmeId: text('programme_id')
      .notNull()
      .references(() => programmes.id),
    entryId: text('entry_id').notNull(),
    kind: text({ enum: ['new', 'edit', 'undo'] }).notNull(),
    revisionId: text('revision_id')
      .notNull()
      .unique()
      .references(() => packRevisions.id),
    previousRevision: text('previous_revision')
      .notNull()
      .references(() => packRevisions.id),
    staffId: text('staff_id')
      .notNull()
      .references(() => staff.id),
    note: text().notNull(),
    at: text().notNull(),
  },
  (table) => [
    index('faq_editions_by_entry').on(table.entryId, table.at),
    index('faq_editions_by_time').on(table.programmeId, table.at),
  ],
)

/** What was asked and not answered well, with what was shown, for staff. */
export const unansweredQuestions = sqliteTable(
  'unanswered_questions',
  {
    id: text().primaryKey(),
    sessionId: text('session_id')
      .notNull()
      .references(() => sessions.id),
    question: bytes().notNull(),
    locale: text({ enum: ['zh-Hans', 'en'] }).notNull(),
    reason: text({ enum: ['unsure', 'refused', 'not-stated', 'not-helpful'] }).notNull(),
    shown: text().notNull(),
    revisionId: text('revision_id').references(() => packRevisions.id),
    at: text().notNull(),
    settledAt: text('settled_at'),
    settledBy: text('settled_by').references(() => staff.id),
    outcome: text({ enum: ['solved', 'dismissed'] }),
  },
  (table) => [
    index('unanswered_by_session').on(table.sessionId),
    index('unanswered_by_time').on(table.at),
    index('unanswered_open').on(table.at).where(sql`settled_at IS NULL`),
  ],
)
