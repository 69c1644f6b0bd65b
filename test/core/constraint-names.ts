import type { Database } from '../../db/core/database.ts'

/**
 * What SQLite names when a condition of the schema fails: each column of a key or a unique index as
 * `table.column`, and the names that CHECKs and triggers were given (https://sqlite.org/lang_createtable.html#constraints).
 */
export async function constraintNames(db: Database): Promise<string[]> {
  const [keys = [], indexed = [], written = []] = await db.read([
    {
      sql: `SELECT t.name || '.' || c.name FROM sqlite_master t, pragma_table_info(t.name) c
        WHERE t.type = 'table' AND c.pk > 0`,
      args: [],
    },
    {
      sql: `SELECT t.name || '.' || c.name
        FROM sqlite_master t, pragma_index_list(t.name) i, pragma_index_info(i.name) c
        WHERE t.type = 'table' AND i."unique" = 1 AND c.name IS NOT NULL`,
      args: [],
    },
    { sql: 'SELECT sql FROM sqlite_master WHERE sql IS NOT NULL', args: [] },
  ])
  const text = written.map(([sql]) => String(sql)).join('\n')
  const named = [
    ...text.matchAll(/CONSTRAINT (\w+) CHECK/g),
    ...text.matchAll(/RAISE\s*\(\s*\w+\s*,\s*'[^']*constraint failed: (\w+)'/g),
  ].map(([, name]) => String(name))
  const columns = [...keys, ...indexed].map(([name]) => String(name))
  return [...new Set([...columns, ...named])].filter((name) => !name.startsWith('sqlite_')).sort()
}
