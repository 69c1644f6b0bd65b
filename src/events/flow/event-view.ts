import type { PublicityEvent } from '../../../db/events/events.ts'
import type { Signup } from '../../../db/events/signups.ts'
import type { PolicyPack } from '../../../db/policy/pack.ts'
import { minutesBetween } from '../../../flows/engine/elapsed.ts'
import type { EventView } from '../../../flows/events/ask.ts'
import type { PublicityProgramme } from '../../../flows/programme/events.ts'
import type { Locale } from '../../../locales/keys.ts'
import type { Deps } from '../../kernel/deps.ts'
import type { Requester } from '../../kernel/requester.ts'
import { showMoment, showSpan } from '../../kernel/when.ts'

/** What answering somebody about events needs. */
export type EventScene = {
  deps: Pick<Deps, 'db' | 'vault' | 'translate' | 'webUrl'>
  pack: PolicyPack & { events: PublicityProgramme }
  requester: Requester
  locale: Locale
}

/** A line of a list: when, what, and what kind of place. */
export function lineOf(
  { pack, locale }: EventScene,
  event: PublicityEvent,
): { id: string; label: string } {
  const venue = pack.events.kinds.find(({ id }) => id === event.kind)?.name[locale] ?? ''
  const parts = [showMoment(event.startsAt, locale), event.title[locale], venue]
  return { id: event.id, label: parts.filter((part) => part !== '').join(' · ') }
}

/** Whether somebody more can come. */
export function hasRoom({ capacity, going }: PublicityEvent): boolean {
  return capacity === null || going < capacity
}

/** An event as the person reads it, with their own place. */
export function viewOf(
  { deps, pack, locale, requester }: EventScene,
  event: PublicityEvent,
  mine: Pick<Signup, 'state' | 'number' | 'signedUpAt'> | null,
): EventView {
  const { id, kind, title, about, place, startsAt, endsAt, capacity, going } = event
  return {
    id,
    title: title[locale],
    about: about[locale],
    venue: pack.events.kinds.find((one) => one.id === kind)?.name[locale] ?? '',
    place: place[locale],
    when: showSpan(startsAt, endsAt, locale),
    left: capacity === null ? null : Math.max(0, capacity - going),
    calendar: `${deps.webUrl()}/events/${id}.ics`,
    reminders: remindersOf(mine?.signedUpAt ?? requester.at, startsAt),
    mine: mine === null || mine.state === 'cancelled' ? 'none' : mine.state,
    number: mine?.number ?? null,
  }
}

/** Who signs up late is not reminded of what they have just read (db/events/notices.ts). */
function remindersOf(signedUpAt: string, startsAt: string): EventView['reminders'] {
  const hours = minutesBetween(signedUpAt, startsAt) / 60
  return hours > 24 ? 'twice' : hours > 2 ? 'once' : 'none'
}
