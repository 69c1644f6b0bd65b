import { type AuditEntry, type AuditVerdict, listAudit, verifyAudit } from '../../../db/audit.ts'
import { listStaff } from '../../../db/staff-members.ts'
import type { ConsoleDeps, ConsoleRoute } from '../route.ts'
import { viewOf } from '../view.ts'
import { AuditPage } from './page.tsx'

const PAGE = 50

/** The auditor's page: every entry, filtered, and whether the chain is whole. */
export function auditRoutes(deps: ConsoleDeps): ConsoleRoute[] {
  return [
    {
      method: 'GET',
      path: '/console/audit',
      rule: 'audit.read',
      handle: async (c) => {
        const given = (name: string) => c.req.query(name)?.trim() || undefined
        const actor = given('actor')
        const action = given('action')
        const subject = given('subject')
        const before = Number(c.req.query('before')) || undefined
        const entries: AuditEntry[] = await listAudit(deps.db, {
          ...(actor === undefined ? {} : { actor }),
          ...(action === undefined ? {} : { action }),
          ...(subject === undefined ? {} : { subject }),
          ...(before === undefined ? {} : { before }),
          limit: PAGE,
        })
        const verdict: AuditVerdict | null =
          c.req.query('verify') === undefined ? null : await verifyAudit(deps.db)
        return c.html(
          <AuditPage
            view={viewOf(deps, c)}
            entries={entries}
            more={entries.length === PAGE}
            staff={await listStaff(deps.db)}
            filter={{ actor, action, subject }}
            verdict={verdict}
          />,
        )
      },
    },
  ]
}
