import type { ChannelType } from '../../flows/engine/types.ts'
import { foreignKey, index, integer, sql, sqliteTable, text } from '../core/drizzle.ts'
import { bytes } from './bytes.ts'
import { addresses } from './conversation.ts'
import { staff } from './staff.ts'

/** Each message promised in a committed turn that did not ride on the response, and each notice. */
export const outbox = sqliteTable(
  'outbox',
  {
    /** The order of the queue. */
    seq: integer().primaryKey(),
    id: text().notNull().unique(),
    channel: text().$type<ChannelType>().notNull(),
    externalId: text('external_id').notNull(),
    origin: text({ enum: ['reply', 'notice'] }).notNull(),
    /** Null: a reply. */
    kind: text({ enum: ['answer', 'case', 'voucher', 'staff', 'reminder', 'event', 'campaign'] }),
    /** Which of the catalogue's (src/outbox/catalogue.ts). */
    template: text(),
    campaignId: text('campaign_id'),
    /** From 0 to 3; what is smaller goes first. */
    priority: integer().notNull().default(0),
    /** Sealed; null: the campaign says what it says. */
    body: bytes(),
    status: text({
      enum: [
        'created',
        'sending',
        'sent',
        'delivered',
        'temporary-failure',
        'permanent-failure',
        'technical-failure',
        'expired',
        'in-doubt',
      ],
    }).notNull(),
    attempts: integer().notNull().default(0),
    nextAttemptAt: text('next_attempt_at').notNull(),
    /** It waits for an earlier one of its address, or for what the person says. */
    parked: integer({ mode: 'boolean' }).notNull().default(false),
    leasedUntil: text('leased_until'),
    /** Since when the network may have what must not be sent twice. */
    handedAt: text('handed_at'),
    firstTriedAt: text('first_tried_at'),
    sentAt: text('sent_at'),
    /** When it may have arrived without our knowing: from then on it may be there twice. */
    doubtedAt: text('doubted_at'),
    /** The notice that this one is sent in place of, on another address of the person. */
    rootId: text('root_id'),
    expiresAt: text('expires_at').notNull(),
    networkId: text('network_id'),
    lastError: text('last_error'),
    /** Failed, and nothing is left to do about it. */
    leftAt: text('left_at'),
    createdAt: text('created_at').notNull(),
  },
  (table) => [
    foreignKey({
      columns: [table.channel, table.externalId],
      foreignColumns: [addresses.channel, addresses.externalId],
    }).onUpdate('cascade'),
    index('outbox_by_address').on(table.channel, table.externalId, table.status),
    index('outbox_by_campaign')
      .on(table.campaignId, table.channel, table.status)
      .where(sql`campaign_id IS NOT NULL`),
    index('outbox_by_root').on(table.rootId).where(sql`root_id IS NOT NULL`),
    index('outbox_by_network').on(table.networkId).where(sql`channel = 'wechat-kf'`),
    index('outbox_due')
      .on(table.channel, table.priority, table.nextAttemptAt)
      .where(sql`status IN ('created', 'temporary-failure')`),
    index('outbox_failed')
      .on(table.status, table.leftAt)
      .where(sql`status IN ('permanent-failure', 'technical-failure', 'expired', 'in-doubt')`),
    index('outbox_retried').on(table.nextAttemptAt).where(sql`status = 'temporary-failure'`),
    index('outbox_sending').on(table.leasedUntil).where(sql`status = 'sending'`),
  ],
)

/** What became of a row that did not go at once, and what staff did with it. */
export const outboxHistory = sqliteTable(
  'outbox_history',
  {
    id: integer().primaryKey(),
    seq: integer()
      .notNull()
      .references(() => outbox.seq, { onDelete: 'cascade' }),
    what: text().notNull(),
    detail: text(),
    staffId: text('staff_id').references(() => staff.id),
    at: text().notNull(),
  },
  (table) => [index('outbox_history_by_row').on(table.seq)],
)

/** What all dispatchers of a channel share. `nextSlotMs`: the Unix time from which the next message may go; `bookedBy`: the process that booked until then. */
export const outboxChannels = sqliteTable('outbox_channels', {
  channel: text().$type<ChannelType>().primaryKey(),
  nextSlotMs: integer('next_slot_ms').notNull().default(0),
  pausedUntil: text('paused_until'),
  pausedWhy: text('paused_why'),
  sent: integer().notNull().default(0),
  lastSentAt: text('last_sent_at'),
  lastFailedAt: text('last_failed_at'),
  lastFailure: text('last_failure'),
  bookedBy: text('booked_by'),
})
