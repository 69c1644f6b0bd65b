import type { Database, SqlValue, Statement } from '../database.ts'
import { headOf, type Vault, VaultError } from '../vault.ts'
import { SEALED_COLUMNS, type SealedColumn } from './sealed-columns.ts'

/** Rows of one write: small, so that the server's turns find their way between them. */
const ROWS_AT_ONCE = 100

/** What the rotation did to a column. `stuck` do not open with the keys that are given. */
export type Rotated = { table: string; column: string; resealed: number; stuck: number }

/**
 * Seals anew, with the key of today, what an older key sealed or what was stored before there was a
 * vault. A row that is changed meanwhile is left as it is, so the server may run; what is done is done,
 * so it may be stopped at any moment and run again. Nothing is read that needs nothing, unless it must be `thorough`:
 * then also each value under the id of today's key is tried, since another key may have sealed it under that id.
 */
export async function* rotateColumns(
  db: Database,
  vault: Vault,
  thorough = false,
): AsyncGenerator<Rotated> {
  for (const one of SEALED_COLUMNS) {
    const { table, column } = one
    let resealed = 0
    let stuck = 0
    let after: readonly SqlValue[] | null = null
    for (;;) {
      const rows = await rowsAfter(db, vault, one, { after, thorough })
      const last = rows.at(-1)
      if (last === undefined) break
      after = last.slice(0, one.key.length)
      const updates = await Promise.all(rows.map((row) => reseal(vault, one, row)))
      const statements = updates.filter((update) => typeof update !== 'string')
      stuck += updates.filter((update) => update === 'stuck').length
      if (statements.length === 0) continue
      const results = await db.write(statements)
      resealed += results.filter((changed) => changed.length > 0).length
    }
    yield { table, column, resealed, stuck }
  }
}

/** How many values of the columns are not sealed with the key of today. */
export async function countOutdated(db: Database, vault: Vault): Promise<number> {
  const head = headOf(vault.keyId)
  const counts = await db.read(
    SEALED_COLUMNS.map(({ table, column }) => ({
      sql: `SELECT count(*) FROM ${table} WHERE ${outdated(column)}`,
      args: [head.length, head],
    })),
  )
  return counts.reduce((sum, rows) => sum + Number(rows[0]?.[0]), 0)
}

function outdated(column: string): string {
  return `${column} IS NOT NULL AND substr(${column}, 1, ?) <> ?`
}

async function rowsAfter(
  db: Database,
  vault: Vault,
  { table, column, key, place }: SealedColumn,
  { after, thorough }: { after: readonly SqlValue[] | null; thorough: boolean },
): Promise<readonly (readonly SqlValue[])[]> {
  const head = headOf(vault.keyId)
  const keys = key.join(', ')
  const [rows = []] = await db.read([
    {
      sql: `SELECT ${[...key, ...place, column].join(', ')} FROM ${table}
        WHERE ${thorough ? `(${outdated(column)} OR ${column} IS NOT NULL)` : outdated(column)}
          ${after === null ? '' : `AND (${keys}) > (${key.map(() => '?').join(', ')})`}
        ORDER BY ${keys} LIMIT ${ROWS_AT_ONCE}`,
      args: [head.length, head, ...(after ?? [])],
    },
  ])
  return rows
}

async function reseal(
  vault: Vault,
  { table, column, key, place, context, sets }: SealedColumn,
  row: readonly SqlValue[],
): Promise<Statement | 'stuck' | 'current'> {
  const old = row.at(-1)
  if (!(old instanceof Uint8Array)) return 'stuck'
  const [first = '', second = ''] = row.slice(key.length, key.length + place.length).map(String)
  const at = context(first, second)
  if (await isCurrent(vault, old, at)) return 'current'
  try {
    const fresh = await vault.seal(await vault.open(old, at), at)
    return {
      sql: `UPDATE ${table} SET ${column} = ?${sets === undefined ? '' : `, ${sets}`}
        WHERE ${key.map((name) => `${name} = ?`).join(' AND ')} AND ${column} = ? RETURNING 1`,
      args: [fresh, ...row.slice(0, key.length), old],
    }
  } catch (error) {
    if (error instanceof VaultError) return 'stuck'
    throw error
  }
}

/** Whether the key of today has sealed a value, under its own id. */
export async function isCurrent(vault: Vault, sealed: Uint8Array, at: string): Promise<boolean> {
  const head = headOf(vault.keyId)
  if (!head.every((byte, index) => sealed[index] === byte)) return false
  const { data } = await vault.fingerprints()
  return (await vault.openedBy(sealed, at)) === data[0]
}
