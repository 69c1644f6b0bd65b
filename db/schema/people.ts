import { index, integer, primaryKey, sql, sqliteTable, text } from '../core/drizzle.ts'
import { bytes } from './bytes.ts'
import { contacts } from './conversation.ts'

/** One-time ways from a channel that may not hold personal data to one that may. */
export const links = sqliteTable(
  'links',
  {
    tokenHash: text('token_hash').primaryKey(),
    contactId: text('contact_id')
      .notNull()
      .references(() => contacts.id),
    carried: bytes().notNull(),
    expiresAt: text('expires_at').notNull(),
    uses: integer().notNull().default(0),
    /** The chat that made it. */
    channel: text(),
    externalId: text('external_id'),
  },
  (table) => [index('links_by_contact').on(table.contactId)],
)

/** Codes by which a person joins a second chat to the first: kept as a blind index, used once, one for each contact. */
export const linkCodes = sqliteTable(
  'link_codes',
  {
    codeIndex: text('code_index').primaryKey(),
    contactId: text('contact_id')
      .notNull()
      .unique()
      .references(() => contacts.id),
    expiresAt: text('expires_at').notNull(),
    uses: integer().notNull().default(0),
    channel: text(),
    externalId: text('external_id'),
  },
  (table) => [index('link_codes_by_end').on(table.expiresAt)],
)

/** When which kind of chat was joined or taken apart; no address stands there. */
export const linkEvents = sqliteTable(
  'link_events',
  {
    id: text().primaryKey(),
    contactId: text('contact_id')
      .notNull()
      .references(() => contacts.id),
    kind: text({ enum: ['linked', 'unlinked'] }).notNull(),
    channel: text().notNull(),
    at: text().notNull(),
  },
  (table) => [index('link_events_by_contact').on(table.contactId, table.at)],
)

/** Who used a code or a link and agreed, until the chat that made it answers. */
export const linkAsks = sqliteTable(
  'link_asks',
  {
    id: text().primaryKey(),
    makerId: text('maker_id')
      .notNull()
      .references(() => contacts.id),
    makerChannel: text('maker_channel').notNull(),
    makerAddress: text('maker_address').notNull(),
    takerId: text('taker_id')
      .notNull()
      .references(() => contacts.id),
    takerChannel: text('taker_channel').notNull(),
    takerAddress: text('taker_address').notNull(),
    wish: text(),
    at: text().notNull(),
    expiresAt: text('expires_at').notNull(),
  },
  (table) => [
    index('link_asks_by_end').on(table.expiresAt),
    index('link_asks_by_maker').on(table.makerId),
    index('link_asks_by_taker').on(table.takerId),
  ],
)

/** Two chats that became one person's, and until when that can be undone. */
export const linkJoins = sqliteTable(
  'link_joins',
  {
    id: text().primaryKey(),
    contactId: text('contact_id')
      .notNull()
      .references(() => contacts.id),
    makerChannel: text('maker_channel').notNull(),
    makerAddress: text('maker_address').notNull(),
    takerChannel: text('taker_channel').notNull(),
    takerAddress: text('taker_address').notNull(),
    at: text().notNull(),
    /** ISO time. */
    undoUntil: text('undo_until').notNull(),
  },
  (table) => [
    index('link_joins_by_contact').on(table.contactId),
    index('link_joins_by_end').on(table.undoUntil),
  ],
)

/** What came from which side of a joining. */
export const linkJoinRows = sqliteTable(
  'link_join_rows',
  {
    joinId: text('join_id')
      .notNull()
      .references(() => linkJoins.id),
    kind: text({ enum: ['address', 'case', 'data-request', 'signup', 'round'] }).notNull(),
    id: text().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.joinId, table.kind, table.id] }),
    index('link_join_rows_by_id').on(table.kind, table.id),
  ],
)

/** What people asked of their own data, by receipt; the row outlives the person it was about. */
export const dataRequests = sqliteTable(
  'data_requests',
  {
    receipt: text().primaryKey(),
    contactId: text('contact_id'),
    kind: text({ enum: ['copy', 'correct', 'withdraw-consent', 'erase'] }).notNull(),
    at: text().notNull(),
  },
  (table) => [
    index('data_requests_by_contact').on(table.contactId).where(sql`contact_id IS NOT NULL`),
  ],
)

/** Whom a restore of an older backup must erase again; sealed. */
export const erasures = sqliteTable('erasures', {
  id: text().primaryKey(),
  body: bytes().notNull(),
  at: text().notNull(),
})
