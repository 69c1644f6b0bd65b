import type { Database, SqlValue } from './database.ts'

/** What an operator watches, as the database knows it. Ages are in seconds; 0 where nothing waits. */
export type OperationFigures = {
  /** Messages in the outbox that are not done with, by status. */
  outbox: { status: string; count: number }[]
  /** How long the message that should have gone first has been due, by channel. */
  overdue: { channel: string; seconds: number }[]
  handoffsOpen: number
  handoffOldest: number
  /** Questions without a good answer in the last 24 hours. */
  misses: number
  /** Open cases by stage. */
  cases: { stage: string; count: number }[]
  /** People who wrote in the last 24 hours, by channel. */
  people: { channel: string; count: number }[]
  auditEntries: number
  /** Events taken from a network whose turn is not done. */
  lateEvents: number
}

/** Counts by indexes alone, so that it may be asked every quarter of a minute. */
export async function loadOperationFigures(db: Database, now: string): Promise<OperationFigures> {
  const day = new Date(Date.parse(now) - 86_400_000).toISOString()
  const of = (sql: string, ...args: SqlValue[]) => ({ sql, args })
  const [
    outbox = [],
    overdue = [],
    handoffs = [],
    misses = [],
    cases = [],
    people = [],
    audit = [],
    late = [],
  ] = await db.read([
    of(`SELECT status, count(*) FROM outbox WHERE status IN ('created', 'temporary-failure') GROUP BY status
        UNION ALL SELECT status, count(*) FROM outbox WHERE status = 'sending'
        UNION ALL SELECT status, count(*) FROM outbox
          WHERE status IN ('permanent-failure', 'technical-failure', 'expired', 'in-doubt') AND left_at IS NULL
          GROUP BY status`),
    of(
      `SELECT channel, min(next_attempt_at) FROM outbox
          WHERE status IN ('created', 'temporary-failure') AND next_attempt_at <= ? GROUP BY channel`,
      now,
    ),
    of('SELECT count(*), min(opened_at) FROM handoffs WHERE closed_at IS NULL'),
    of('SELECT count(*) FROM unanswered_questions WHERE at >= ?', day),
    of('SELECT stage, count(*) FROM cases WHERE closed_at IS NULL GROUP BY stage ORDER BY stage'),
    of('SELECT channel, count(*) FROM sessions WHERE updated_at >= ? GROUP BY channel', day),
    of('SELECT coalesce(max(ordinal), 0) FROM audit_entries'),
    of('SELECT count(*) FROM late_events'),
  ])
  const age = (since: SqlValue | undefined) =>
    since == null ? 0 : Math.max(0, (Date.parse(now) - Date.parse(String(since))) / 1000)
  return {
    outbox: outbox
      .filter(([, count]) => Number(count) > 0)
      .map(([status, count]) => ({ status: String(status), count: Number(count) })),
    overdue: overdue.map(([channel, since]) => ({ channel: String(channel), seconds: age(since) })),
    handoffsOpen: Number(handoffs[0]?.[0] ?? 0),
    handoffOldest: age(handoffs[0]?.[1]),
    misses: Number(misses[0]?.[0] ?? 0),
    cases: cases.map(([stage, count]) => ({ stage: String(stage), count: Number(count) })),
    people: people.map(([channel, count]) => ({ channel: String(channel), count: Number(count) })),
    auditEntries: Number(audit[0]?.[0] ?? 0),
    lateEvents: Number(late[0]?.[0] ?? 0),
  }
}
