import type { Database, SqlValue, Statement } from '../core/database.ts'
import { type ListPage, listPage } from '../core/list-page.ts'
import { query, type RowOf, shape } from '../core/query.ts'
import { events } from '../schema/events.ts'
import { districtFilter, type SqlCondition } from '../staff/district.ts'

/** What staff write of an event; times are ISO in UTC. `kind`: a kind of venue of the pack. No capacity: as many as come. */
const content = {
  district: events.district,
  kind: events.kind,
  title: { 'zh-Hans': events.titleZh, en: events.titleEn },
  about: { 'zh-Hans': events.aboutZh, en: events.aboutEn },
  place: { 'zh-Hans': events.placeZh, en: events.placeEn },
  startsAt: events.startsAt,
  endsAt: events.endsAt,
  capacity: events.capacity,
}
const CONTENT = shape(content)
const EVENT = shape({
  ...content,
  id: events.id,
  programme: events.programmeId,
  state: events.state,
  going: events.going,
  version: events.version,
  sequence: events.sequence,
  checkInKey: events.checkInKey,
  reached: events.reached,
  alsoCame: events.alsoCame,
  reportedAt: events.reportedAt,
  updatedAt: events.updatedAt,
})

export type EventContent = RowOf<typeof CONTENT>
/** An event of a programme. */
export type PublicityEvent = RowOf<typeof EVENT>
export type EventState = PublicityEvent['state']

/** Adds an event, which nobody sees until it is published. */
export function insertEvent(
  programme: string,
  event: EventContent & { id: string; checkInKey: string; staffId: string; at: string },
): Statement {
  const { id, checkInKey, staffId, at } = event
  return {
    sql: `INSERT INTO events (id, programme_id, district, kind, title_zh, title_en, about_zh, about_en, place_zh,
        place_en, starts_at, ends_at, capacity, state, check_in_key, staff_id, created_at, updated_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'draft', ?, ?, ?, ?)`,
    args: [id, programme, ...contentArgs(event), checkInKey, staffId, at, at],
  }
}

/**
 * Rewrites an event that nobody changed since `version`; returns a row where it did. What people who come
 * should know (`told`) raises the sequence. Fails with a `ConstraintError` of `event_never_overfull` where
 * more are coming than the new capacity.
 */
export function rewriteEvent(
  which: { id: string; version: number },
  content: EventContent,
  { at, told }: { at: string; told: boolean },
): Statement {
  return {
    sql: `UPDATE events SET district = ?, kind = ?, title_zh = ?, title_en = ?, about_zh = ?, about_en = ?,
        place_zh = ?, place_en = ?, starts_at = ?, ends_at = ?, capacity = ?, updated_at = ?,
        version = version + 1, sequence = sequence + ?
      WHERE id = ? AND version = ? AND state IN ('draft', 'published') RETURNING id`,
    args: [...contentArgs(content), at, told ? 1 : 0, which.id, which.version],
  }
}

/** Publishes a draft, or cancels what is to come; returns a row where it was so until now. */
export function moveEvent(
  which: { id: string; version: number },
  to: 'published' | 'cancelled',
  at: string,
): Statement {
  const from = to === 'published' ? `'draft'` : `'draft', 'published'`
  return {
    sql: `UPDATE events SET state = ?, updated_at = ?, version = version + 1,
        sequence = sequence + (state = 'published')
      WHERE id = ? AND version = ? AND state IN (${from}) RETURNING id`,
    args: [to, at, which.id, which.version],
  }
}

/** Notes what came of an event; may be corrected. Returns a row where it took place and had begun. */
export function reportEvent(
  id: string,
  report: { reached: number; alsoCame: number },
  at: string,
): Statement {
  return {
    sql: `UPDATE events SET state = 'held', reached = ?, also_came = ?, reported_at = ?, updated_at = ?,
        version = version + 1
      WHERE id = ? AND state IN ('published', 'held') AND starts_at <= ? RETURNING id`,
    args: [report.reached, report.alsoCame, at, at, id, at],
  }
}

/** An event that this member of staff may see, or null; without eyes, anybody's. */
export async function findEvent(
  db: Database,
  which: { id: string } | { checkInKey: string },
  eyes: { district: string | null } = { district: null },
): Promise<PublicityEvent | null> {
  const [column, value] = 'id' in which ? ['id', which.id] : ['check_in_key', which.checkInKey]
  const [found] = await select(db, [
    { sql: `${column} = ?`, args: [value] },
    districtFilter(eyes, 'district'),
  ])
  return found ?? null
}

/** Events for staff, by time; `from` and `to` (not included) limit when they begin. */
export function listEvents(
  db: Database,
  eyes: { district: string | null },
  filter: {
    programme: string
    from: string
    to: string
    district?: string
    kind?: string
    states?: readonly EventState[]
    cursor?: string
    limit: number
  },
): Promise<ListPage<PublicityEvent>> {
  const wanted: SqlCondition[] = [
    { sql: 'programme_id = ?', args: [filter.programme] },
    { sql: 'starts_at >= ? AND starts_at < ?', args: [filter.from, filter.to] },
    districtFilter(eyes, 'district'),
    ...(filter.district === undefined ? [] : [{ sql: 'district = ?', args: [filter.district] }]),
    ...(filter.kind === undefined ? [] : [{ sql: 'kind = ?', args: [filter.kind] }]),
    ...(filter.states === undefined
      ? []
      : [
          {
            sql: 'state IN (SELECT value FROM json_each(?))',
            args: [JSON.stringify(filter.states)],
          },
        ]),
  ]
  return listPage(db, {
    shape: EVENT,
    from: 'events',
    where: {
      sql: wanted.map(({ sql }) => `(${sql})`).join(' AND '),
      args: wanted.flatMap(({ args }) => args),
    },
    order: [{ sql: 'starts_at' }, { sql: 'id' }],
    cursor: filter.cursor,
    limit: filter.limit,
  })
}

/** What is open to sign up for in a district, the next one first. */
export function listComing(
  db: Database,
  coming: { programme: string; district: string; now: string; limit: number },
): Promise<PublicityEvent[]> {
  return select(
    db,
    [
      { sql: 'programme_id = ? AND district = ?', args: [coming.programme, coming.district] },
      { sql: `state = 'published' AND ends_at > ?`, args: [coming.now] },
    ],
    coming.limit,
  )
}

/** A district's public calendar: what was published since `from`, cancelled ones too, so that calendars follow. */
export function listCalendar(
  db: Database,
  calendar: { programme: string; district: string; from: string },
): Promise<PublicityEvent[]> {
  return select(db, [
    { sql: 'programme_id = ? AND district = ?', args: [calendar.programme, calendar.district] },
    {
      sql: `ends_at >= ? AND (state IN ('published', 'held') OR state = 'cancelled' AND sequence > 0)`,
      args: [calendar.from],
    },
  ])
}

function select(
  db: Database,
  wanted: readonly SqlCondition[],
  limit = 2000,
): Promise<PublicityEvent[]> {
  const all = `SELECT ${EVENT.columns} FROM events WHERE ${wanted.map(({ sql }) => `(${sql})`).join(' AND ')}
    ORDER BY starts_at, id LIMIT ?`
  return query(db, all, [...wanted.flatMap(({ args }) => args), limit], EVENT)
}

function contentArgs(content: EventContent): SqlValue[] {
  const { district, kind, title, about, place, startsAt, endsAt, capacity } = content
  return [
    district,
    kind,
    title['zh-Hans'],
    title.en,
    about['zh-Hans'],
    about.en,
    place['zh-Hans'],
    place.en,
    startsAt,
    endsAt,
    capacity,
  ]
}
