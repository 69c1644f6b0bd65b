import { CHINA_MS } from '../../flows/programme/china-time.ts'
import type { Database, SqlValue } from '../core/database.ts'
import { districtFilter } from '../staff/district.ts'

type AccessScope = { district: string | null }
type Counted = { name: string; count: number }

/** What the start page shows; `reach` and `handoffs` are of the whole city and null for a district's staff. */
export type DashboardFigures = {
  /** Open and ended cases, by the stage that they have reached at least once, in the programme's order. */
  reached: Counted[]
  /** Cases as they stand, by district and stage. */
  stages: { district: string; stage: string; count: number }[]
  granted: number
  reach: {
    people: number
    prescreened: number
    applied: number
    channels: Counted[]
    /** New people by week, the week of today last. */
    weeks: Counted[]
  } | null
  handoffs: { open: number; answered: number; medianMinutes: number | null } | null
  misses: number | null
}

const WEEKS = 8
const DAY = 86_400_000

/** A move that was neither taken back nor takes one back. */
const COUNTS = `e.move <> 'undo' AND NOT EXISTS (SELECT 1 FROM case_events u
  WHERE u.case_id = e.case_id AND u.ordinal = e.ordinal + 1 AND u.move = 'undo')`

/** Counts for the start page, in one round trip; a second at most with 10⁵ applications. */
export async function loadDashboard(
  db: Database,
  scope: AccessScope,
  { programme, year, now }: { programme: string; year: number; now: string },
): Promise<DashboardFigures> {
  const isCity = scope.district === null
  const seen = districtFilter(scope, 'k.district')
  const from = new Date(Date.UTC(year, 0, 1) - CHINA_MS).toISOString()
  const mine: SqlValue[] = [programme, from, ...seen.args]
  const here = `k.programme_id = ? AND k.submitted_at >= ? AND ${seen.sql}`
  const since = new Date(Date.parse(now) - WEEKS * 7 * DAY).toISOString()
  const month = new Date(Date.parse(now) - 30 * DAY).toISOString()
  const week = new Date(Date.parse(now) - 7 * DAY).toISOString()
  const [reached = [], stages = [], granted = [], ...city] = await db.read([
    {
      sql: `SELECT e.to_stage, count(DISTINCT e.case_id) FROM cases k JOIN case_events e ON e.case_id = k.id
        WHERE ${here} AND ${COUNTS} GROUP BY e.to_stage`,
      args: mine,
    },
    {
      sql: `SELECT k.district, k.stage, count(*) FROM cases k WHERE ${here} GROUP BY k.district, k.stage`,
      args: mine,
    },
    { sql: `SELECT count(*) FROM cases k WHERE ${here} AND k.outcome = 'granted'`, args: mine },
    ...(isCity
      ? [
          { sql: 'SELECT count(*) FROM contacts', args: [] },
          {
            sql: `SELECT count(DISTINCT contact_id) FROM consents WHERE purpose = 'prescreen' AND granted = 1`,
            args: [],
          },
          { sql: `SELECT count(*) FROM cases k WHERE ${here}`, args: mine },
          { sql: 'SELECT channel, count(*) FROM addresses GROUP BY channel', args: [] },
          {
            sql: `SELECT CAST((julianday(?) - julianday(created_at)) / 7 AS INTEGER) AS ago, count(*)
              FROM contacts WHERE created_at > ? GROUP BY ago ORDER BY ago DESC`,
            args: [now, since],
          },
          { sql: 'SELECT count(*) FROM handoffs WHERE closed_at IS NULL', args: [] },
          {
            sql: `SELECT (julianday(first_answered_at) - julianday(opened_at)) * 1440 FROM handoffs
              WHERE first_answered_at IS NOT NULL AND opened_at > ? ORDER BY 1`,
            args: [month],
          },
          { sql: 'SELECT count(*) FROM unanswered_questions WHERE at > ?', args: [week] },
        ]
      : []),
  ])
  const one = (rows: (typeof city)[number] | undefined) => Number(rows?.[0]?.[0] ?? 0)
  const counted = (rows: (typeof city)[number] | undefined): Counted[] =>
    (rows ?? []).map(([name, count]) => ({ name: String(name), count: Number(count) }))
  const [people, prescreened, applied, channels, weeks, open, answers, misses] = city
  const minutes = (answers ?? []).map(([value]) => Number(value))
  return {
    reached: counted(reached),
    stages: stages.map(([district, stage, count]) => ({
      district: String(district),
      stage: String(stage),
      count: Number(count),
    })),
    granted: one(granted),
    reach: isCity
      ? {
          people: one(people),
          prescreened: one(prescreened),
          applied: one(applied),
          channels: counted(channels),
          weeks: counted(weeks),
        }
      : null,
    handoffs: isCity
      ? {
          open: one(open),
          answered: minutes.length,
          medianMinutes: minutes[Math.floor(minutes.length / 2)] ?? null,
        }
      : null,
    misses: isCity ? one(misses) : null,
  }
}
