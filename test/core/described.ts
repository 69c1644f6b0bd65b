import { readdirSync } from 'node:fs'
import { is, SQL } from 'drizzle-orm'
import {
  type AnySQLiteColumn,
  getTableConfig,
  SQLiteSyncDialect,
  SQLiteTable,
} from 'drizzle-orm/sqlite-core'
import type { Database, SqlValue } from '../../db/core/database.ts'

/** A table by its parts, each as one line, so that both sides are compared as they are. */
export type Described = {
  columns: string[]
  primaryKey: string[]
  uniques: string[]
  foreignKeys: string[]
  indexes: string[]
}

const SCHEMA = 'db/schema'
const dialect = new SQLiteSyncDialect()

/** Every table that a file of db/schema exports, by the name that the database knows. */
export async function schemaTables(): Promise<SQLiteTable[]> {
  const modules: object[] = await Promise.all(
    readdirSync(SCHEMA).map((file) => import(`../../${SCHEMA}/${file}`)),
  )
  return modules.flatMap((module) =>
    Object.values(module).flatMap((part: unknown) => (is(part, SQLiteTable) ? [part] : [])),
  )
}

/** What drizzle is told of a table. */
export function describeSchema(table: SQLiteTable): Described & { name: string } {
  const config = getTableConfig(table)
  const inline = config.columns.filter((column) => column.primary)
  const [composite] = config.primaryKeys
  const key = inline.length > 0 ? inline : (composite?.columns ?? [])
  const plain = config.indexes.filter(({ config: { unique } }) => !unique)
  return {
    name: config.name,
    columns: config.columns
      .map((column) =>
        columnLine({
          name: column.name,
          type: column.getSQLType(),
          required: column.notNull || key.includes(column),
          fallback: fallbackOf(column),
        }),
      )
      .sort(),
    primaryKey: key.map(({ name }) => name),
    uniques: [
      ...config.columns.filter(({ isUnique }) => isUnique).map(({ name }) => name),
      ...config.uniqueConstraints.map(({ columns }) => columns.map(({ name }) => name).join(', ')),
    ].sort(),
    foreignKeys: config.foreignKeys
      .map((one) => {
        const { columns, foreignTable, foreignColumns } = one.reference()
        return reference({
          from: columns.map(({ name }) => name),
          table: getTableConfig(foreignTable).name,
          to: foreignColumns.map(({ name }) => name),
          onUpdate: one.onUpdate,
          onDelete: one.onDelete,
        })
      })
      .sort(),
    indexes: [...plain, ...config.indexes.filter(({ config: { unique } }) => unique)]
      .map(({ config: { name, unique, columns, where } }) =>
        index({
          name,
          unique,
          columns: columns.map((column) => (is(column, SQL) ? '(an expression)' : column.name)),
          where: where === undefined ? null : dialect.sqlToQuery(where).sql,
        }),
      )
      .sort(),
  }
}

/** What the migrations made of a table. */
export async function describeDatabase(db: Database, table: string): Promise<Described> {
  const ask = async (sql: string, ...args: SqlValue[]) => (await db.read([{ sql, args }]))[0] ?? []
  const columns = await ask(
    'SELECT name, type, "notnull", dflt_value, pk FROM pragma_table_info(?) ORDER BY pk',
    table,
  )
  const indexes = await ask('SELECT name, "unique", origin FROM pragma_index_list(?)', table)
  const parts = await Promise.all(
    indexes.map(async ([name = null, unique, origin]) => {
      const [of, [source]] = await Promise.all([
        ask(
          'SELECT name, "desc", coll FROM pragma_index_xinfo(?) WHERE key = 1 ORDER BY seqno',
          name,
        ),
        ask('SELECT sql FROM sqlite_schema WHERE name = ?', name),
      ])
      const names = of.map(([column, falling, collation]) =>
        [
          column ?? '(an expression)',
          falling ? 'DESC' : '',
          collation === 'BINARY' ? '' : collation,
        ]
          .join(' ')
          .trim(),
      )
      const [, where = null] = /\bWHERE\b(.*)$/is.exec(String(source?.[0] ?? '')) ?? []
      return { name: String(name), unique: unique === 1, origin, columns: names, where }
    }),
  )
  const foreign = await ask(
    'SELECT id, "from", "table", "to", on_update, on_delete FROM pragma_foreign_key_list(?) ORDER BY id, seq',
    table,
  )
  const keys = Map.groupBy(foreign, ([id]) => id)
  return {
    columns: columns
      .map(([name, type, required, fallback, key]) =>
        columnLine({
          name: String(name),
          type: String(type),
          required: required === 1 || Number(key) > 0,
          fallback: fallback == null ? null : String(fallback),
        }),
      )
      .sort(),
    primaryKey: columns.filter((column) => Number(column[4]) > 0).map(([name]) => String(name)),
    uniques: parts
      .filter(({ origin }) => origin === 'u')
      .map(({ columns: names }) => names.join(', '))
      .sort(),
    foreignKeys: [...keys.values()]
      .map((rows) =>
        reference({
          from: rows.map(([, from]) => String(from)),
          table: String(rows[0]?.[2]),
          to: rows.map(([, , , to]) => String(to)),
          onUpdate: String(rows[0]?.[4]),
          onDelete: String(rows[0]?.[5]),
        }),
      )
      .sort(),
    indexes: parts
      .filter(({ origin }) => origin === 'c')
      .map(index)
      .sort(),
  }
}

function columnLine(one: {
  name: string
  type: string
  required: boolean
  fallback: string | null
}) {
  const fallback = one.fallback === null ? '' : ` DEFAULT ${one.fallback}`
  return `${one.name} ${one.type.toUpperCase()}${one.required ? ' NOT NULL' : ''}${fallback}`
}

function fallbackOf(column: AnySQLiteColumn): string | null {
  if (!column.hasDefault || column.default === undefined) return null
  const value: unknown = column.default
  if (is(value, SQL)) return dialect.sqlToQuery(value).sql
  if (typeof value === 'boolean') return value ? '1' : '0'
  return typeof value === 'string' ? `'${value}'` : String(value)
}

function reference(one: {
  from: string[]
  table: string
  to: string[]
  onUpdate: string | undefined
  onDelete: string | undefined
}) {
  const { onUpdate = 'no action', onDelete = 'no action' } = one
  const target = `${one.table} (${one.to.join(', ')})`
  return `${one.from.join(', ')} -> ${target} ${onUpdate} ${onDelete}`.toLowerCase()
}

function index(one: { name: string; unique: boolean; columns: string[]; where: string | null }) {
  const where = one.where === null ? '' : ` WHERE ${one.where.replace(/\s+/g, ' ').trim()}`
  return `${one.unique ? 'UNIQUE ' : ''}${one.name} (${one.columns.join(', ')})${where}`
}
