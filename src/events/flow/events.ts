import { findEvent, listComing, type PublicityEvent } from '../../../db/events/events.ts'
import {
  type EventDeed,
  eventDistrict,
  findSignup,
  holdPlace,
  lastAttended,
  listSignupsOf,
  type Signup,
} from '../../../db/events/signups.ts'
import type { PolicyPack } from '../../../db/policy/pack.ts'
import { EventsAsk, type EventsReply, type EventView } from '../../../flows/events/ask.ts'
import type { PublicityProgramme } from '../../../flows/programme/events.ts'
import { resolvePlace } from '../../../flows/programme/places/places.ts'
import type { Locale } from '../../../locales/keys.ts'
import type { Deps } from '../../kernel/deps.ts'
import type { Policy } from '../../kernel/policy.ts'
import type { Requester } from '../../kernel/requester.ts'
import { CHECK_IN_BEFORE_MS, showMoment, showSpan } from '../../kernel/when.ts'

/** Events of a list that fit a screen and the buttons of every network. */
const LISTED = 8

type Scene = {
  deps: Pick<Deps, 'db' | 'translate' | 'webUrl'>
  pack: PolicyPack & { events: PublicityProgramme }
  asker: Requester
  locale: Locale
}

/** Answers the flow about events. Throws for a foreign `ask`. */
export async function answerEvents(
  deps: Scene['deps'],
  { pack }: Pick<Policy, 'pack'>,
  asker: Requester,
  ask: unknown,
  locale: Locale,
): Promise<EventsReply> {
  const asked = EventsAsk.parse(ask)
  const { events } = pack
  if (events === undefined) return { kind: 'no-programme' }
  const scene: Scene = { deps, pack: { ...pack, events }, asker, locale }
  switch (asked.kind) {
    case 'home':
      return home(scene, asked.district)
    case 'districts':
      return districts(scene, null)
    case 'place':
      return place(scene, asked.typed)
    case 'mine':
      return { kind: 'mine', events: await ownLines(scene) }
    case 'one':
    case 'join':
    case 'leave':
      return aboutEvent(scene, asked)
    case 'arrive':
    case 'walk-in':
      return onTheSpot(scene, asked)
    case 'rate-ask':
    case 'rate':
      return feedback(scene, asked)
  }
}

async function home(scene: Scene, wanted: string | null): Promise<EventsReply> {
  const { deps, pack, asker, locale } = scene
  const id = wanted ?? (await eventDistrict(deps.db, asker.contactId))
  const district = pack.places.own.find((one) => one.id === id)
  if (district === undefined) return districts(scene, null)
  const coming = await listComing(deps.db, {
    programme: pack.programme.id,
    district: district.id,
    now: asker.at,
    limit: LISTED,
  })
  const deed: EventDeed = { kind: 'district', district: district.id }
  return {
    kind: 'list',
    district: district.name[locale],
    events: coming.map((event) => lineOf(scene, event)),
    mine: (await listSignupsOf(deps.db, asker.contactId, asker.at)).length,
    calendar: `${deps.webUrl()}/events/${district.id}/calendar.ics`,
    deeds: wanted === null ? [] : [deed],
  }
}

function districts({ pack, locale }: Scene, problem: string | null): EventsReply {
  return {
    kind: 'districts',
    districts: pack.places.own.map(({ id, name }) => ({ id, name: name[locale] })),
    problem,
  }
}

async function place(scene: Scene, typed: string): Promise<EventsReply> {
  const { deps, pack, locale } = scene
  const found = resolvePlace(pack.places, typed)
  if (found.kind === 'found') return home(scene, found.id)
  if (found.kind === 'elsewhere') {
    const near = pack.places.elsewhere.find(({ id }) => id === found.id)
    return districts(scene, near?.note[locale] ?? null)
  }
  return districts(scene, deps.translate(locale, 'events.noSuchDistrict'))
}

async function aboutEvent(
  scene: Scene,
  { kind, id }: { kind: 'one' | 'join' | 'leave'; id: string },
): Promise<EventsReply> {
  const { deps, asker, locale } = scene
  const event = await ownEvent(scene, { id })
  if (event === null) return { kind: 'gone', why: 'unknown' }
  const signup = await findSignup(deps.db, id, asker.contactId)
  const mine = signup === null || signup.state === 'cancelled' ? null : signup
  if (kind === 'leave') {
    const was = mine !== null && mine.checkedInAt === null
    const deed: EventDeed = { kind: 'leave', eventId: id }
    return { kind: 'left', id, title: event.title[locale], was, deeds: was ? [deed] : [] }
  }
  if (event.state === 'cancelled') return { kind: 'gone', why: 'cancelled' }
  if (event.state === 'held' || event.endsAt <= asker.at) return { kind: 'gone', why: 'over' }
  if (kind === 'one') return { kind: 'one', view: viewOf(scene, event, mine) }
  if (mine !== null) {
    return { kind: 'joined', view: viewOf(scene, event, mine), again: true, deeds: [] }
  }
  const hold = { eventId: id, contactId: asker.contactId, at: asker.at }
  const { state, number } = await holdPlace(deps.db, hold)
  const view = viewOf(scene, event, { state, number })
  const deed: EventDeed = { kind: 'join', eventId: id, state, number, walkIn: false }
  return { kind: 'joined', view, again: false, deeds: [deed] }
}

async function onTheSpot(
  scene: Scene,
  { kind, key }: { kind: 'arrive' | 'walk-in'; key: string },
): Promise<EventsReply> {
  const { deps, asker, locale } = scene
  const event = await ownEvent(scene, { checkInKey: key })
  if (event === null) return { kind: 'gone', why: 'unknown' }
  if (event.state === 'cancelled') return { kind: 'gone', why: 'cancelled' }
  const { id } = event
  const title = event.title[locale]
  const opens = new Date(Date.parse(event.startsAt) - CHECK_IN_BEFORE_MS).toISOString()
  if (asker.at < opens) return { kind: 'early', id, title, from: showMoment(opens, locale) }
  if (asker.at > event.endsAt) return { kind: 'over', title }
  const signup = await findSignup(deps.db, id, asker.contactId)
  const arrive: EventDeed = { kind: 'arrive', eventId: id }
  if (signup !== null && signup.state !== 'cancelled') {
    const { number, checkedInAt, state } = signup
    if (state === 'waiting' && checkedInAt === null) {
      return { kind: 'full', id, title, number, deeds: [] }
    }
    const again = checkedInAt !== null
    return { kind: 'arrived', id, title, number, again, deeds: again ? [] : [arrive] }
  }
  if (kind === 'arrive') return { kind: 'walk-in', id, title, full: !hasRoom(event) }
  const hold = { eventId: id, contactId: asker.contactId, at: asker.at }
  const { state, number } = await holdPlace(deps.db, hold)
  const join = { kind: 'join', eventId: id, number, walkIn: true } as const
  return state === 'waiting'
    ? { kind: 'full', id, title, number, deeds: [{ ...join, state: 'waiting' }] }
    : {
        ...{ kind: 'arrived', id, title, number, again: false },
        deeds: [{ ...join, state: 'going' }, arrive],
      }
}

async function feedback(
  scene: Scene,
  asked: Extract<EventsAsk, { kind: 'rate' | 'rate-ask' }>,
): Promise<EventsReply> {
  const { deps, asker, locale } = scene
  const latest = asked.id === 'latest'
  const id = latest ? await lastAttended(deps.db, asker.contactId, asker.at) : asked.id
  const event = id === null ? null : await ownEvent(scene, { id })
  if (event === null) return { kind: 'gone', why: 'unknown' }
  const title = event.title[locale]
  const signup = await findSignup(deps.db, event.id, asker.contactId)
  if (signup?.checkedInAt == null) return { kind: 'not-there', title }
  if (asked.kind === 'rate-ask') return { kind: 'rate', id: event.id, title }
  const { stars, words } = asked
  const deed: EventDeed = { kind: 'rate', eventId: event.id, stars, words }
  return { kind: 'rated', words: words !== null, deeds: [deed] }
}

/** An event of this programme that the public may know of. */
async function ownEvent(
  { deps, pack }: Scene,
  which: { id: string } | { checkInKey: string },
): Promise<PublicityEvent | null> {
  const event = await findEvent(deps.db, which)
  if (event === null || event.programme !== pack.programme.id) return null
  return event.state === 'draft' || (event.state === 'cancelled' && event.sequence === 0)
    ? null
    : event
}

async function ownLines(scene: Scene): Promise<{ id: string; label: string }[]> {
  const { deps, asker } = scene
  const signups = await listSignupsOf(deps.db, asker.contactId, asker.at)
  const events = await Promise.all(
    signups.map(({ eventId }) => findEvent(deps.db, { id: eventId })),
  )
  return events.flatMap((event) => (event === null ? [] : [lineOf(scene, event)]))
}

function lineOf({ pack, locale }: Scene, event: PublicityEvent): { id: string; label: string } {
  const venue = pack.events.kinds.find(({ id }) => id === event.kind)?.name[locale] ?? ''
  const parts = [showMoment(event.startsAt, locale), event.title[locale], venue]
  return { id: event.id, label: parts.filter((part) => part !== '').join(' · ') }
}

function hasRoom({ capacity, going }: PublicityEvent): boolean {
  return capacity === null || going < capacity
}

function viewOf(
  { deps, pack, locale }: Scene,
  event: PublicityEvent,
  mine: Pick<Signup, 'state' | 'number'> | null,
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
    mine: mine === null || mine.state === 'cancelled' ? 'none' : mine.state,
    number: mine?.number ?? null,
  }
}
