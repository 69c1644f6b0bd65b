import { setTimeout as pause } from 'node:timers/promises'
import { writeAudited as write } from '../../../db/staff/audit.ts'

export * from '../../../db/staff/audit.ts'

/** A seeded bug: what was done is written first, and that it was done a moment later. */
export const writeAudited: typeof write = async (db, drafts, statements) => {
  const rows = await db.write(statements)
  await pause(40)
  await write(db, drafts, [])
  return rows
}
