import { type Migration, migrations } from '../migrations/index.ts'
import { ConstraintError, type Database, type Statement } from './database.ts'

const TABLE = `CREATE TABLE IF NOT EXISTS migrations (
  name TEXT PRIMARY KEY,
  applied_at TEXT NOT NULL
) STRICT`

/** Whether a database has the newest schema, in one read. Rejects where it has none at all. */
export async function isMigrated(db: Database): Promise<boolean> {
  const [[[applied] = []] = []] = await db.read([
    { sql: `SELECT count(*) FROM migrations WHERE name NOT LIKE '%${BEGUN}'`, args: [] },
  ])
  return Number(applied) >= migrations.length
}

/** Marks that a migration with slices has begun; its own name, that all are done. */
const BEGUN = '#begun'

/**
 * Brings a database to the newest schema; each migration is one atomic batch, and what it does to many rows follows in
 * slices, since a server ends a transaction after some seconds. Safe to call from many processes at once, and
 * after a kill: the loser of a race finds the name taken, writes nothing and reads again.
 */
export async function migrate(
  db: Database,
  now: string,
  list: readonly Migration[] = migrations,
): Promise<void> {
  await db.write([{ sql: TABLE, args: [] }])
  const [applied = []] = await db.read([{ sql: 'SELECT name FROM migrations', args: [] }])
  const names = new Set(applied.map(([name]) => name))
  for (const { name, sql, slice } of list) {
    if (names.has(name)) continue
    const begun = slice === undefined ? name : `${name}${BEGUN}`
    if (!names.has(begun)) await once(db, [remember(begun, now), ...splitStatements(sql)])
    if (slice === undefined) continue
    for (let changed = 1; changed > 0; ) {
      const [rows = []] = await db.write([{ sql: slice, args: [] }], { exact: true })
      changed = rows.length
    }
    await once(db, [remember(name, now)])
  }
}

function remember(name: string, now: string): Statement {
  return { sql: 'INSERT INTO migrations (name, applied_at) VALUES (?, ?)', args: [name, now] }
}

/** Writes a batch that begins with a name, unless another process has. */
async function once(db: Database, batch: readonly Statement[]): Promise<void> {
  try {
    await db.write(batch, { exact: true })
  } catch (error) {
    if (!(error instanceof ConstraintError && error.columns[0] === 'migrations.name')) throw error
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
