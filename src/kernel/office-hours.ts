import type { Office, OfficeDay } from '../../flows/engine/types.ts'

/** When the office is open: days (1 is Monday) and, on each, spans in minutes after midnight in China. */
export type OfficeHours = {
  readonly days: readonly number[]
  readonly spans: readonly { readonly from: number; readonly to: number }[]
}

const DAY = 1440
/** China has one time, eight hours before that of Greenwich. */
const CHINA_MINUTES = 480
const NAMES: readonly string[] = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
const SHAPE = /^(\w{3})(?:-(\w{3}))? (\d\d?:\d\d-\d\d?:\d\d(?:,\d\d?:\d\d-\d\d?:\d\d)*)$/

/**
 * Reads office hours; null where they are none: an unknown day, a span that ends before it begins, spans
 * out of order. Public holidays are not known here.
 *
 * @example parseOfficeHours('Mon-Fri 9:00-12:00,14:00-17:00')
 */
export function parseOfficeHours(text: string): OfficeHours | null {
  const [, first = '', last = first, spans = ''] = SHAPE.exec(text.trim()) ?? []
  const [from, to] = [first, last].map((day) => NAMES.indexOf(day))
  if (from === undefined || to === undefined || from < 0 || to < from) return null
  const parsed = spans.split(',').map((span) => {
    const [opens = 0, closes = 0] = span.split('-').map(minutesOf)
    return { from: opens, to: closes }
  })
  let before = -1
  for (const span of parsed) {
    if (!(span.from > before && span.to > span.from && span.to <= DAY)) return null
    before = span.to
  }
  return { days: NAMES.map((_, index) => index + 1).slice(from, to + 1), spans: parsed }
}

/** Whether the office is open, and when it opens next. `at`: ISO. */
export function officeAt(hours: OfficeHours, at: string): Omit<Office, 'waitMinutes'> {
  const now = chinaMinutes(at)
  const today = Math.floor(now / DAY)
  const open = spansFrom(hours, now).next().value
  for (const span of spansFrom(hours, now)) {
    if (span.from <= now) continue
    const day = Math.floor(span.from / DAY)
    return {
      open: open !== undefined && open.from <= now,
      opens: { day: dayName(day, today), time: clock(span.from % DAY) },
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
function* spansFrom({ days, spans }: OfficeHours, now: number) {
  for (let day = Math.floor(now / DAY); ; day++) {
    if (!days.includes(weekday(day))) continue
    for (const { from, to } of spans) {
      if (day * DAY + to > now) yield { from: day * DAY + from, to: day * DAY + to }
    }
  }
}

function dayName(day: number, today: number): OfficeDay {
  if (day === today) return 'today'
  return day === today + 1 ? 'tomorrow' : weekday(day)
}

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

function minutesOf(time: string): number {
  const [hours = Number.NaN, minutes = Number.NaN] = time.split(':').map(Number)
  return minutes < 60 ? hours * 60 + minutes : Number.NaN
}
