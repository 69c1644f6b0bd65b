import type { Database } from '../../../../db/core/database.ts'
import type { ListPage } from '../../../../db/core/list-page.ts'
import type { AuditEntry } from '../../../../db/staff/audit.ts'
import { type AuditFilter, listAudit } from '../../../../db/staff/audit-log.ts'
import type { Value } from '../../../platform/tables/rows.ts'

const TOGETHER = 500
const HEADINGS = [
  'ordinal',
  'at',
  'actor',
  'name',
  'action',
  'subject',
  'reason',
  'before_hash',
  'after_hash',
  'previous_hash',
  'hash',
]

/**
 * Every entry that a filter lets through, newest first, headings before them; those that come while it is taken are not in it.
 * Resolves once the first are read. `names`: of staff by their ids.
 */
export async function auditLines(
  db: Database,
  filter: AuditFilter,
  names: ReadonlyMap<string, string>,
): Promise<AsyncGenerator<readonly Value[]>> {
  return linesFrom(db, filter, names, await listAudit(db, { ...filter, limit: TOGETHER }))
}

async function* linesFrom(
  db: Database,
  filter: AuditFilter,
  names: ReadonlyMap<string, string>,
  first: ListPage<AuditEntry>,
): AsyncGenerator<readonly Value[]> {
  yield HEADINGS
  for (let page = first; ; ) {
    for (const one of page.rows) {
      yield [
        one.ordinal,
        one.at,
        one.actor,
        names.get(one.actor) ?? null,
        one.action,
        one.subject,
        one.reason,
        one.beforeHash,
        one.afterHash,
        one.previousHash,
        one.hash,
      ]
    }
    if (page.next === null) return
    page = await listAudit(db, { ...filter, cursor: page.next, limit: TOGETHER })
  }
}
