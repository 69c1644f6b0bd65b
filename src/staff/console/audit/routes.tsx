import * as z from 'zod'
import { writeAudited } from '../../../../db/staff/audit.ts'
import { listAudit, verifyAudit } from '../../../../db/staff/audit-log.ts'
import { listStaff } from '../../../../db/staff/members.ts'
import { chinaDay } from '../../../../flows/programme/china-time.ts'
import { tableFile } from '../../../console/download.ts'
import { createPages, nothing } from '../../../console/page.ts'
import type { ConsoleRoute } from '../../../console/route.ts'
import { collectAudit } from './collect-audit.ts'
import { auditFilterOf, parseAuditQuery } from './filter.ts'
import { AuditPage } from './page.tsx'
import { auditViewOf } from './view.ts'

const PAGE = 50
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

const QueryForm = z.object({
  actor: z.string(),
  action: z.string(),
  subject: z.string(),
  since: z.string(),
  until: z.string(),
})

const { page, action } = createPages(auditViewOf)

/** The auditor's page: every entry, filtered, as a table to take away, and whether the chain is whole. */
export const auditRoutes: readonly ConsoleRoute[] = [
  page('audit.read', '/console/audit', nothing, async (_, { c, deps, query, view }) => {
    const asked = parseAuditQuery(query)
    const before = Number(query('before')) || undefined
    const entries = await listAudit(deps.db, { ...auditFilterOf(asked), before, limit: PAGE })
    return (
      <AuditPage
        view={view}
        entries={entries}
        more={entries.length === PAGE}
        staff={await listStaff(deps.db)}
        query={asked}
        verdict={c.req.query('verify') === undefined ? null : await verifyAudit(deps.db)}
      />
    )
  }),
  action('audit.read', '/console/audit/export', nothing, async (_, request) => {
    const { c, deps, staff, view } = request
    const query = await request.read(QueryForm)
    const entries = await collectAudit(
      deps.db,
      auditFilterOf(parseAuditQuery((name) => query[name])),
    )
    const names = new Map((await listStaff(deps.db)).map(({ id, name }) => [id, name]))
    const range = `${entries.at(-1)?.ordinal ?? 0}-${entries[0]?.ordinal ?? 0}`
    const entry = { at: view.now, actor: staff.id, action: 'audit.exported' } as const
    await writeAudited(deps.db, [{ ...entry, subject: `audit:${range}` }], [])
    const rows = entries.map((one) => [
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
    ])
    const name = `audit-${chinaDay(view.now)}`
    return tableFile(c, { name, sheet: 'audit', rows: [HEADINGS, ...rows], as: 'csv' })
  }),
]
