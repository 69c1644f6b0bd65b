import { drizzle } from 'drizzle-orm/sqlite-proxy'
import type { Database, Rows, SqlValue, Statement } from './database.ts'
import {
  Column,
  fillPlaceholders,
  getTableName,
  is,
  type Placeholder,
  type Query,
  SQLiteBoolean,
  type SQLiteTable,
  SQLiteTextJson,
  sql,
} from './drizzle.ts'

/** What a statement gives of a row: a column of the schema, what SQL computes, or some of these under one name. */
type Cell = Column | Computed<unknown> | { readonly [name: string]: Cell }
type Computed<T> = { sql: string; read: (value: SqlValue) => T }

type DataOf<C> =
  C extends Computed<infer T>
    ? T
    : C extends Column
      ? C['_']['notNull'] extends true
        ? C['_']['data']
        : C['_']['data'] | null
      : { [Name in keyof C]: DataOf<C[Name]> }

/** Rows by name: the list for a `SELECT`, and how a row of it is read. */
export type Shape<Row> = { columns: string; read: (row: Rows[number]) => Row }
/** The rows of a shape. */
export type RowOf<S> = S extends Shape<infer Row> ? Row : never

/**
 * The named columns of rows, with the types of the schema (db/schema). The list is written from the names, so that no
 * order is kept by hand; columns carry the name of their table, or the one that `alias` gave it.
 */
export function shape<const Cells extends { readonly [name: string]: Cell }>(
  cells: Cells,
): Shape<DataOf<Cells>> {
  const columns: string[] = []
  const read = compile(cells, columns)
  return {
    columns: columns.join(', '),
    read(row) {
      if (row.length !== columns.length) throw new Error('a row is not of its shape')
      // By construction: every name has what its cell reads.
      return read(row) as DataOf<Cells>
    },
  }
}

/** Adds a cell's columns to the list, and says how their values are read from a row of it. */
function compile(cell: Cell, columns: string[]): (row: Rows[number]) => unknown {
  if (is(cell, Column) || isComputed(cell)) {
    const at = columns.push(is(cell, Column) ? nameOf(cell) : cell.sql) - 1
    const read = readerOf(cell)
    return (row) => read(row[at] ?? null)
  }
  const parts = Object.entries(cell).map(([name, part]) => [name, compile(part, columns)] as const)
  return (row) => Object.fromEntries(parts.map(([name, read]) => [name, read(row)]))
}

function isComputed(cell: Cell): cell is Computed<unknown> {
  return 'read' in cell && typeof cell.read === 'function'
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

/** What is made of a text column that is never null. */
export function parsed<T>(column: Column, parse: (text: string) => T): Computed<T> {
  return { sql: nameOf(column), read: (value) => parse(String(value)) }
}

/** A text of an outer join; empty where there is nobody. */
export function orEmpty(column: Column): Computed<string> {
  return { sql: nameOf(column), read: (value) => (value === null ? '' : String(value)) }
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
const orm = drizzle(() => Promise.reject(new Error('what is written here is run by a Database')))
const inserts = new WeakMap<SQLiteTable, Map<string, Query>>()

/** What a prepared read leaves open, by name. */
export type Open<Args> = { [Name in keyof Args & string]: Placeholder<Name, Args[Name]> }

/**
 * A read that drizzle's builder describes. Its SQL is written once, when it is first used; each call fills in what it
 * left open.
 */
export function prepared<Args extends Record<string, SqlValue>, Row>(
  build: (
    from: typeof orm,
    open: Open<Args>,
  ) => PromiseLike<Row[]> & {
    prepare: () => { getQuery: () => Query; mapAllResult: (rows: unknown) => unknown }
  },
): (db: Database, args: Args) => Promise<Row[]> {
  const open = new Proxy({}, { get: (_, name) => sql.placeholder(String(name)) }) as Open<Args>
  let made: { text: string; params: unknown[]; read: (rows: unknown) => unknown } | undefined
  const make = () => {
    const read = build(orm, open).prepare()
    const { sql: text, params } = read.getQuery()
    return { text, params, read: (rows: unknown) => read.mapAllResult(rows) }
  }
  return async (db, args) => {
    made ??= make()
    const values = fillPlaceholders(made.params, args) as SqlValue[]
    const [rows = []] = await db.read([{ sql: made.text, args: values }])
    // What the builder selects is what its own reader gives.
    return made.read(rows) as Row[]
  }
}

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
  return orm.insert(table).values(row).toSQL()
}

function nameOf(column: Column): string {
  return `${getTableName(column.table)}.${column.name}`
}

/** As SQLite gives it, but for what drizzle maps: yes and no are 1 and 0 there, and JSON is text. */
function readerOf(cell: Column | Computed<unknown>): (value: SqlValue) => unknown {
  if (!is(cell, Column)) return cell.read
  if (is(cell, SQLiteBoolean)) return (value) => (value === null ? null : value === 1)
  if (!is(cell, SQLiteTextJson)) return (value) => value
  return (value) => (typeof value === 'string' ? JSON.parse(value) : null)
}
