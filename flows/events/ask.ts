import * as z from 'zod'

const id = z.string().max(64)
const Stars = z.number().int().min(1).max(5)

/** What the flow about events asks of the world; answered by src/events/flow/events.ts with an `EventsReply`. */
export const EventsAsk = z.discriminatedUnion('kind', [
  /** What comes in a district: a new one, or null for the one that is remembered. */
  z.object({ kind: z.literal('home'), district: z.string().nullable() }),
  z.object({ kind: z.literal('districts') }),
  /** A district in the person's own words. */
  z.object({ kind: z.literal('place'), typed: z.string() }),
  z.object({ kind: z.literal('one'), id }),
  z.object({ kind: z.literal('mine') }),
  z.object({ kind: z.literal('join'), id }),
  z.object({ kind: z.literal('leave'), id }),
  /** The code of the poster on the spot. */
  z.object({ kind: z.literal('arrive'), key: id }),
  z.object({ kind: z.literal('walk-in'), key: id }),
  z.object({ kind: z.literal('rate-ask'), id }),
  z.object({ kind: z.literal('rate'), id, stars: Stars, words: z.string().nullable() }),
])
export type EventsAsk = z.infer<typeof EventsAsk>

const Line = z.object({ id, label: z.string() })

/** An event in words. */
export const EventView = z.object({
  id,
  title: z.string(),
  about: z.string(),
  venue: z.string(),
  place: z.string(),
  when: z.string(),
  /** Places that are left; null: there is no limit. */
  left: z.number().nullable(),
  calendar: z.string(),
  /** What the person has: a place, a place in the line, or neither. */
  mine: z.enum(['none', 'going', 'waiting']),
  number: z.number().nullable(),
})
export type EventView = z.infer<typeof EventView>

/** What is written with the turn (db/events/signups.ts). */
const deeds = z.array(z.unknown())
const title = z.string()

export const EventsReply = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('no-programme') }),
  /** `problem`: what is wrong with what was typed. */
  z.object({
    kind: z.literal('districts'),
    districts: z.array(z.object({ id: z.string(), name: z.string() })),
    problem: z.string().nullable(),
  }),
  z.object({
    kind: z.literal('list'),
    district: z.string(),
    events: z.array(Line),
    /** Sign-ups of the person, wherever they are. */
    mine: z.number(),
    calendar: z.string(),
    deeds,
  }),
  z.object({ kind: z.literal('mine'), events: z.array(Line) }),
  z.object({ kind: z.literal('one'), view: EventView }),
  /** There is no such event, or it was called off. */
  z.object({ kind: z.literal('gone'), why: z.enum(['unknown', 'cancelled', 'over']) }),
  z.object({ kind: z.literal('joined'), view: EventView, again: z.boolean(), deeds }),
  z.object({ kind: z.literal('left'), id, title, was: z.boolean(), deeds }),
  z.object({
    kind: z.literal('arrived'),
    id,
    title,
    number: z.number(),
    again: z.boolean(),
    deeds,
  }),
  z.object({ kind: z.literal('early'), id, title, from: z.string() }),
  z.object({ kind: z.literal('over'), title }),
  /** On the spot without a sign-up. */
  z.object({ kind: z.literal('walk-in'), id, title, full: z.boolean() }),
  /** No place is left; staff at the door decide. */
  z.object({ kind: z.literal('full'), id, title, number: z.number(), deeds }),
  z.object({ kind: z.literal('rate'), id, title }),
  z.object({ kind: z.literal('not-there'), title }),
  z.object({ kind: z.literal('rated'), words: z.boolean(), deeds }),
])
export type EventsReply = z.infer<typeof EventsReply>
