import { index, integer, primaryKey, sql, sqliteTable, text } from '../core/drizzle.ts'
import { bytes } from './bytes.ts'
import { programmes } from './policy.ts'
import { staff } from './staff.ts'

/**
 * A ledger on its way in. arriving: its lines are being stored · mapping: staff say which column is which · checking: line
 * by line, nothing is changed · checked: staff decide · running · done · cancelled. `cursor`: the first line that is still
 * to be looked at, from 1.
 */
export const ledgerImports = sqliteTable(
  'ledger_imports',
  {
    id: text().primaryKey(),
    programmeId: text('programme_id')
      .notNull()
      .references(() => programmes.id),
    staffId: text('staff_id')
      .notNull()
      .references(() => staff.id),
    /** Whose district; null: the whole city. */
    district: text(),
    state: text({
      enum: ['arriving', 'mapping', 'checking', 'checked', 'running', 'done', 'cancelled'],
    }).notNull(),
    /** SHA-256 of the file, in base64url. */
    fileHash: text('file_hash').notNull(),
    /** Lines below the headings. */
    lines: integer().notNull(),
    /** What each column of the file is, in its order; null: it is left out. */
    mapping: text({ mode: 'json' }).$type<readonly (string | null)[]>().notNull(),
    cursor: integer().notNull().default(1),
    /** Found by the check: to be added, here already, not to be taken. */
    fresh: integer().notNull().default(0),
    known: integer().notNull().default(0),
    wrong: integer().notNull().default(0),
    /** Added by the run. */
    added: integer().notNull().default(0),
    createdAt: text('created_at').notNull(),
    updatedAt: text('updated_at').notNull(),
    /** Cells that stood far from the table and were not taken. */
    leftOut: integer('left_out').notNull().default(0),
    /** The line of the file with the headings; those above it are no matter. */
    headLine: integer('head_line').notNull().default(0),
    /** What the file is called, sealed; null: it came before names were kept. */
    fileName: bytes('file_name'),
  },
  (table) => [
    index('ledger_imports_busy')
      .on(table.state)
      .where(sql`state IN ('arriving', 'mapping', 'checking', 'checked', 'running')`),
    index('ledger_imports_by_time').on(table.programmeId, table.createdAt),
  ],
)

/** Its lines, sealed, and gone when the import ends; `head_line` of the import is the headings. */
export const ledgerImportLines = sqliteTable(
  'ledger_import_lines',
  {
    importId: text('import_id')
      .notNull()
      .references(() => ledgerImports.id),
    line: integer().notNull(),
    cells: bytes(),
    verdict: text({ enum: ['fresh', 'known', 'wrong', 'added'] }),
    /** Names columns and reasons, never what stood there. */
    problems: text({ mode: 'json' }).$type<unknown>(),
    /** How a spreadsheet counts it, from 1; null: a line that came before this was kept is one more than `line`. */
    row: integer(),
  },
  (table) => [
    primaryKey({ columns: [table.importId, table.line] }),
    index('ledger_import_lines_wrong').on(table.importId, table.line).where(sql`verdict = 'wrong'`),
  ],
)
