import { findEvent, listComing, type PublicityEvent } from '../../../db/events/events.ts'
import { type EventDeed, eventStatements, holdPlace } from '../../../db/events/places.ts'
import {
  eventDistrict,
  findSignup,
  lastAttended,
  listSignupsOf,
  type Signup,
} from '../../../db/events/signups.ts'
import type { EventIntent, EventsAsk, EventsReply } from '../../../flows/events/ask.ts'
import { resolvePlace } from '../../../flows/programme/places/places.ts'
import type { Locale } from '../../../locales/keys.ts'
import type { Policy } from '../../kernel/policy.ts'
import type { Planned, Requester } from '../../kernel/requester.ts'
import { CHECK_IN_BEFORE_MS, showMoment } from '../../kernel/when.ts'
import { type EventScene, hasRoom, lineOf, viewOf } from './event-view.ts'

/** Events of a list that fit a screen and the buttons of every network. */
const LISTED = 8

/** Answers the flow about events. */
export async function answerEvents(
  deps: EventScene['deps'],
  { pack }: Pick<Policy, 'pack'>,
  requester: Requester,
  asked: EventsAsk,
  locale: Locale,
): Promise<EventsReply> {
  const { events } = pack
  if (events === undefined) return { kind: 'no-programme' }
  const scene: EventScene = { deps, pack: { ...pack, events }, requester, locale }
  switch (asked.kind) {
    case 'home':
      return home(scene, await eventDistrict(deps.db, requester.contactId))
    case 'districts':
      return districts(scene, null)
    case 'mine':
      return { kind: 'mine', events: await ownLines(scene) }
    case 'one': {
      const found = await openEvent(scene, asked.id)
      return 'gone' in found
        ? found.gone
        : { kind: 'one', view: viewOf(scene, found.event, found.mine) }
    }
    case 'rate-ask': {
      const found = await attended(scene, asked.id)
      return 'not' in found ? found.not : { kind: 'rate', id: found.event.id, title: found.title }
    }
  }
}

/** Plans what a person does about an event, upon the event as it is. */
export async function planEvent(
  deps: EventScene['deps'],
  { pack }: Pick<Policy, 'pack'>,
  requester: Requester,
  intent: EventIntent,
  locale: Locale,
): Promise<Planned<EventsReply>> {
  const { events } = pack
  if (events === undefined) return { reply: { kind: 'no-programme' } }
  const scene: EventScene = { deps, pack: { ...pack, events }, requester, locale }
  switch (intent.kind) {
    case 'event.district':
      return choose(scene, intent.district)
    case 'event.place':
      return place(scene, intent.typed)
    case 'event.join':
      return join(scene, intent.id)
    case 'event.leave':
      return leave(scene, intent.id)
    case 'event.arrive':
    case 'event.walk-in':
      return onTheSpot(scene, intent)
    case 'event.rate': {
      const found = await attended(scene, intent.id)
      if ('not' in found) return { reply: found.not }
      const { stars, words } = intent
      return does(scene, { kind: 'rated', words: words !== null }, [
        { kind: 'rate', eventId: found.event.id, stars, words },
      ])
    }
  }
}

/** A reply, and the deeds that go into the turn's batch. */
function does(
  { deps, requester }: EventScene,
  reply: EventsReply,
  deeds: readonly EventDeed[],
): Planned<EventsReply> {
  const { contactId, at } = requester
  return {
    reply,
    saves: deeds.map(
      (deed) =>
        ({ id }) =>
          eventStatements(deps.vault, { id, contactId, at }, deed),
    ),
  }
}

async function choose(scene: EventScene, id: string): Promise<Planned<EventsReply>> {
  const known = scene.pack.places.own.some((one) => one.id === id)
  return does(scene, await home(scene, id), known ? [{ kind: 'district', district: id }] : [])
}

async function home(scene: EventScene, id: string | null): Promise<EventsReply> {
  const { deps, pack, requester, locale } = scene
  const district = pack.places.own.find((one) => one.id === id)
  if (district === undefined) return districts(scene, null)
  const coming = await listComing(deps.db, {
    programme: pack.programme.id,
    district: district.id,
    now: requester.at,
    limit: LISTED,
  })
  return {
    kind: 'list',
    district: district.name[locale],
    events: coming.map((event) => lineOf(scene, event)),
    mine: (await listSignupsOf(deps.db, requester.contactId, requester.at)).length,
    calendar: `${deps.webUrl()}/events/${district.id}/calendar.ics`,
  }
}

function districts({ pack, locale }: EventScene, problem: string | null): EventsReply {
  return {
    kind: 'districts',
    districts: pack.places.own.map(({ id, name }) => ({ id, name: name[locale] })),
    problem,
  }
}

async function place(scene: EventScene, typed: string): Promise<Planned<EventsReply>> {
  const { deps, pack, locale } = scene
  const found = resolvePlace(pack.places, typed)
  if (found.kind === 'found') return choose(scene, found.id)
  if (found.kind === 'elsewhere') {
    const near = pack.places.elsewhere.find(({ id }) => id === found.id)
    return { reply: districts(scene, near?.note[locale] ?? null) }
  }
  return { reply: districts(scene, deps.translate(locale, 'events.noSuchDistrict')) }
}

type Gone = Extract<EventsReply, { kind: 'gone' }>
type Mine = Signup | null

async function findOwn(
  scene: EventScene,
  id: string,
): Promise<{ event: PublicityEvent; mine: Mine } | { gone: Gone }> {
  const event = await ownEvent(scene, { id })
  if (event === null) return { gone: { kind: 'gone', why: 'unknown' } }
  const signup = await findSignup(scene.deps.db, id, scene.requester.contactId)
  return { event, mine: signup?.state === 'cancelled' ? null : signup }
}

/** An event that people may still sign up for, with the person's own place. */
async function openEvent(
  scene: EventScene,
  id: string,
): Promise<{ event: PublicityEvent; mine: Mine } | { gone: Gone }> {
  const found = await findOwn(scene, id)
  if ('gone' in found) return found
  const { state, endsAt } = found.event
  if (state === 'cancelled') return { gone: { kind: 'gone', why: 'cancelled' } }
  return state === 'held' || endsAt <= scene.requester.at
    ? { gone: { kind: 'gone', why: 'over' } }
    : found
}

async function join(scene: EventScene, id: string): Promise<Planned<EventsReply>> {
  const { deps, requester } = scene
  const found = await openEvent(scene, id)
  if ('gone' in found) return { reply: found.gone }
  const { event, mine } = found
  if (mine !== null)
    return { reply: { kind: 'joined', view: viewOf(scene, event, mine), again: true } }
  const { state, number } = await holdPlace(deps.db, {
    eventId: id,
    contactId: requester.contactId,
    at: requester.at,
  })
  const view = viewOf(scene, event, { state, number, signedUpAt: requester.at })
  return does(scene, { kind: 'joined', view, again: false }, [
    { kind: 'join', eventId: id, state, number, walkIn: false },
  ])
}

async function leave(scene: EventScene, id: string): Promise<Planned<EventsReply>> {
  const found = await findOwn(scene, id)
  if ('gone' in found) return { reply: found.gone }
  const was = found.mine !== null && found.mine.checkedInAt === null
  const reply = { kind: 'left', id, title: found.event.title[scene.locale], was } as const
  return does(scene, reply, was ? [{ kind: 'leave', eventId: id }] : [])
}

async function onTheSpot(
  scene: EventScene,
  { kind, key }: Extract<EventIntent, { key: string }>,
): Promise<Planned<EventsReply>> {
  const { deps, requester, locale } = scene
  const event = await ownEvent(scene, { checkInKey: key })
  if (event === null) return { reply: { kind: 'gone', why: 'unknown' } }
  if (event.state === 'cancelled') return { reply: { kind: 'gone', why: 'cancelled' } }
  const { id } = event
  const title = event.title[locale]
  const opens = new Date(Date.parse(event.startsAt) - CHECK_IN_BEFORE_MS).toISOString()
  if (requester.at < opens) {
    return { reply: { kind: 'early', id, title, from: showMoment(opens, locale) } }
  }
  if (requester.at > event.endsAt) return { reply: { kind: 'over', title } }
  const signup = await findSignup(deps.db, id, requester.contactId)
  const arrive: EventDeed = { kind: 'arrive', eventId: id }
  if (signup !== null && signup.state !== 'cancelled') {
    const { number, checkedInAt, state } = signup
    if (state === 'waiting' && checkedInAt === null) {
      return { reply: { kind: 'full', id, title, number } }
    }
    const again = checkedInAt !== null
    return does(scene, { kind: 'arrived', id, title, number, again }, again ? [] : [arrive])
  }
  if (kind === 'event.arrive')
    return { reply: { kind: 'walk-in', id, title, full: !hasRoom(event) } }
  const hold = { eventId: id, contactId: requester.contactId, at: requester.at }
  const { state, number } = await holdPlace(deps.db, hold)
  const join = { kind: 'join', eventId: id, number, walkIn: true } as const
  return state === 'waiting'
    ? does(scene, { kind: 'full', id, title, number }, [{ ...join, state: 'waiting' }])
    : does(scene, { kind: 'arrived', id, title, number, again: false }, [
        { ...join, state: 'going' },
        arrive,
      ])
}

/** An event that the person was at; `latest`: the last one. */
async function attended(
  scene: EventScene,
  wanted: string,
): Promise<{ event: PublicityEvent; title: string } | { not: EventsReply }> {
  const { deps, requester, locale } = scene
  const { contactId, at } = requester
  const id = wanted === 'latest' ? await lastAttended(deps.db, contactId, at) : wanted
  const event = id === null ? null : await ownEvent(scene, { id })
  if (event === null) return { not: { kind: 'gone', why: 'unknown' } }
  const title = event.title[locale]
  const signup = await findSignup(deps.db, event.id, contactId)
  return signup?.checkedInAt == null ? { not: { kind: 'not-there', title } } : { event, title }
}

/** An event of this programme that the public may know of. */
async function ownEvent(
  { deps, pack }: EventScene,
  which: { id: string } | { checkInKey: string },
): Promise<PublicityEvent | null> {
  const event = await findEvent(deps.db, which)
  if (event === null || event.programme !== pack.programme.id) return null
  return event.state === 'draft' || (event.state === 'cancelled' && event.sequence === 0)
    ? null
    : event
}

async function ownLines(scene: EventScene): Promise<{ id: string; label: string }[]> {
  const { deps, requester } = scene
  const signups = await listSignupsOf(deps.db, requester.contactId, requester.at)
  const events = await Promise.all(
    signups.map(({ eventId }) => findEvent(deps.db, { id: eventId })),
  )
  return events.flatMap((event) => (event === null ? [] : [lineOf(scene, event)]))
}
