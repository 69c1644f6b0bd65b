import { migrations } from '../migrations/index.ts'
import { ConstraintError, type Database, type Statement } from './database.ts'

const TABLE = `CREATE TABLE IF NOT EXISTS migrations (
  name TEXT PRIMARY KEY,
  applied_at TEXT NOT NULL
) STRICT`

/** Whether a database has the newest schema, in one read. Rejects where it has none at all. */
export async function isMigrated(db: Database): Promise<boolean> {
  const [[[applied] = []] = []] = await db.read([
    { sql: 'SELECT count(*) FROM migrations', args: [] },
  ])
  return Number(applied) >= migrations.length
}

/**
 * Brings a database to the newest schema; each migration is one atomic batch. Safe to call from many
 * processes at once: the loser of a race finds the name taken, writes nothing and reads again.
 */
export async function migrate(db: Database, now: string): Promise<void> {
  await db.write([{ sql: TABLE, args: [] }])
  const [applied = []] = await db.read([{ sql: 'SELECT name FROM migrations', args: [] }])
  const names = new Set(applied.map(([name]) => name))
  for (const { name, sql } of migrations) {
    if (names.has(name)) continue
    const remember = {
      sql: 'INSERT INTO migrations (name, applied_at) VALUES (?, ?)',
      args: [name, now],
    }
    try {
      await db.write([remember, ...splitStatements(sql)], { exact: true })
    } catch (error) {
      if (!(error instanceof ConstraintError && error.columns[0] === 'migrations.name')) throw error
    }
  }
}

/** Our migrations hold no `;` inside a literal or a trigger, so a split at line ends is exact. */
function splitStatements(sql: string): Statement[] {
  return sql
    .split(/;\s*$/m)
    .map((part) => part.trim())
    .filter((part) => part.replaceAll(/--.*$/gm, '').trim() !== '')
    .map((part) => ({ sql: part, args: [] }))
}
