import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Database } from '../db/core/database.ts'
import { AUDIT_ACTIONS, type AuditKind } from '../db/staff/audit-actions.ts'

const MARK = 'seen-'

/** Marks in the folder of the run's databases which actions of staff a test's database has entries of. */
export async function noteActions(db: Database, folder: string): Promise<void> {
  const [rows = []] = await db.read([
    { sql: 'SELECT DISTINCT action FROM audit_entries', args: [] },
  ])
  for (const [action] of rows) writeFileSync(join(folder, `${MARK}${action}`), '')
}

/**
 * Actions of the audit's table that no test of a whole run left an entry of: either nothing performs them, or what does
 * has lost its entry.
 */
export function unseenActions(folder: string): string[] {
  const names = existsSync(folder) ? readdirSync(folder) : []
  const seen = new Set(
    names.filter((name) => name.startsWith(MARK)).map((name) => name.slice(MARK.length)),
  )
  const kinds = Object.keys(AUDIT_ACTIONS) as AuditKind[]
  return kinds
    .flatMap((kind) => AUDIT_ACTIONS[kind].map((verb) => `${kind}.${verb}`))
    .filter((action) => !seen.has(action))
}
