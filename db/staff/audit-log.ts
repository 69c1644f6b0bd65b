import type { Database, SqlValue } from '../core/database.ts'
import { getTableColumns } from '../core/drizzle.ts'
import { type ListPage, listPage } from '../core/list-page.ts'
import { query, shape } from '../core/query.ts'
import { auditEntries } from '../schema/staff.ts'
import { type AuditEntry, type AuditHead, hashOf } from './audit.ts'

const PAGE = 500
const ENTRY = shape(getTableColumns(auditEntries))

/** `cut`: entries that were there when a head was noted are there no more. */
type AuditProblem = 'missing' | 'unlinked' | 'altered' | 'cut'

export type AuditVerdict =
  | { ok: true; entries: number; hash: string }
  | { ok: false; ordinal: number; problem: AuditProblem }

/**
 * Reads the whole chain and names the first entry that is missing, out of its place or not what was
 * written. `head`: a hash noted earlier, whole or its beginning (eight characters at least); where no
 * entry has it any more, the chain was cut off or written anew (`cut`, after its last entry).
 */
export async function verifyAudit(db: Database, head?: string): Promise<AuditVerdict> {
  let last: AuditHead = { ordinal: 0, hash: '' }
  let found = head === undefined
  // The first page has also what somebody may have put before the first place.
  for (let from: number | null = null; ; from = last.ordinal) {
    const page = await loadAudit(
      db,
      from === null ? 'TRUE' : 'ordinal > ?',
      from === null ? [] : [from],
    )
    for (const entry of page) {
      const ordinal = last.ordinal + 1
      if (entry.ordinal !== ordinal) {
        const problem = entry.ordinal > ordinal ? 'missing' : 'unlinked'
        return { ok: false, ordinal: Math.min(ordinal, entry.ordinal), problem }
      }
      if (entry.previousHash !== last.hash) return { ok: false, ordinal, problem: 'unlinked' }
      const { hash, ...fields } = entry
      if ((await hashOf(fields)) !== hash) return { ok: false, ordinal, problem: 'altered' }
      last = { ordinal, hash }
      if (head !== undefined && hash.startsWith(head)) found = true
    }
    if (page.length === PAGE) continue
    if (!found) return { ok: false, ordinal: last.ordinal + 1, problem: 'cut' }
    return { ok: true, entries: last.ordinal, hash: last.hash }
  }
}

/** What an auditor looks for; each that is given must hold. `from` and `to`: ISO times, `to` not included. */
export type AuditFilter = {
  actor?: string | undefined
  /** An action, or the beginning of some: `case.`. */
  action?: string | undefined
  subject?: string | undefined
  from?: string | undefined
  to?: string | undefined
}

/** Entries for the auditor, newest first. */
export async function listAudit(
  db: Database,
  filter: AuditFilter & { cursor?: string; limit: number },
): Promise<ListPage<AuditEntry>> {
  const wanted: [string, SqlValue | undefined][] = [
    ['actor = ?', filter.actor],
    ["action LIKE ? || '%'", filter.action],
    ['subject = ?', filter.subject],
    ['at >= ?', filter.from],
    ['at < ?', filter.to],
  ]
  const given = wanted.filter(([, value]) => value !== undefined)
  return listPage(db, {
    shape: ENTRY,
    from: 'audit_entries',
    where: {
      sql: given.map(([sql]) => sql).join(' AND ') || 'TRUE',
      args: given.map(([, value]) => value ?? null),
    },
    order: [{ sql: 'ordinal', desc: true }],
    cursor: filter.cursor,
    limit: filter.limit,
  })
}

function loadAudit(
  db: Database,
  condition: string,
  args: readonly SqlValue[],
): Promise<AuditEntry[]> {
  const entries = `SELECT ${ENTRY.columns} FROM audit_entries WHERE ${condition} ORDER BY ordinal LIMIT ?`
  return query(db, entries, [...args, PAGE], ENTRY)
}
