import { index, integer, primaryKey, sql, sqliteTable, text } from '../core/drizzle.ts'
import { contacts } from './conversation.ts'
import { programmes } from './policy.ts'

/** Questions that staff wrote or changed; the newest row of a question counts. */
export const quizEdits = sqliteTable(
  'quiz_edits',
  {
    programmeId: text('programme_id')
      .notNull()
      .references(() => programmes.id),
    questionId: text('question_id').notNull(),
    revision: integer().notNull(),
    body: text().notNull(),
    listed: integer({ mode: 'boolean' }).notNull(),
    staffId: text('staff_id').notNull(),
    at: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.programmeId, table.questionId, table.revision] })],
)

/** Who takes part in quizzes, as what. */
export const quizPeople = sqliteTable('quiz_people', {
  contactId: text('contact_id')
    .primaryKey()
    .references(() => contacts.id),
  kind: text({ enum: ['staff', 'bank', 'other'] }).notNull(),
  district: text(),
  bank: text(),
  at: text().notNull(),
})

/** How a round went. */
export const quizRounds = sqliteTable(
  'quiz_rounds',
  {
    id: text().primaryKey(),
    programmeId: text('programme_id')
      .notNull()
      .references(() => programmes.id),
    contactId: text('contact_id').references(() => contacts.id),
    kind: text({ enum: ['staff', 'bank', 'other'] }).notNull(),
    district: text(),
    bank: text(),
    asked: integer().notNull(),
    answeredRight: integer('answered_right').notNull(),
    at: text().notNull(),
  },
  (table) => [
    index('quiz_rounds_by_contact').on(table.contactId).where(sql`contact_id IS NOT NULL`),
    index('quiz_rounds_by_time').on(table.programmeId, table.at),
  ],
)

/** Which questions of a round were answered right. */
export const quizAnswers = sqliteTable(
  'quiz_answers',
  {
    roundId: text('round_id')
      .notNull()
      .references(() => quizRounds.id),
    questionId: text('question_id').notNull(),
    answeredRight: integer('answered_right', { mode: 'boolean' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.roundId, table.questionId] })],
)
