import { blob, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** Events that a network was told we have, until their turn is done; sealed. */
export const lateEvents = sqliteTable('late_events', {
  eventId: text('event_id').primaryKey(),
  body: blob().notNull(),
  at: text().notNull(),
})
