import { attachmentContext } from '../../db/cases/attachments.ts'
import type { Database, SqlValue } from '../../db/core/database.ts'
import { SEALED_COLUMNS } from '../../db/core/keys/sealed-columns.ts'
import type { Vault } from '../../db/core/vault.ts'

/** A value of the database as whoever has the keys reads it. */
export type OpenedCell = { table: string; column: string; text: string }

/**
 * Every value of every table, sealed ones opened in their own place. Throws for a sealed value that
 * does not open, and for bytes of which nobody says what they are: nothing may hide.
 */
export async function openEverything(db: Database, vault: Vault): Promise<OpenedCell[]> {
  const read = async (sql: string, ...args: SqlValue[]) => (await db.read([{ sql, args }]))[0] ?? []
  const cells: OpenedCell[] = []
  const tables = await read(`SELECT name FROM sqlite_master WHERE type = 'table'`)
  for (const [name] of tables) {
    const table = String(name)
    const columns = (await read('SELECT name FROM pragma_table_info(?)', table)).map(String)
    for (const row of await read(`SELECT ${columns.join(', ')} FROM ${table}`)) {
      const cellOf = (column: string) => row[columns.indexOf(column)] ?? null
      for (const column of columns) {
        const value = cellOf(column)
        if (value === null || table === 'blobs') continue
        const text = await reveal(vault, table, column, value, cellOf)
        // Whom a restore must erase again, by ids alone: nothing else may be in it.
        if (table === 'erasures' && column === 'body') {
          const { contactId, cases } = JSON.parse(text) as { contactId: string; cases: string[] }
          if (JSON.stringify({ contactId, cases }) === text) continue
        }
        cells.push({ table, column, text })
      }
    }
  }
  for (const [key] of await read('SELECT DISTINCT key FROM blobs')) {
    const parts = await read('SELECT bytes FROM blobs WHERE key = ? ORDER BY part', key ?? null)
    const whole = Buffer.concat(parts.map(([bytes]) => bytes as Uint8Array))
    const opened = await vault.open(whole, attachmentContext(String(key)))
    cells.push({ table: 'blobs', column: 'bytes', text: Buffer.from(opened).toString('utf8') })
    cells.push({ table: 'blobs', column: 'key', text: String(key) })
  }
  return cells
}

async function reveal(
  vault: Vault,
  table: string,
  column: string,
  value: SqlValue,
  cellOf: (column: string) => SqlValue,
): Promise<string> {
  if (!(value instanceof Uint8Array)) return String(value)
  const sealed = SEALED_COLUMNS.find((one) => one.table === table && one.column === column)
  if (sealed === undefined) throw new Error(`nobody says what ${table}.${column} holds`)
  const [first = '', second = ''] = sealed.place.map((name) => String(cellOf(name)))
  return vault.openText(value, sealed.context(first, second))
}
