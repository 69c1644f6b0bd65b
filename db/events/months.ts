import type { Database, Statement } from '../core/database.ts'
import { districtFilter } from '../staff/district.ts'

/** Which district has its publicity month in which month of a year, 1 to 12. */
export async function listPublicityMonths(
  db: Database,
  programme: string,
  year: number,
): Promise<ReadonlyMap<string, number>> {
  const [rows = []] = await db.read([
    {
      sql: 'SELECT district, month FROM publicity_months WHERE programme_id = ? AND year = ?',
      args: [programme, year],
    },
  ])
  return new Map(rows.map(([district, month]) => [String(district), Number(month)]))
}

/** Plans the month of a district, or takes it out of the plan (null). */
export function setPublicityMonth(
  programme: string,
  plan: { year: number; district: string; month: number | null; at: string },
): Statement {
  const { year, district, month, at } = plan
  return month === null
    ? {
        sql: 'DELETE FROM publicity_months WHERE programme_id = ? AND year = ? AND district = ?',
        args: [programme, year, district],
      }
    : {
        sql: `INSERT INTO publicity_months (programme_id, year, district, month, updated_at) VALUES (?, ?, ?, ?, ?)
          ON CONFLICT DO UPDATE SET month = excluded.month, updated_at = excluded.updated_at`,
        args: [programme, year, district, month, at],
      }
}

/** How often each kind of venue of each district was visited, or is going to be, from `from` to `to` (not included). */
export async function countVisits(
  db: Database,
  eyes: { district: string | null },
  when: { programme: string; from: string; to: string; now: string },
): Promise<{ district: string; kind: string; visited: number; planned: number }[]> {
  const within = districtFilter(eyes, 'district')
  const [rows = []] = await db.read([
    {
      sql: `SELECT district, kind, count(*) FILTER (WHERE state = 'held' OR ends_at <= ?),
          count(*) FILTER (WHERE state = 'published' AND ends_at > ?)
        FROM events WHERE programme_id = ? AND starts_at >= ? AND starts_at < ?
          AND state IN ('published', 'held') AND ${within.sql}
        GROUP BY district, kind`,
      args: [when.now, when.now, when.programme, when.from, when.to, ...within.args],
    },
  ])
  return rows.map(([district, kind, visited, planned]) => ({
    district: String(district),
    kind: String(kind),
    visited: Number(visited),
    planned: Number(planned),
  }))
}
