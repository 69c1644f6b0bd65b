import { type AuditEntry, type AuditFilter, listAudit } from '../../../db/audit.ts'
import type { Database } from '../../../db/database.ts'

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

/**
 * A table as CSV (RFC 4180) that Excel opens in UTF-8. A cell that a spreadsheet would take for a
 * formula gets a `'` in front (https://owasp.org/www-community/attacks/CSV_Injection).
 */
export function toCsv(rows: readonly (readonly (string | number | null)[])[]): string {
  const cell = (value: string | number | null) => {
    const text = value === null ? '' : String(value)
    const safe = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
  }
  return `\uFEFF${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`
}
