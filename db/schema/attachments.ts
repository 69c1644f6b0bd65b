import { blob, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { cases } from './cases.ts'
import { contacts } from './conversation.ts'

/** A file that a person sent; its bytes are a blob of the same key. */
export const attachments = sqliteTable('attachments', {
  id: text().primaryKey(),
  /** Blind index of the delivery that brought it. */
  source: text().notNull(),
  channel: text().notNull(),
  /** Null: handed over by a gateway, and not spoken of yet. */
  externalId: text('external_id'),
  contactId: text('contact_id').references(() => contacts.id),
  caseId: text('case_id').references(() => cases.id),
  /** Id of a document of the pack's form. */
  document: text(),
  status: text({ enum: ['arriving', 'loose', 'taken', 'dropped'] }).notNull(),
  mime: text().notNull(),
  /** Bytes, before they are sealed. */
  size: integer().notNull(),
  /** Sealed: the name that the person's device gave it. */
  name: blob(),
  createdAt: text('created_at').notNull(),
  droppedAt: text('dropped_at'),
})

/** Sealed bytes where there is no object storage, in parts. */
export const blobs = sqliteTable(
  'blobs',
  {
    key: text().notNull(),
    part: integer().notNull(),
    bytes: blob().notNull(),
  },
  (table) => [primaryKey({ columns: [table.key, table.part] })],
)
