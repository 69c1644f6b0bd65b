import type { Address, ChannelType } from '../../flows/engine/types.ts'
import type { Locale } from '../../locales/keys.ts'
import type { Database, SqlValue, Statement } from '../core/database.ts'
import { addressOrder, wants } from '../outbox/address.ts'
import type { SqlCondition } from '../staff/district.ts'

/** What people who signed up are told, each once. */
export const EVENT_NOTICES = ['changed', 'moved-up', 'day', 'hours', 'ask'] as const
export type EventNotice = (typeof EVENT_NOTICES)[number]

/** Somebody who is to be told something. */
export type DueEventNotice = {
  notice: EventNotice
  signupId: string
  number: number
  eventId: string
  title: Readonly<Record<Locale, string>>
  place: Readonly<Record<Locale, string>>
  startsAt: string
  endsAt: string
  sequence: number
  cancelled: boolean
  locale: Locale
  /** Null: they cannot be reached, or want no such notice. */
  to: Address | null
  /** What told them apart from who was told already. */
  mark: string
}

const HOUR = 3_600_000
/** How long after an event it is asked how it was. */
const ASK_HOURS = 48

const before = (column: string, by: string) => `strftime('%Y-%m-%dT%H:%M:%fZ', ${column}, '${by}')`

/** Who is due, by kind: `e` the event, `m` the sign-up. */
function dueCondition(notice: EventNotice, now: string): SqlCondition {
  const after = (hours: number) => new Date(Date.parse(now) + hours * HOUR).toISOString()
  switch (notice) {
    case 'changed':
      return {
        sql: `m.told_sequence < e.sequence AND m.state <> 'cancelled' AND e.ends_at > ?
          AND e.state IN ('published', 'cancelled')`,
        args: [now],
      }
    case 'moved-up':
      return {
        sql: `m.moved_up_at IS NOT NULL AND m.state = 'going' AND e.state = 'published' AND e.ends_at > ?`,
        args: [now],
      }
    case 'day':
      return {
        sql: `m.told_day IS NOT e.starts_at AND m.state = 'going' AND e.state = 'published'
          AND e.starts_at > ? AND e.starts_at <= ? AND m.signed_up_at < ${before('e.starts_at', '-1 day')}`,
        args: [after(2), after(24)],
      }
    case 'hours':
      return {
        sql: `m.told_hours IS NOT e.starts_at AND m.state = 'going' AND e.state = 'published'
          AND m.checked_in_at IS NULL AND e.starts_at > ? AND e.starts_at <= ?
          AND m.signed_up_at < ${before('e.starts_at', '-2 hours')}`,
        args: [now, after(2)],
      }
    case 'ask':
      return {
        sql: `m.asked_at IS NULL AND m.checked_in_at IS NOT NULL AND m.stars IS NULL
          AND e.state IN ('published', 'held') AND e.ends_at <= ? AND e.ends_at > ?`,
        args: [now, after(-ASK_HOURS)],
      }
  }
}

const MARKS: Readonly<Record<EventNotice, string>> = {
  changed: 'e.sequence',
  'moved-up': 'm.moved_up_at',
  day: 'e.starts_at',
  hours: 'e.starts_at',
  ask: `''`,
}

/** Who is to be told something of this kind by now. Writes nothing. */
export async function listDueEventNotices(
  db: Database,
  due: { notice: EventNotice; programme: string; now: string; limit: number },
): Promise<DueEventNotice[]> {
  const { notice, programme, now, limit } = due
  const condition = dueCondition(notice, now)
  const [rows = []] = await db.read([
    {
      sql: `SELECT m.id, m.number, e.id, e.title_zh, e.title_en, e.place_zh, e.place_en, e.starts_at, e.ends_at,
          e.sequence, e.state = 'cancelled', c.locale, ${MARKS[notice]},
          (SELECT json_array(a.channel, a.external_id) FROM addresses a
            JOIN contacts p ON p.id = a.contact_id
            LEFT JOIN sessions s ON s.channel = a.channel AND s.external_id = a.external_id
            WHERE a.contact_id = m.contact_id AND a.reachable = 1 AND ${wants('event', 'p')}
            ORDER BY ${addressOrder('a', 'p', 's')} LIMIT 1)
        FROM events e JOIN event_signups m ON m.event_id = e.id JOIN contacts c ON c.id = m.contact_id
        WHERE e.programme_id = ? AND ${condition.sql} ORDER BY e.starts_at LIMIT ?`,
      args: [programme, ...condition.args, limit],
    },
  ])
  return rows.map((row) => parseDue(notice, row))
}

/**
 * That somebody was told, or need not be; the statement returns a row where it was this process that did
 * it. `onlyIf`: the same as a condition for the outbox, to stand before it in the same batch.
 */
export function noteTold(
  due: DueEventNotice,
  now: string,
): { onlyIf: Statement; statement: Statement } {
  const { notice, signupId, eventId, sequence, mark } = due
  const unchanged: SqlCondition = {
    sql: `id = ? AND ${untold(notice)} AND EXISTS (SELECT 1 FROM events WHERE id = ? AND sequence = ?)`,
    args: [signupId, ...(notice === 'ask' ? [] : [markValue(notice, mark)]), eventId, sequence],
  }
  const set: SqlCondition =
    notice === 'changed'
      ? // Who is told the new time is not told of an older change, and not reminded of the old time.
        { sql: 'told_sequence = ?', args: [sequence] }
      : notice === 'moved-up'
        ? { sql: 'moved_up_at = NULL', args: [] }
        : notice === 'ask'
          ? { sql: 'asked_at = ?', args: [now] }
          : { sql: `${notice === 'day' ? 'told_day' : 'told_hours'} = ?`, args: [mark] }
  return {
    onlyIf: {
      sql: `EXISTS (SELECT 1 FROM event_signups WHERE ${unchanged.sql})`,
      args: unchanged.args,
    },
    statement: {
      sql: `UPDATE event_signups SET ${set.sql} WHERE ${unchanged.sql} RETURNING id`,
      args: [...set.args, ...unchanged.args],
    },
  }
}

function untold(notice: EventNotice): string {
  switch (notice) {
    case 'changed':
      return `told_sequence < ?`
    case 'moved-up':
      return `state = 'going' AND moved_up_at = ?`
    case 'day':
      return `state = 'going' AND told_day IS NOT ?`
    case 'hours':
      return `state = 'going' AND told_hours IS NOT ?`
    case 'ask':
      return 'asked_at IS NULL'
  }
}

function markValue(notice: EventNotice, mark: string): SqlValue {
  return notice === 'changed' ? Number(mark) : mark
}

/** The id of a notice in the outbox: however often it is found due, it is one message. */
export function eventNoticeId({ notice, signupId, mark }: DueEventNotice): string {
  return `notice:event:${signupId}:${notice}${mark === '' ? '' : `:${mark}`}`
}

/** Reminders that wait for the morning are of no use to who does not come, or where the event changed. */
export function withdrawReminders(
  at: string,
  whose: { signupId: string } | { eventId: string; contactId: string },
): Statement {
  const [condition, args] =
    'signupId' in whose
      ? ['m.id = ?', [whose.signupId]]
      : ['m.event_id = ? AND m.contact_id = ?', [whose.eventId, whose.contactId]]
  return {
    sql: `UPDATE outbox SET status = 'permanent-failure', left_at = ?, last_error = 'withdrawn'
      WHERE status IN ('created', 'temporary-failure') AND seq IN (
        SELECT o.seq FROM event_signups m JOIN json_each('[":day", ":hours"]') k
          JOIN outbox o ON o.id >= 'notice:event:' || m.id || k.value || ':'
            AND o.id < 'notice:event:' || m.id || k.value || ';'
        WHERE ${condition})`,
    args: [at, ...args],
  }
}

function parseDue(notice: EventNotice, row: readonly SqlValue[]): DueEventNotice {
  const text = (at: number) => String(row[at])
  const [channel, id] =
    row[13] == null ? [null, null] : (JSON.parse(text(13)) as [ChannelType, string])
  return {
    notice,
    signupId: text(0),
    number: Number(row[1]),
    eventId: text(2),
    title: { 'zh-Hans': text(3), en: text(4) },
    place: { 'zh-Hans': text(5), en: text(6) },
    startsAt: text(7),
    endsAt: text(8),
    sequence: Number(row[9]),
    cancelled: row[10] === 1,
    locale: row[11] === 'en' ? 'en' : 'zh-Hans',
    mark: text(12),
    to: channel === null || id === null ? null : { channel, id },
  }
}
