import type { Database } from '../../../../db/core/database.ts'
import type { AuditEntry } from '../../../../db/staff/audit.ts'
import { type AuditFilter, listAudit } from '../../../../db/staff/audit-log.ts'

const PAGE = 500
/** More than a spreadsheet shows with ease; who needs all takes one period after another. */
const MAX_EXPORT = 20_000

/** Every entry that a filter lets through, newest first, `MAX_EXPORT` at most. */
export async function collectAudit(db: Database, filter: AuditFilter): Promise<AuditEntry[]> {
  const all: AuditEntry[] = []
  while (all.length < MAX_EXPORT) {
    const before = all.at(-1)?.ordinal
    const page = await listAudit(db, { ...filter, before, limit: PAGE })
    all.push(...page)
    if (page.length < PAGE) break
  }
  return all
}
