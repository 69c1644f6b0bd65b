import type { Database } from '../core/database.ts'
import { count, maybe, query, type RowOf, shape } from '../core/query.ts'
import { eventSignups, events } from '../schema/events.ts'
import { districtFilter } from '../staff/district.ts'

const REPORTED = shape({
  id: events.id,
  district: events.district,
  kind: events.kind,
  title: { 'zh-Hans': events.titleZh, en: events.titleEn },
  place: { 'zh-Hans': events.placeZh, en: events.placeEn },
  startsAt: events.startsAt,
  endsAt: events.endsAt,
  state: events.state,
  /** Had a place, or waited for one. */
  signedUp: count("count(m.id) FILTER (WHERE m.state <> 'cancelled')"),
  /** Checked in, by the poster or the list; erased people are counted. */
  checkedIn: count('count(m.checked_in_at) + events.gone_attended'),
  /** Came besides, and told of the policy, as staff counted; null: nobody has reported yet. */
  alsoCame: events.alsoCame,
  reached: events.reached,
  /** From 1 to 5, on average; null: nobody said. */
  stars: maybe(eventSignups.stars, 'avg(m.stars)'),
})

/** An event as the city office hears of it. */
export type ReportedEvent = RowOf<typeof REPORTED>

/** Published events that begin from `from` to `to` (not included), for the eyes of somebody. */
export async function loadEventReport(
  db: Database,
  eyes: { district: string | null },
  { programme, from, to }: { programme: string; from: string; to: string },
): Promise<ReportedEvent[]> {
  const within = districtFilter(eyes, 'events.district')
  const reported = `SELECT ${REPORTED.columns} FROM events LEFT JOIN event_signups m ON m.event_id = events.id
    WHERE programme_id = ? AND starts_at >= ? AND starts_at < ? AND events.state <> 'draft' AND ${within.sql}
    GROUP BY events.id ORDER BY starts_at, events.id`
  return query(db, reported, [programme, from, to, ...within.args], REPORTED)
}
