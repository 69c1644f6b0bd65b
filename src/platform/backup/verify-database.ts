import { attachmentContext } from '../../../db/cases/attachments.ts'
import { createSqlBlobs } from '../../../db/core/blobs-sql.ts'
import type { Database } from '../../../db/core/database.ts'
import { compareKeys, indexesFit } from '../../../db/core/keys/key-marks.ts'
import { SEALED_COLUMNS, type SealedColumn } from '../../../db/core/keys/sealed-columns.ts'
import { type Vault, VaultError } from '../../../db/core/vault.ts'
import { verifyFunds } from '../../../db/funds/verify.ts'
import { migrations } from '../../../db/migrations/index.ts'
import { loadPack } from '../../../db/policy/packs.ts'
import { verifyAudit } from '../../../db/staff/audit-log.ts'
import { verifyVouchers } from '../../../db/vouchers/verify.ts'
import { KEY_PROBLEMS } from '../keys/require-own-keys.ts'

/** Rows that are opened at once. */
const ROWS = 500

/** One thing that was looked at. `found`: for people to read, without a person's words. */
export type Check = { name: string; ok: boolean; found: string }

/**
 * Looks a database over: its pages, its references, its schema, its audit chain, its ledgers of money, and whether every
 * sealed value opens with the keys that are set. Changes nothing. For a backup and for the database in use alike.
 */
export async function* verifyDatabase(db: Database, vault: Vault): AsyncGenerator<Check> {
  yield checkPages(db)
  yield checkReferences(db)
  yield checkSchema(db)
  yield checkKeys(db, vault)
  yield checkAudit(db)
  yield checkVouchers(db)
  yield checkFunds(db)
  for (const column of SEALED_COLUMNS) yield checkSealed(db, vault, column)
  yield checkFiles(db, vault)
}

async function checkPages(db: Database): Promise<Check> {
  const [rows = []] = await db.read([{ sql: 'PRAGMA integrity_check(5)', args: [] }])
  const found = rows.map(([line]) => String(line)).join('; ')
  return { name: 'pages', ok: found === 'ok', found }
}

async function checkReferences(db: Database): Promise<Check> {
  const [rows = []] = await db.read([{ sql: 'PRAGMA foreign_key_check', args: [] }])
  const tables = [...new Set(rows.map(([table]) => String(table)))]
  return {
    name: 'references',
    ok: rows.length === 0,
    found: rows.length === 0 ? 'ok' : `${rows.length} lead nowhere, in ${tables.join(', ')}`,
  }
}

async function checkSchema(db: Database): Promise<Check> {
  const [rows = []] = await db.read([{ sql: 'SELECT name FROM migrations', args: [] }])
  const applied = new Set(rows.map(([name]) => String(name)))
  const open = migrations.filter(({ name }) => !applied.delete(name)).map(({ name }) => name)
  if (applied.size > 0) {
    return { name: 'schema', ok: false, found: `from a newer version: ${[...applied].join(', ')}` }
  }
  return {
    name: 'schema',
    ok: true,
    found: open.length === 0 ? 'ok' : `older; the next start applies ${open.join(', ')}`,
  }
}

/** The marks of its keys; where it is of a version without them, the sealed values below tell. */
async function checkKeys(db: Database, vault: Vault): Promise<Check> {
  const [tables = []] = await db.read([
    { sql: "SELECT 1 FROM sqlite_schema WHERE name = 'key_marks'", args: [] },
  ])
  const problem = tables.length === 0 ? null : await compareKeys(db, vault)
  const name = 'keys'
  if (problem !== null) return { name, ok: false, found: KEY_PROBLEMS[problem] }
  const fits = await indexesFit(db, vault)
  return { name, ok: fits, found: fits ? 'ok' : KEY_PROBLEMS['other-index-key'] }
}

async function checkAudit(db: Database): Promise<Check> {
  const verdict = await verifyAudit(db)
  return {
    name: 'audit chain',
    ok: verdict.ok,
    found: verdict.ok
      ? `${verdict.entries} entries, the last ${verdict.hash.slice(0, 16) || '(none)'}`
      : `entry ${verdict.ordinal} is ${verdict.problem}`,
  }
}

async function checkVouchers(db: Database): Promise<Check> {
  const name = 'voucher ledger'
  const life = await lifeOfVouchers(db)
  if (life === null) return { name, ok: true, found: 'none' }
  const verdict = await verifyVouchers(db, life)
  return {
    name,
    ok: verdict.ok,
    found: verdict.ok
      ? `${verdict.entries} entries, ${verdict.vouchers} vouchers`
      : verdict.problem,
  }
}

/** How vouchers live in the programme that has them; null where none does. */
async function lifeOfVouchers(db: Database) {
  const [rows = []] = await db.read([
    { sql: 'SELECT current_revision FROM programmes WHERE current_revision IS NOT NULL', args: [] },
  ])
  for (const [revision] of rows) {
    const { vouchers } = await loadPack(db, String(revision))
    if (vouchers !== undefined) return vouchers.life
  }
  return null
}

async function checkFunds(db: Database): Promise<Check> {
  const name = 'money by level'
  const [tables = []] = await db.read([
    { sql: "SELECT 1 FROM sqlite_schema WHERE name = 'fund_entries'", args: [] },
  ])
  if (tables.length === 0) return { name, ok: true, found: 'of a version without it' }
  const verdict = await verifyFunds(db)
  return {
    name,
    ok: verdict.ok,
    found: verdict.ok ? `${verdict.entries} entries, ${verdict.acts} acts` : verdict.problem,
  }
}

async function checkSealed(db: Database, vault: Vault, column: SealedColumn): Promise<Check> {
  let opened = 0
  let stuck = 0
  let after: readonly (string | number | null | Uint8Array)[] | null = null
  const keys = column.key.join(', ')
  for (;;) {
    const [rows = []] = await db.read([
      {
        sql: `SELECT ${[...column.key, ...column.place, column.column].join(', ')} FROM ${column.table}
          WHERE ${column.column} IS NOT NULL
            ${after === null ? '' : `AND (${keys}) > (${column.key.map(() => '?').join(', ')})`}
          ORDER BY ${keys} LIMIT ${ROWS}`,
        args: after ?? [],
      },
    ])
    const results = await Promise.all(rows.map((row) => opens(vault, column, row)))
    for (const ok of results) ok ? opened++ : stuck++
    const last = rows.at(-1)
    if (last === undefined) break
    after = last.slice(0, column.key.length)
  }
  return {
    name: `sealed ${column.table}.${column.column}`,
    ok: stuck === 0,
    found: stuck === 0 ? `${opened} open` : `${stuck} of ${opened + stuck} do not open`,
  }
}

async function opens(
  vault: Vault,
  { key, place, context }: SealedColumn,
  row: readonly (string | number | null | Uint8Array)[],
): Promise<boolean> {
  const value = row.at(-1)
  if (!(value instanceof Uint8Array)) return false
  const [first = '', second = ''] = row.slice(key.length, key.length + place.length).map(String)
  return opensAt(vault, value, context(first, second))
}

async function opensAt(vault: Vault, sealed: Uint8Array, place: string): Promise<boolean> {
  try {
    await vault.open(sealed, place)
    return true
  } catch (error) {
    if (error instanceof VaultError) return false
    throw error
  }
}

/** The bytes of people's files, as far as they are kept in the database and not in a bucket. */
async function checkFiles(db: Database, vault: Vault): Promise<Check> {
  const blobs = createSqlBlobs(db)
  const [rows = []] = await db.read([
    {
      sql: `SELECT id FROM (SELECT id FROM attachments WHERE status IN ('loose', 'taken')
          UNION ALL SELECT id FROM tip_off_files)
        WHERE EXISTS (SELECT 1 FROM blobs WHERE key = id)`,
      args: [],
    },
  ])
  let stuck = 0
  for (const [id] of rows) {
    const bytes = await blobs.get(String(id))
    if (bytes === null || !(await opensAt(vault, bytes, attachmentContext(String(id))))) stuck++
  }
  return {
    name: 'files',
    ok: stuck === 0,
    found: stuck === 0 ? `${rows.length} open` : `${stuck} of ${rows.length} do not open`,
  }
}
