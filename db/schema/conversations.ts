import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** A person; may have several addresses. */
export const contacts = sqliteTable('contacts', {
  id: text().primaryKey(),
  locale: text({ enum: ['zh-Hans', 'en'] }).notNull(),
  createdAt: text('created_at').notNull(),
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
  status: text({ enum: ['waiting', 'failed'] }).notNull(),
  state: text().notNull(),
  offered: text().notNull(),
  updatedAt: text('updated_at').notNull(),
})

/** One event, taken once. `replies` of its messages went into the response; the rest to the outbox. */
export const turns = sqliteTable(
  'turns',
  {
    sessionId: text('session_id')
      .notNull()
      .references(() => sessions.id),
    turn: integer().notNull(),
    eventId: text('event_id').notNull().unique(),
    path: text().notNull(),
    replies: integer().notNull(),
    at: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.sessionId, table.turn] })],
)

/** The transcript: what was said, as it was said. */
export const messages = sqliteTable('messages', {
  id: integer().primaryKey(),
  sessionId: text('session_id')
    .notNull()
    .references(() => sessions.id),
  turn: integer().notNull(),
  ordinal: integer().notNull(),
  direction: text({ enum: ['in', 'out'] }).notNull(),
  body: text().notNull(),
  at: text().notNull(),
})

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
  purpose: text({ enum: ['prescreen'] }).notNull(),
  version: text().notNull(),
  granted: integer({ mode: 'boolean' }).notNull(),
  at: text().notNull(),
})
