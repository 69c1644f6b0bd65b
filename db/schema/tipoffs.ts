import { TIP_OFF_STATES } from '../../flows/programme/tip-off.ts'
import { blob, integer, primaryKey, sqliteTable, text } from '../core/drizzle.ts'

/** A tip-off, which no column ties to a person, a turn or the audit. Days are China's. */
export const tipOffs = sqliteTable('tip_offs', {
  id: text().primaryKey(),
  /** Blind indexes of the number, and of number and secret word. */
  numberIndex: text('number_index').notNull().unique(),
  wordIndex: text('word_index').notNull(),
  /** Sealed: what is told, in the person's words. */
  body: blob({ mode: 'buffer' }).notNull(),
  state: text({ enum: TIP_OFF_STATES }).notNull().default('new'),
  version: integer().notNull().default(1),
  /** Wrong words in a row. */
  failures: integer().notNull().default(0),
  day: text().notNull(),
  movedDay: text('moved_day').notNull(),
  /** When supervision was last told that it waits. */
  toldDay: text('told_day'),
})

/** What was said of a tip-off since, both ways; sealed. */
export const tipOffMessages = sqliteTable(
  'tip_off_messages',
  {
    tipOffId: text('tip_off_id')
      .notNull()
      .references(() => tipOffs.id),
    ordinal: integer().notNull(),
    side: text({ enum: ['person', 'supervision'] }).notNull(),
    body: blob({ mode: 'buffer' }).notNull(),
    day: text().notNull(),
    /** The form in the console that it was written in. */
    requestKey: text('request_key').unique(),
  },
  (table) => [primaryKey({ columns: [table.tipOffId, table.ordinal] })],
)

/** Files of tip-offs, without names; the sealed bytes are blobs of the same key. */
export const tipOffFiles = sqliteTable('tip_off_files', {
  id: text().primaryKey(),
  /** Null while the tip-off is being written. */
  tipOffId: text('tip_off_id').references(() => tipOffs.id),
  mime: text().notNull(),
  day: text().notNull(),
})

/** One-time ways from another network to a tip-off on the web, by the hash of their token. */
export const tipOffLinks = sqliteTable('tip_off_links', {
  tokenHash: text('token_hash').primaryKey(),
  uses: integer().notNull().default(0),
  lastDay: text('last_day').notNull(),
})
