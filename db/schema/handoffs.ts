import {
  index,
  integer,
  primaryKey,
  sql,
  sqliteTable,
  text,
  unique,
  uniqueIndex,
} from '../core/drizzle.ts'
import { bytes } from './bytes.ts'
import { sessions } from './conversation.ts'
import { programmes } from './policy.ts'
import { staff } from './staff.ts'

/** Conversations that wait for a person on our side. */
export const handoffs = sqliteTable(
  'handoffs',
  {
    id: text().primaryKey(),
    sessionId: text('session_id')
      .notNull()
      .references(() => sessions.id),
    turn: integer().notNull(),
    reason: text({ enum: ['asked', 'not-answered', 'bug'] }).notNull(),
    openedAt: text('opened_at').notNull(),
    closedAt: text('closed_at'),
    /** What was talking. */
    flow: text(),
    /** With which turn the person began to wait, and when that has been too long; null while nobody waits. */
    sinceTurn: integer('since_turn'),
    dueAt: text('due_at'),
    /** When the person last heard why nobody speaks. */
    toldAt: text('told_at'),
    firstAnsweredAt: text('first_answered_at'),
    answeredAt: text('answered_at'),
    /** Null: the bot is silent. */
    releasedAt: text('released_at'),
    releasedBy: text('released_by', { enum: ['person', 'staff', 'time', 'upgrade'] }),
    /** Why staff should look at once; null: they need not. */
    urgent: text({ enum: ['distress', 'threat'] }),
    /** What the person said of the answer once it was closed; null: nothing. */
    helped: integer({ mode: 'boolean' }),
  },
  (table) => [
    index('handoffs_answered').on(table.firstAnsweredAt).where(sql`first_answered_at IS NOT NULL`),
    index('handoffs_due').on(table.dueAt).where(sql`released_at IS NULL AND due_at IS NOT NULL`),
    index('handoffs_open').on(table.openedAt).where(sql`closed_at IS NULL`),
    index('handoffs_by_session').on(table.sessionId, table.closedAt),
    uniqueIndex('handoffs_held').on(table.sessionId).where(sql`released_at IS NULL`),
  ],
)

/** Who looks after a hand-off. */
export const handoffWork = sqliteTable('handoff_work', {
  handoffId: text('handoff_id')
    .primaryKey()
    .references(() => handoffs.id),
  staffId: text('staff_id')
    .notNull()
    .references(() => staff.id),
  takenAt: text('taken_at').notNull(),
})

/** What staff tell each other about a hand-off; sealed. */
export const handoffNotes = sqliteTable(
  'handoff_notes',
  {
    id: text().primaryKey(),
    handoffId: text('handoff_id')
      .notNull()
      .references(() => handoffs.id),
    staffId: text('staff_id')
      .notNull()
      .references(() => staff.id),
    body: bytes().notNull(),
    at: text().notNull(),
  },
  (table) => [index('handoff_notes_by_handoff').on(table.handoffId, table.at)],
)

/** Who answered a hand-off; the words are in the outbox and the transcript, under the same id. */
export const handoffAnswers = sqliteTable(
  'handoff_answers',
  {
    id: text().primaryKey(),
    handoffId: text('handoff_id')
      .notNull()
      .references(() => handoffs.id),
    staffId: text('staff_id')
      .notNull()
      .references(() => staff.id),
    at: text().notNull(),
  },
  (table) => [index('handoff_answers_by_handoff').on(table.handoffId)],
)

/** Answers that were not written in the console, by the name under which they came. */
export const handoffDeskAnswers = sqliteTable(
  'handoff_desk_answers',
  {
    id: text().primaryKey(),
    handoffId: text('handoff_id')
      .notNull()
      .references(() => handoffs.id),
    by: text().notNull(),
    at: text().notNull(),
  },
  (table) => [index('handoff_desk_answers_by_handoff').on(table.handoffId)],
)

/** What the staff's Telegram group was told of a hand-off, and in which message. */
export const handoffPosts = sqliteTable(
  'handoff_posts',
  {
    handoffId: text('handoff_id')
      .notNull()
      .references(() => handoffs.id),
    turn: integer().notNull(),
    kind: text({ enum: ['waiting', 'late'] }).notNull(),
    chatId: text('chat_id').notNull(),
    messageId: integer('message_id'),
    attempts: integer().notNull().default(0),
    leasedUntil: text('leased_until').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.handoffId, table.turn, table.kind] }),
    unique().on(table.chatId, table.messageId),
  ],
)

/** Ready-made answers for the inbox, in the office's words; without a district they are the city's. */
export const cannedAnswers = sqliteTable(
  'canned_answers',
  {
    id: text().primaryKey(),
    district: text(),
    title: text().notNull(),
    words: text().notNull(),
    version: integer().notNull(),
    updatedBy: text('updated_by')
      .notNull()
      .references(() => staff.id),
    updatedAt: text('updated_at').notNull(),
  },
  (table) => [index('canned_answers_by_district').on(table.district, table.title)],
)

/** What staff have entered of the offices upon the pack's directory; `place` is empty for the city's. */
export const offices = sqliteTable(
  'offices',
  {
    programmeId: text('programme_id')
      .notNull()
      .references(() => programmes.id),
    place: text().notNull(),
    entered: text().notNull(),
    version: integer().notNull(),
    updatedAt: text('updated_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.programmeId, table.place] })],
)
