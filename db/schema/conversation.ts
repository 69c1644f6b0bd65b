import type { ChannelType } from '../../flows/engine/types.ts'
import {
  foreignKey,
  index,
  integer,
  primaryKey,
  sql,
  sqliteTable,
  text,
  unique,
} from '../core/drizzle.ts'
import { bytes } from './bytes.ts'

/** A person; may have several addresses. */
export const contacts = sqliteTable(
  'contacts',
  {
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
  },
  (table) => [
    index('contacts_told')
      .on(table.id, table.createdAt)
      .where(sql`stopped_at IS NULL AND campaigns_muted_at IS NULL`),
  ],
)

/** A person on a channel. `reachable` is false once the network says that they blocked us. */
export const addresses = sqliteTable(
  'addresses',
  {
    channel: text().$type<ChannelType>().notNull(),
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
  (table) => [
    primaryKey({ columns: [table.channel, table.externalId] }),
    index('addresses_by_contact').on(table.contactId, table.reachable),
  ],
)

/** One address's conversation, waiting between turns. */
export const sessions = sqliteTable(
  'sessions',
  {
    id: text().primaryKey(),
    channel: text().$type<ChannelType>().notNull(),
    externalId: text('external_id').notNull(),
    contactId: text('contact_id')
      .notNull()
      .references(() => contacts.id),
    turn: integer().notNull(),
    status: text({ enum: ['waiting', 'failed'] }).notNull(),
    updatedAt: text('updated_at').notNull(),
    /** Sealed: the engine's state, and the quick replies that were offered last. */
    memory: bytes().notNull().default(sql`x'7b7d'`),
    remindAt: text('remind_at'),
    reminders: integer().notNull().default(0),
    /** Counts every change of the memory or of whose it is; the schema holds it. */
    version: integer().notNull().default(0),
    /** Which conversations of a person share what is half-filled and said; null: the contact's first. */
    circle: text(),
  },
  (table) => [
    foreignKey({
      columns: [table.channel, table.externalId],
      foreignColumns: [addresses.channel, addresses.externalId],
    }).onUpdate('cascade'),
    index('sessions_by_contact').on(table.contactId),
    index('sessions_to_remind').on(table.remindAt).where(sql`remind_at IS NOT NULL`),
    unique().on(table.channel, table.externalId),
  ],
)

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
    body: bytes().notNull(),
    at: text().notNull(),
  },
  (table) => [unique().on(table.sessionId, table.turn)],
)

/** Events that a network was told we have, until their turn is done; sealed. */
export const lateEvents = sqliteTable(
  'late_events',
  {
    eventId: text('event_id').primaryKey(),
    body: bytes().notNull(),
    at: text().notNull(),
  },
  (table) => [index('late_events_by_time').on(table.at)],
)

/** What people agreed to or refused, in which version of the notice; rows are only added. */
export const consents = sqliteTable(
  'consents',
  {
    id: text().primaryKey(),
    contactId: text('contact_id')
      .notNull()
      .references(() => contacts.id),
    sessionId: text('session_id')
      .notNull()
      .references(() => sessions.id),
    purpose: text({ enum: ['prescreen', 'application', 'sensitive', 'payment'] }).notNull(),
    version: text().notNull(),
    granted: integer({ mode: 'boolean' }).notNull(),
    at: text().notNull(),
  },
  (table) => [
    index('consents_by_contact').on(table.contactId, table.at),
    index('consents_by_session').on(table.sessionId),
  ],
)
