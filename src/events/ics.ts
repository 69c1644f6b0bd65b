import type { PublicityEvent } from '../../db/events/events.ts'
import type { Locale } from '../../locales/keys.ts'

/** A line holds at most so many octets (RFC 5545, 3.1). */
const LINE = 75

/** What a calendar needs besides its events. */
type CalendarHead = {
  /** Shown as the calendar's name; null for a file with one event. */
  name: string | null
  /** A domain that is ours, for the ids of events. */
  host: string
  locale: Locale
}

/**
 * Events as iCalendar (https://www.rfc-editor.org/rfc/rfc5545): times in UTC, an id that stays, and a
 * sequence that grows with each change, so that a calendar that has the event follows.
 */
export function toCalendar(head: CalendarHead, events: readonly PublicityEvent[]): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Weiqitong//Events//ZH',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    ...(head.name === null
      ? []
      : [`X-WR-CALNAME:${escapeText(head.name)}`, 'REFRESH-INTERVAL;VALUE=DURATION:PT6H']),
    ...events.flatMap((event) => linesOf(head, event)),
    'END:VCALENDAR',
  ]
  return lines.map((line) => `${foldIcsLine(line)}\r\n`).join('')
}

function linesOf({ host, locale }: CalendarHead, event: PublicityEvent): string[] {
  const { id, title, about, place, startsAt, endsAt, sequence, updatedAt, state } = event
  return [
    'BEGIN:VEVENT',
    `UID:${id}@${host}`,
    `DTSTAMP:${stampOf(updatedAt)}`,
    `LAST-MODIFIED:${stampOf(updatedAt)}`,
    `SEQUENCE:${sequence}`,
    `DTSTART:${stampOf(startsAt)}`,
    `DTEND:${stampOf(endsAt)}`,
    `SUMMARY:${escapeText(title[locale])}`,
    `LOCATION:${escapeText(place[locale])}`,
    ...(about[locale] === '' ? [] : [`DESCRIPTION:${escapeText(about[locale])}`]),
    `STATUS:${state === 'cancelled' ? 'CANCELLED' : 'CONFIRMED'}`,
    'END:VEVENT',
  ]
}

function stampOf(at: string): string {
  return `${at.slice(0, 19).replace(/[-:]/g, '')}Z`
}

function escapeText(text: string): string {
  return text
    .replace(/[\\;,]/g, (sign) => `\\${sign}`)
    .replace(/\r\n|\r|\n/g, '\\n')
    .replace(/\p{Cc}/gu, '')
}

/** Cuts by octets and never within a character; what follows begins with a space. */
function foldIcsLine(line: string): string {
  const encoder = new TextEncoder()
  let folded = ''
  let length = 0
  for (const character of line) {
    const size = encoder.encode(character).length
    if (length + size > LINE) {
      folded += '\r\n '
      length = 1
    }
    folded += character
    length += size
  }
  return folded
}
