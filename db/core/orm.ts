import { drizzle } from 'drizzle-orm/sqlite-proxy'
import type { Database, SqlValue } from './database.ts'

/** Drizzle over either client; for reading and composing. A turn's own statements are prepared by hand. */
export function createOrm(db: Database) {
  return drizzle(async (sql, params, method) => {
    const statement = { sql, args: params as SqlValue[] }
    const [rows = []] =
      method !== 'run' && /^\s*select/i.test(sql)
        ? await db.read([statement])
        : await db.write([statement])
    // The proxy's contract: `get` takes one row, all else a list of rows.
    return { rows: method === 'get' ? [...(rows[0] ?? [])] : rows.map((row) => [...row]) }
  })
}
