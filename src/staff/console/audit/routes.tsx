import { writeAudited } from '../../../../db/staff/audit.ts'
import { type AuditVerdict, listAudit, verifyAudit } from '../../../../db/staff/audit-log.ts'
import { listStaff } from '../../../../db/staff/members.ts'
import { chinaDay } from '../../../../flows/programme/china-time.ts'
import { formOf } from '../../../console/form.ts'
import type { ConsoleDeps, ConsoleRoute } from '../../../console/route.ts'
import { toCsv } from '../../../platform/tables/csv.ts'
import { collectAudit } from './collect-audit.ts'
import { type AuditQuery, auditFilterOf, parseAuditQuery } from './filter.ts'
import { AuditPage } from './page.tsx'
import { auditViewOf } from './view.ts'

const PAGE = 50
const FILTERS = ['actor', 'action', 'subject', 'since', 'until'] as const

/** The auditor's page: every entry, filtered, as a table to take away, and whether the chain is whole. */
export function auditRoutes(deps: ConsoleDeps): ConsoleRoute[] {
  return [
    {
      method: 'GET',
      path: '/console/audit',
      rule: 'audit.read',
      handle: async (c) => {
        const query = parseAuditQuery((name) => c.req.query(name))
        const before = Number(c.req.query('before')) || undefined
        const filter = { ...auditFilterOf(query), before, limit: PAGE }
        const entries = await listAudit(deps.db, filter)
        const verdict: AuditVerdict | null =
          c.req.query('verify') === undefined ? null : await verifyAudit(deps.db)
        return c.html(
          <AuditPage
            view={await auditViewOf(deps, c)}
            entries={entries}
            more={entries.length === PAGE}
            staff={await listStaff(deps.db)}
            query={query}
            verdict={verdict}
          />,
        )
      },
    },
    {
      method: 'POST',
      path: '/console/audit/export',
      rule: 'audit.read',
      handle: async (c) => {
        const form = await formOf(c, FILTERS)
        const query: AuditQuery = parseAuditQuery((name) => form[name])
        const entries = await collectAudit(deps.db, auditFilterOf(query))
        const names = new Map((await listStaff(deps.db)).map(({ id, name }) => [id, name]))
        const [at, actor] = [deps.now(), c.get('staff').id]
        const range = `${entries.at(-1)?.ordinal ?? 0}-${entries[0]?.ordinal ?? 0}`
        await writeAudited(
          deps.db,
          [{ at, actor, action: 'audit.exported', subject: `audit:${range}` }],
          [],
        )
        c.header('Content-Type', 'text/csv; charset=utf-8')
        c.header('Content-Disposition', `attachment; filename="audit-${chinaDay(at)}.csv"`)
        return c.body(
          toCsv([
            ['ordinal', 'at', 'actor', 'name', 'action', 'subject', 'reason'].concat([
              'before_hash',
              'after_hash',
              'previous_hash',
              'hash',
            ]),
            ...entries.map((entry) => [
              entry.ordinal,
              entry.at,
              entry.actor,
              names.get(entry.actor) ?? null,
              entry.action,
              entry.subject,
              entry.reason,
              entry.beforeHash,
              entry.afterHash,
              entry.previousHash,
              entry.hash,
            ]),
          ]),
        )
      },
    },
  ]
}
