import { identityIndex, openCase } from '../../cases/content.ts'
import type { Database, SqlValue, Statement } from '../database.ts'
import { headOf, type Vault, VaultError } from '../vault.ts'
import { SEALED_COLUMNS, type SealedColumn } from './sealed-columns.ts'

/**
 * other-data-key: it was sealed with a key that is not set · mixed: some of it was, and some with those that are set ·
 * other-index-key: it was indexed with another key
 */
export type KeyProblem = 'other-data-key' | 'mixed' | 'other-index-key'

/** Values of a column that are opened where there is no mark yet; of more, so many across the whole of it. */
const SAMPLED = 2000
/** `{`: stored before there was a vault. */
const OPEN_JSON = Uint8Array.of(0x7b)
const MARKS: Statement = { sql: 'SELECT kind, fingerprint FROM key_marks', args: [] }

/**
 * Whether the keys that are set are those of this database; null: they are. By its marks alone, which cost one read;
 * a database without marks passes. For who only looks: /readyz, `verify`, `restore`.
 */
export async function compareKeys(db: Database, vault: Vault): Promise<KeyProblem | null> {
  const [rows = []] = await db.read([MARKS])
  return problemOf(rows, await vault.fingerprints())
}

/**
 * As `compareKeys`, and marks the database where the keys fit. A database without marks gets them only after stored
 * values of every column open, and each stored index of a case that is looked at is computed again. Before any
 * other use of the keys.
 */
export async function requireKeys(
  db: Database,
  vault: Vault,
  now: string,
): Promise<KeyProblem | null> {
  const [rows = []] = await db.read([MARKS])
  const prints = await vault.fingerprints()
  const problem = problemOf(rows, prints)
  if (problem !== null) return problem
  const [sealing = ''] = prints.data
  const marked = new Set(rows.map(([kind, print]) => `${kind}:${print}`))
  if (marked.has(`data:${sealing}`) && marked.has(`index:${prints.index}`)) return null
  const used = new Set([sealing])
  if (rows.length === 0) {
    const found = await lookAtStored(db, vault)
    if (found.problem !== null) return found.problem
    for (const print of found.openedBy) used.add(print)
  }
  await db.write([
    ...[...used].map((print) => insertMark('data', print, now)),
    insertMark('index', prints.index, now),
  ])
  return null
}

/** Whether more than one data key has sealed something here. */
export async function hasSeveralKeys(db: Database): Promise<boolean> {
  const [rows = []] = await db.read([
    { sql: "SELECT count(*) FROM key_marks WHERE kind = 'data'", args: [] },
  ])
  return Number(rows[0]?.[0]) > 1
}

/** Forgets the keys that nothing is sealed with any more, once everything is sealed with the one of today. */
export async function forgetOldKeys(db: Database, vault: Vault): Promise<void> {
  const [sealing = ''] = (await vault.fingerprints()).data
  await db.write([
    { sql: "DELETE FROM key_marks WHERE kind = 'data' AND fingerprint <> ?", args: [sealing] },
  ])
}

/** Whether something is stored that only its keys open; false for a database of no schema. */
export async function holdsSealed(db: Database): Promise<boolean> {
  const [tables = []] = await db.read([
    { sql: "SELECT name FROM sqlite_schema WHERE type = 'table'", args: [] },
  ])
  const there = new Set(tables.map(([name]) => String(name)))
  const asked = SEALED_COLUMNS.filter(({ table }) => there.has(table)).map(({ table, column }) => ({
    sql: `SELECT 1 FROM ${table} WHERE ${column} IS NOT NULL AND substr(${column}, 1, 1) <> ? LIMIT 1`,
    args: [OPEN_JSON],
  }))
  if (there.has('key_marks')) asked.push({ sql: 'SELECT 1 FROM key_marks LIMIT 1', args: [] })
  const found = asked.length === 0 ? [] : await db.read(asked)
  return found.some((rows) => rows.length > 0)
}

function problemOf(
  marks: readonly (readonly SqlValue[])[],
  { data, index }: { data: readonly string[]; index: string },
): KeyProblem | null {
  const of = (kind: string) => marks.filter((row) => row[0] === kind).map(([, print]) => `${print}`)
  const missing = of('data').filter((print) => !data.includes(print))
  if (missing.length > 0) return missing.length < of('data').length ? 'mixed' : 'other-data-key'
  const indexes = of('index')
  return indexes.length > 0 && !indexes.includes(index) ? 'other-index-key' : null
}

type Looked = { problem: KeyProblem | null; openedBy: ReadonlySet<string> }

async function lookAtStored(db: Database, vault: Vault): Promise<Looked> {
  const openedBy = new Set<string>()
  let stuck = 0
  for (const column of SEALED_COLUMNS) {
    for (const { value, context } of await sample(db, column)) {
      const print = await vault.openedBy(value, context)
      if (print === null) stuck += 1
      else openedBy.add(print)
    }
  }
  if (stuck > 0) return { problem: openedBy.size > 0 ? 'mixed' : 'other-data-key', openedBy }
  return { problem: (await indexesFit(db, vault)) ? null : 'other-index-key', openedBy }
}

/** Values of a column from its first to its last, those of every key id among them. */
async function sample(
  db: Database,
  { table, column, key, place, context }: SealedColumn,
): Promise<{ value: Uint8Array; context: string }[]> {
  const sealed = `${column} IS NOT NULL AND substr(${column}, 1, 1) <> ?`
  // The byte behind the format says how long the id is.
  const head = `substr(${column}, 1, 2 + unicode(CAST(substr(${column}, 2, 1) AS TEXT)))`
  const [counts = []] = await db.read([
    {
      sql: `SELECT ${head}, count(*) FROM ${table} WHERE ${sealed} GROUP BY 1`,
      args: [OPEN_JSON],
    },
  ])
  const read = counts.map(([begins, count]): Statement => {
    const step = Math.ceil(Number(count) / SAMPLED)
    return {
      sql: `SELECT ${[...place, column].join(', ')} FROM (
          SELECT *, row_number() OVER (ORDER BY ${key.join(', ')}) AS number, count(*) OVER () AS all_of_them
          FROM ${table} WHERE ${sealed} AND ${head} = ?)
        WHERE number % ? = 0 OR number = 1 OR number = all_of_them`,
      args: [OPEN_JSON, begins ?? headOf(''), step],
    }
  })
  const found = read.length === 0 ? [] : await db.read(read)
  return found.flat().flatMap((row) => {
    const value = row.at(-1)
    const [first = '', second = ''] = row.slice(0, place.length).map(String)
    return value instanceof Uint8Array ? [{ value, context: context(first, second) }] : []
  })
}

/** Whether the identity numbers of the first stored cases that open have the index that is stored with them. */
export async function indexesFit(db: Database, vault: Vault): Promise<boolean> {
  const [rows = []] = await db.read([
    {
      sql: `SELECT id, identity_index FROM cases WHERE applicant IS NOT NULL AND identity_index IS NOT NULL
        ORDER BY id LIMIT 20`,
      args: [],
    },
  ])
  for (const [id, index] of rows) {
    const opened = await openCase(db, vault, String(id)).catch((error: unknown) => {
      if (error instanceof VaultError) return null
      throw error
    })
    if (opened === null) continue
    if ((await identityIndex(vault, opened.applicant.identityNumber)) !== index) return false
  }
  return true
}

function insertMark(kind: 'data' | 'index', fingerprint: string, at: string): Statement {
  return {
    sql: 'INSERT INTO key_marks (kind, fingerprint, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
    args: [kind, fingerprint, at],
  }
}
