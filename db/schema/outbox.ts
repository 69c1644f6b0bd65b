import { blob, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** Each message promised in a committed turn that did not ride on the response. */
export const outbox = sqliteTable('outbox', {
  id: text().primaryKey(),
  channel: text().notNull(),
  externalId: text('external_id').notNull(),
  origin: text({ enum: ['reply', 'notice'] }).notNull(),
  body: blob({ mode: 'buffer' }).notNull(),
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
  leasedUntil: text('leased_until'),
  expiresAt: text('expires_at').notNull(),
  networkId: text('network_id'),
  lastError: text('last_error'),
  createdAt: text('created_at').notNull(),
})
