import * as z from 'zod'
import { writeAudited } from '../../../../db/staff/audit.ts'
import { listAudit, verifyAudit } from '../../../../db/staff/audit-log.ts'
import { listStaff } from '../../../../db/staff/members.ts'
import { chinaDay } from '../../../../flows/programme/china-time.ts'
import { tableFile } from '../../../console/download.ts'
import { ROWS } from '../../../console/lists.tsx'
import { createPages, nothing } from '../../../console/page.ts'
import type { ConsoleRoute } from '../../../console/route.ts'
import { auditLines } from './audit-lines.ts'
import { auditFilterOf, parseAuditQuery } from './filter.ts'
import { AuditPage } from './page.tsx'
import { auditViewOf } from './view.ts'

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
    const listed = { ...auditFilterOf(asked), cursor: query('page'), limit: ROWS }
    return (
      <AuditPage
        view={view}
        page={await listAudit(deps.db, listed)}
        staff={await listStaff(deps.db)}
        query={asked}
        verdict={c.req.query('verify') === undefined ? null : await verifyAudit(deps.db)}
      />
    )
  }),
  action('audit.read', '/console/audit/export', nothing, async (_, request) => {
    const { deps, staff, view } = request
    const query = await request.read(QueryForm)
    const asked = parseAuditQuery((name) => query[name])
    const names = new Map((await listStaff(deps.db)).map(({ id, name }) => [id, name]))
    const rows = await auditLines(deps.db, auditFilterOf(asked), names)
    const day = chinaDay(view.now)
    const entry = { at: view.now, actor: staff.id, action: 'audit.exported' } as const
    await writeAudited(deps.db, [{ ...entry, subject: `audit:${day}` }], [])
    const filter = { ...asked }
    return tableFile(request, { name: `audit-${day}`, sheet: 'audit', rows, as: 'csv', filter })
  }),
]
