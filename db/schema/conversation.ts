import { blob, integer, primaryKey, sqliteTable, text, unique } from 'drizzle-orm/sqlite-core'

/** A person; may have several addresses. */
export const contacts = sqliteTable('contacts', {
  id: text().primaryKey(),
  locale: text({ enum: ['zh-Hans', 'en'] }).notNull(),
  createdAt: text('created_at').notNull(),
  /** Where notices are to go; null: where they spoke last. */
  preferredChannel: text('preferred_channel'),
  /** Since when they want none of these; `stoppedAt`: no notice at all. */
  remindersMutedAt: text('reminders_muted_at'),
  eventsMutedAt: text('events_muted_at'),
  campaignsMutedAt: text('campaigns_muted_at'),
  stoppedAt: text('stopped_at'),
})

/** A person on a channel. `reachable` is false once the network says that they blocked us. */
export const addresses = sqliteTable(
  'addresses',
  {
    channel: text().notNull(),
    externalId: text('external_id').notNull(),
    contactId: text('contact_id')
      .notNull()
      .references(() => contacts.id),
    reachable: integer({ mode: 'boolean' }).notNull().default(true),
    optedOutAt: text('opted_out_at'),
    createdAt: text('created_at').notNull(),
    /** The pause that the network asks for between two messages. */
    nextSendAt: text('next_send_at'),
  },
  (table) => [primaryKey({ columns: [table.channel, table.externalId] })],
)

/** One address's conversation, waiting between turns. */
export const sessions = sqliteTable('sessions', {
  id: text().primaryKey(),
  channel: text().notNull(),
  externalId: text('external_id').notNull(),
  contactId: text('contact_id')
    .notNull()
    .references(() => contacts.id),
  turn: integer().notNull(),
  /** Counts every change of the memory or of whose it is; the schema holds it. */
  version: integer().notNull().default(0),
  status: text({ enum: ['waiting', 'failed'] }).notNull(),
  /** Sealed: the engine's state, and the quick replies that were offered last. */
  memory: blob({ mode: 'buffer' }).notNull(),
  remindAt: text('remind_at'),
  reminders: integer().notNull().default(0),
  updatedAt: text('updated_at').notNull(),
})

/**
 * One event, taken once, with what was heard and said, sealed. `replies` of its messages went into the
 * response; the rest to the outbox. A notice, which we began, is a row without a turn.
 */
export const turns = sqliteTable(
  'turns',
  {
    id: integer().primaryKey(),
    sessionId: text('session_id')
      .notNull()
      .references(() => sessions.id),
    turn: integer(),
    eventId: text('event_id').notNull().unique(),
    path: text().notNull(),
    replies: integer().notNull(),
    body: blob({ mode: 'buffer' }).notNull(),
    at: text().notNull(),
  },
  (table) => [unique().on(table.sessionId, table.turn)],
)

/** Conversations that wait for a person on our side. */
export const handoffs = sqliteTable('handoffs', {
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
})

/** What people agreed to or refused, in which version of the notice; rows are only added. */
export const consents = sqliteTable('consents', {
  id: text().primaryKey(),
  contactId: text('contact_id')
    .notNull()
    .references(() => contacts.id),
  sessionId: text('session_id')
    .notNull()
    .references(() => sessions.id),
  purpose: text({ enum: ['prescreen', 'application', 'sensitive'] }).notNull(),
  version: text().notNull(),
  granted: integer({ mode: 'boolean' }).notNull(),
  at: text().notNull(),
})

/** One-time ways from a channel that may not hold personal data to one that may. */
export const links = sqliteTable('links', {
  tokenHash: text('token_hash').primaryKey(),
  contactId: text('contact_id')
    .notNull()
    .references(() => contacts.id),
  carried: blob({ mode: 'buffer' }).notNull(),
  expiresAt: text('expires_at').notNull(),
  uses: integer().notNull().default(0),
})

/** What people asked of their own data, by receipt; the row outlives the person it was about. */
export const dataRequests = sqliteTable('data_requests', {
  receipt: text().primaryKey(),
  contactId: text('contact_id'),
  kind: text({ enum: ['copy', 'correct', 'withdraw-consent', 'erase'] }).notNull(),
  at: text().notNull(),
})
