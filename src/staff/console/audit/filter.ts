import type { AuditFilter } from '../../../../db/staff/audit-log.ts'
import { CHINA_MS } from '../../../../flows/programme/china-time.ts'

/** The filters of the page as they were given; days are the office's (Asia/Shanghai), both included. */
export type AuditQuery = {
  actor: string
  action: string
  subject: string
  since: string
  until: string
}

const DAY = 86_400_000

/** Reads the filters of an address or a form; what is no day is left out. */
export function parseAuditQuery(given: (name: keyof AuditQuery) => string | undefined): AuditQuery {
  const text = (name: keyof AuditQuery) => given(name)?.trim().slice(0, 80) ?? ''
  const day = (name: 'since' | 'until') =>
    /^\d{4}-\d{2}-\d{2}$/.test(text(name)) && !Number.isNaN(Date.parse(text(name)))
      ? text(name)
      : ''
  return {
    actor: text('actor'),
    action: text('action'),
    subject: text('subject'),
    since: day('since'),
    until: day('until'),
  }
}

/** The filter of a query. */
export function auditFilterOf(query: AuditQuery): AuditFilter {
  const { actor, action, subject, since, until } = query
  const dayStart = (day: string, days: number) =>
    new Date(Date.parse(`${day}T00:00:00Z`) - CHINA_MS + days * DAY).toISOString()
  return {
    ...(actor === '' ? {} : { actor }),
    ...(action === '' ? {} : { action }),
    ...(subject === '' ? {} : { subject }),
    ...(since === '' ? {} : { from: dayStart(since, 0) }),
    ...(until === '' ? {} : { to: dayStart(until, 1) }),
  }
}
