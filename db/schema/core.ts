import { integer, primaryKey, sqliteTable, text } from '../core/drizzle.ts'
import { bytes } from './bytes.ts'

/** Which migrations a database has had. */
export const migrations = sqliteTable('migrations', {
  name: text().primaryKey(),
  appliedAt: text('applied_at').notNull(),
})

/** Which keys this database is sealed and indexed with, by their fingerprints. */
export const keyMarks = sqliteTable(
  'key_marks',
  {
    kind: text({ enum: ['data', 'index'] }).notNull(),
    fingerprint: text().notNull(),
    at: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.kind, table.fingerprint] })],
)

/** Sealed bytes where there is no object storage, in parts. */
export const blobs = sqliteTable(
  'blobs',
  {
    key: text().notNull(),
    part: integer().notNull(),
    bytes: bytes().notNull(),
  },
  (table) => [primaryKey({ columns: [table.key, table.part] })],
)
