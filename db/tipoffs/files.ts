import type { Database, Statement } from '../core/database.ts'

/** Files that belong to no tip-off after so many days came to nothing. */
const UNUSED_DAYS = 2

/** A file that is set aside for a tip-off, under an id of its own and without a name. */
export function insertFile(file: { id: string; mime: string; day: string }): Statement {
  return {
    sql: 'INSERT INTO tip_off_files (id, mime, day) VALUES (?, ?, ?)',
    args: [file.id, file.mime, file.day],
  }
}

/** The files of a tip-off, in no order that says anything. */
export async function listFiles(
  db: Database,
  tipOffId: string,
): Promise<{ id: string; mime: string }[]> {
  const [rows = []] = await db.read([
    {
      sql: 'SELECT id, mime FROM tip_off_files WHERE tip_off_id = ? ORDER BY id',
      args: [tipOffId],
    },
  ])
  return rows.map(([id, mime]) => ({ id: String(id), mime: String(mime) }))
}

/** Files that were set aside for a tip-off that was never handed in. `day`: today in China. */
export async function listUnused(db: Database, day: string): Promise<string[]> {
  const [rows = []] = await db.read([
    {
      sql: 'SELECT id FROM tip_off_files WHERE tip_off_id IS NULL AND day < date(?, ?)',
      args: [day, `-${UNUSED_DAYS} days`],
    },
  ])
  return rows.map(([id]) => String(id))
}

/** The bytes are gone: so is the row. */
export function deleteUnused(id: string): Statement {
  return { sql: 'DELETE FROM tip_off_files WHERE id = ? AND tip_off_id IS NULL', args: [id] }
}
