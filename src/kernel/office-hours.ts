import type { Office, OfficeDay } from '../../flows/engine/context.ts'
import { CHINA_MS } from '../../flows/programme/china-time.ts'
import { type OfficeWeek, parseDay, type Spans } from '../../flows/programme/offices.ts'
import { isAnnounced, isHoliday, isMadeUp, isoDay } from './working-calendar.ts'

/** When an office is open: the spans of each day of the week, Monday first, and days on which it is closed all the same. */
export type OfficeHours = {
  readonly week: readonly Spans[]
  readonly closed: ReadonlySet<string>
}

const DAY = 1440
/** China has one time, eight hours before that of Greenwich. */
const CHINA_MINUTES = CHINA_MS / 60_000
const NAMES: readonly string[] = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
const SHAPE = /^(\w{3})(?:-(\w{3}))? (\d\d?:\d\d-\d\d?:\d\d(?:,\d\d?:\d\d-\d\d?:\d\d)*)$/

/**
 * Reads office hours as a setting has them, day by day, Monday first; null where they are none: an unknown day, a span that
 * ends before it begins, spans out of order.
 *
 * @example parseWeek('Sat-Sun 8:30-20:00') // ['', '', '', '', '', '8:30-20:00', '8:30-20:00']
 */
export function parseWeek(text: string): string[] | null {
  const [, first = '', last = first, spans = ''] = SHAPE.exec(text.trim()) ?? []
  const [from, to] = [first, last].map((day) => NAMES.indexOf(day))
  if (from === undefined || to === undefined || from < 0 || to < from) return null
  if (parseDay(spans) === null) return null
  return NAMES.map((_, day) => (day >= from && day <= to ? spans : ''))
}

/** The hours of an office, ready to be reckoned with. */
export function hoursOf({ week, closed }: OfficeWeek): OfficeHours {
  return { week: week.map((day) => parseDay(day) ?? []), closed: new Set(closed) }
}

/** Whether the office is open, and when it opens next. `at`: ISO. */
export function officeAt(hours: OfficeHours, at: string): Omit<Office, 'waitMinutes'> {
  const now = chinaMinutes(at)
  const today = Math.floor(now / DAY)
  const open = spansFrom(hours, now).next().value
  for (const span of spansFrom(hours, now)) {
    if (span.from <= now) continue
    const day = Math.floor(span.from / DAY)
    const opens = {
      day: dayName(day, today),
      time: clock(span.from % DAY),
      holidaysKnown: isAnnounced(day),
    }
    return {
      open: open !== undefined && open.from <= now,
      opens: opens.day === 'later' ? { ...opens, date: isoDay(day) } : opens,
    }
  }
  throw new Error('an office that never opens')
}

/** The moment at which so many minutes of work will have passed; ISO. */
export function afterWork(hours: OfficeHours, at: string, minutes: number): string {
  let left = minutes
  for (const span of spansFrom(hours, chinaMinutes(at))) {
    const start = Math.max(span.from, chinaMinutes(at))
    if (left <= span.to - start) return iso(start + left)
    left -= span.to - start
  }
  throw new Error('an office that never opens')
}

/** Minutes of work between two moments; ISO. */
export function workBetween(hours: OfficeHours, from: string, to: string): number {
  const end = chinaMinutes(to)
  let sum = 0
  for (const span of spansFrom(hours, chinaMinutes(from))) {
    if (span.from >= end) return sum
    sum += Math.max(0, Math.min(span.to, end) - Math.max(span.from, chinaMinutes(from)))
  }
  return sum
}

/** The spans that end after a moment, in order and without end; in minutes since 1970 in China. */
function* spansFrom(hours: OfficeHours, now: number) {
  for (let day = Math.floor(now / DAY); ; day++) {
    for (const { from, to } of spansOf(hours, day)) {
      if (day * DAY + to > now) yield { from: day * DAY + from, to: day * DAY + to }
    }
  }
}

/** Public holidays are off; a Saturday or Sunday that is worked for one is like the week's first open day. */
function spansOf({ week, closed }: OfficeHours, day: number): Spans {
  if (isHoliday(day) || closed.has(isoDay(day))) return []
  const spans = week[weekday(day) - 1] ?? []
  if (spans.length > 0 || !isMadeUp(day)) return spans
  return week.find((open) => open.length > 0) ?? []
}

function dayName(day: number, today: number): OfficeDay {
  if (day === today) return 'today'
  if (day === today + 1) return 'tomorrow'
  return day < today + WEEK ? weekday(day) : 'later'
}

/** After so many days the name of a weekday would be taken for the one before. */
const WEEK = 7

/** 1 January 1970 was a Thursday. */
function weekday(day: number): 1 | 2 | 3 | 4 | 5 | 6 | 7 {
  return (((((day + 3) % 7) + 7) % 7) + 1) as 1 | 2 | 3 | 4 | 5 | 6 | 7
}

function chinaMinutes(at: string): number {
  return Date.parse(at) / 60_000 + CHINA_MINUTES
}

function iso(minutes: number): string {
  return new Date((minutes - CHINA_MINUTES) * 60_000).toISOString()
}

function clock(minutes: number): string {
  return `${Math.floor(minutes / 60)}:${String(Math.floor(minutes % 60)).padStart(2, '0')}`
}
