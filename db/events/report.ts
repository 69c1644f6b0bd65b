import type { Database } from '../core/database.ts'
import { districtFilter } from '../staff/district.ts'
import type { EventState } from './events.ts'

/** An event as the city office hears of it. */
export type ReportedEvent = {
  id: string
  district: string
  kind: string
  title: { 'zh-Hans': string; en: string }
  place: { 'zh-Hans': string; en: string }
  startsAt: string
  endsAt: string
  state: EventState
  /** Had a place, or waited for one. */
  signedUp: number
  /** Checked in, by the poster or the list; erased people are counted. */
  checkedIn: number
  /** Came besides, as staff counted; null: nobody has reported yet. */
  alsoCame: number | null
  /** Told of the policy, as staff counted; likewise. */
  reached: number | null
  /** From 1 to 5, on average; null: nobody said. */
  stars: number | null
}

/** Published events that begin from `from` to `to` (not included), for the eyes of somebody. */
export async function loadEventReport(
  db: Database,
  eyes: { district: string | null },
  { programme, from, to }: { programme: string; from: string; to: string },
): Promise<ReportedEvent[]> {
  const within = districtFilter(eyes, 'e.district')
  const [rows = []] = await db.read([
    {
      sql: `SELECT e.id, e.district, e.kind, e.title_zh, e.title_en, e.place_zh, e.place_en, e.starts_at, e.ends_at,
          e.state, count(m.id) FILTER (WHERE m.state <> 'cancelled'),
          count(m.checked_in_at) + e.gone_attended, e.also_came, e.reached, avg(m.stars)
        FROM events e LEFT JOIN event_signups m ON m.event_id = e.id
        WHERE e.programme_id = ? AND e.starts_at >= ? AND e.starts_at < ? AND e.state <> 'draft' AND ${within.sql}
        GROUP BY e.id ORDER BY e.starts_at, e.id`,
      args: [programme, from, to, ...within.args],
    },
  ])
  return rows.map((row) => {
    const count = (at: number) => (row[at] == null ? null : Number(row[at]))
    return {
      id: String(row[0]),
      district: String(row[1]),
      kind: String(row[2]),
      title: { 'zh-Hans': String(row[3]), en: String(row[4]) },
      place: { 'zh-Hans': String(row[5]), en: String(row[6]) },
      startsAt: String(row[7]),
      endsAt: String(row[8]),
      // Only db/events/events.ts writes states.
      state: String(row[9]) as EventState,
      signedUp: Number(row[10]),
      checkedIn: Number(row[11]),
      alsoCame: count(12),
      reached: count(13),
      stars: count(14),
    }
  })
}
