import { attachmentContext } from '../../cases/attachments.ts'
import { PART_BYTES } from '../blobs-sql.ts'
import type { Database, SqlValue } from '../database.ts'
import { headOf, type Vault, VaultError } from '../vault.ts'
import { isCurrent } from './rotate.ts'

/** The files that are there, of applicants, of voucher providers and of tip-offs: as long as a row says so. */
const FILES = `(SELECT id FROM attachments WHERE status IN ('loose', 'taken')
  UNION ALL SELECT id FROM voucher_papers WHERE status = 'kept' UNION ALL SELECT id FROM tip_off_files)`
const KEPT = `EXISTS (SELECT 1 FROM ${FILES} WHERE id = ?)`

/**
 * Seals anew the bytes of files that are kept in the database, a whole file in one write: a kill leaves
 * the old bytes or the new ones. A file that is dropped meanwhile stays gone.
 */
export async function rotateBlobs(
  db: Database,
  vault: Vault,
  thorough = false,
): Promise<{ resealed: number; stuck: number }> {
  let resealed = 0
  let stuck = 0
  for (const key of await outdatedBlobs(db, vault, thorough)) {
    const [parts = []] = await db.read([
      { sql: 'SELECT bytes FROM blobs WHERE key = ? ORDER BY part', args: [key] },
    ])
    const fresh = await reseal(vault, key, parts)
    if (fresh === 'current') continue
    if (fresh === 'stuck') {
      stuck += 1
      continue
    }
    await db.write([
      { sql: `DELETE FROM blobs WHERE key = ? AND ${KEPT}`, args: [key, key] },
      ...cut(fresh).map((bytes, part) => ({
        sql: `INSERT INTO blobs (key, part, bytes) SELECT ?, ?, ? WHERE ${KEPT}`,
        args: [key, part, bytes, key],
      })),
    ])
    resealed += 1
  }
  return { resealed, stuck }
}

/** The files whose bytes are not sealed under the id of today's key; `thorough`: all files. */
export async function outdatedBlobs(
  db: Database,
  vault: Vault,
  thorough = false,
): Promise<string[]> {
  const head = headOf(vault.keyId)
  const [rows = []] = await db.read([
    {
      sql: `SELECT b.key FROM blobs b JOIN ${FILES} f ON f.id = b.key
        WHERE b.part = 0 AND (substr(b.bytes, 1, ?) <> ? OR ?)`,
      args: [head.length, head, Number(thorough)],
    },
  ])
  return rows.map(([key]) => String(key))
}

async function reseal(
  vault: Vault,
  key: string,
  parts: readonly (readonly SqlValue[])[],
): Promise<Uint8Array | 'stuck' | 'current'> {
  const bytes = parts.flatMap(([part]) => (part instanceof Uint8Array ? [part] : []))
  const whole = new Uint8Array(bytes.reduce((size, part) => size + part.length, 0))
  let at = 0
  for (const part of bytes) {
    whole.set(part, at)
    at += part.length
  }
  const context = attachmentContext(key)
  if (await isCurrent(vault, whole, context)) return 'current'
  try {
    return await vault.seal(await vault.open(whole, context), context)
  } catch (error) {
    if (error instanceof VaultError) return 'stuck'
    throw error
  }
}

function cut(whole: Uint8Array): Uint8Array[] {
  return Array.from({ length: Math.ceil(whole.length / PART_BYTES) }, (_, part) =>
    whole.subarray(part * PART_BYTES, (part + 1) * PART_BYTES),
  )
}
