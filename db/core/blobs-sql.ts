import type { Blobs } from './blobs.ts'
import type { Database } from './database.ts'

/** A file's whole size in one statement would hold up every other turn, and is more than a server over HTTP takes. */
export const PART_BYTES = 512 * 1024

/** Blobs as rows, a write for each part, so that turns find their way between them. */
export function createSqlBlobs(db: Database): Blobs {
  return {
    async put(key, bytes) {
      for (let part = 0; part * PART_BYTES < bytes.length; part++) {
        const from = part * PART_BYTES
        await db.write([
          {
            sql: 'INSERT OR REPLACE INTO blobs (key, part, bytes) VALUES (?, ?, ?)',
            args: [key, part, bytes.subarray(from, from + PART_BYTES)],
          },
        ])
      }
    },
    async get(key) {
      const parts: Uint8Array[] = []
      for (;;) {
        const [rows = []] = await db.read([
          { sql: 'SELECT bytes FROM blobs WHERE key = ? AND part = ?', args: [key, parts.length] },
        ])
        const bytes = rows[0]?.[0]
        if (!(bytes instanceof Uint8Array)) break
        parts.push(bytes)
      }
      return parts.length === 0 ? null : joined(parts)
    },
    async delete(key) {
      await db.write([{ sql: 'DELETE FROM blobs WHERE key = ?', args: [key] }])
    },
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
