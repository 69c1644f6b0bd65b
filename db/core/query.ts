import { type Column, fillPlaceholders, getTableName, is, type Query, sql } from 'drizzle-orm'
import { SQLiteBoolean, type SQLiteTable, SQLiteTextJson } from 'drizzle-orm/sqlite-core'
import { drizzle } from 'drizzle-orm/sqlite-proxy'
import type { Database, Rows, SqlValue, Statement } from './database.ts'

/** What a statement gives of a row: a column of the schema, or what SQL computes of several. */
type Cell = Column | Computed<unknown>
type Computed<T> = { sql: string; read: (value: SqlValue) => T }

type DataOf<C> =
  C extends Computed<infer T>
    ? T
    : C extends Column
      ? C['_']['notNull'] extends true
        ? C['_']['data']
        : C['_']['data'] | null
      : never

/** Rows by name: the list for a `SELECT`, and how a row of it is read. */
export type Shape<Row> = { columns: string; read: (row: Rows[number]) => Row }
/** The rows of a shape. */
export type RowOf<S> = S extends Shape<infer Row> ? Row : never

/**
 * The named columns of rows, with the types of the schema (db/schema). The list is written from the names, so that no
 * order is kept by hand; columns carry the name of their table, or the one that `alias` gave it.
 */
export function shape<const Cells extends Record<string, Cell>>(
  cells: Cells,
): Shape<{ [Name in keyof Cells]: DataOf<Cells[Name]> }> {
  const names = Object.keys(cells)
  const columns = Object.values(cells).map((cell) => ('read' in cell ? cell.sql : nameOf(cell)))
  const readers = Object.values(cells).map((cell) => readerOf(cell))
  return {
    columns: columns.join(', '),
    read(row) {
      if (row.length !== names.length) throw new Error('a row is not of its shape')
      const entries = names.map((name, at) => [name, readers[at]?.(row[at] ?? null)])
      // By construction: every name has what its cell reads.
      return Object.fromEntries(entries) as { [Name in keyof Cells]: DataOf<Cells[Name]> }
    },
  }
}

/** A number that SQL computes; 0 where there is nothing to add up. */
export function count(computed: string): Computed<number> {
  return { sql: computed, read: Number }
}

/** What SQL computes of a column, or null: `max(at)`, a column of an outer join. */
export function maybe<C extends Column>(
  column: C,
  computed?: string,
): Computed<C['_']['data'] | null> {
  return { sql: computed ?? nameOf(column), read: readerOf(column) }
}

/** A column that the statement's own condition keeps from being null. */
export function present<C extends Column>(column: C): Computed<C['_']['data']> {
  return { sql: nameOf(column), read: readerOf(column) }
}

/** The rows that hand-written SQL gives; `args` fill its `?`. */
export async function query<Row>(
  db: Database,
  text: string,
  args: readonly SqlValue[],
  { read }: Shape<Row>,
): Promise<Row[]> {
  const [rows = []] = await db.read([{ sql: text, args }])
  return rows.map(read)
}

/** The first row of them; null where there is none. */
export async function first<Row>(
  db: Database,
  text: string,
  args: readonly SqlValue[],
  { read }: Shape<Row>,
): Promise<Row | null> {
  const [rows = []] = await db.read([{ sql: text, args, single: true }])
  return rows[0] === undefined ? null : read(rows[0])
}

/** Only writes SQL: it has no database. */
const writer = drizzle(() => Promise.reject(new Error('what is written here is run by a Database')))
const inserts = new WeakMap<SQLiteTable, Map<string, Query>>()

/** A new row, for somebody's batch. Drizzle writes the SQL once for each set of columns that is given. */
export function insertInto<Table extends SQLiteTable>(
  table: Table,
  row: Table['$inferInsert'],
): Statement {
  const names = Object.entries(row).flatMap(([name, value]) => (value === undefined ? [] : [name]))
  const known = inserts.get(table) ?? new Map<string, Query>()
  inserts.set(table, known)
  const made = known.get(names.join()) ?? writeInsert(table, names)
  known.set(names.join(), made)
  // Drizzle's columns map to what the driver takes; its type does not say so.
  return { sql: made.sql, args: fillPlaceholders(made.params, row) as SqlValue[] }
}

function writeInsert(table: SQLiteTable, names: readonly string[]): Query {
  const row = Object.fromEntries(names.map((name) => [name, sql.placeholder(name)]))
  return writer.insert(table).values(row).toSQL()
}

function nameOf(column: Column): string {
  return `${getTableName(column.table)}.${column.name}`
}

/** As SQLite gives it, but for what drizzle maps: yes and no are 1 and 0 there, and JSON is text. */
function readerOf(cell: Cell): (value: SqlValue) => unknown {
  if ('read' in cell) return cell.read
  if (is(cell, SQLiteBoolean)) return (value) => (value === null ? null : value === 1)
  if (!is(cell, SQLiteTextJson)) return (value) => value
  return (value) => (typeof value === 'string' ? JSON.parse(value) : null)
}
