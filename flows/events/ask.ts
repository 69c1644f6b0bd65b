/** What the flow about events asks of the world; answered by src/events/flow/events.ts with an `EventsReply`. */
export type EventsAsk =
  /** What comes in the district that is remembered. */
  | { kind: 'home' }
  | { kind: 'districts' }
  | { kind: 'one'; id: string }
  | { kind: 'mine' }
  | { kind: 'rate-ask'; id: string }

/** What a person has done; src/events/flow/events.ts plans it, upon the event as it is. */
export type EventIntent =
  | { kind: 'event.district'; district: string }
  /** A district in the person's own words. */
  | { kind: 'event.place'; typed: string }
  | { kind: 'event.join'; id: string }
  | { kind: 'event.leave'; id: string }
  /** The code of the poster on the spot. */
  | { kind: 'event.arrive'; key: string }
  | { kind: 'event.walk-in'; key: string }
  | { kind: 'event.rate'; id: string; stars: number; words: string | null }

type Line = { id: string; label: string }

/** An event in words. */
export type EventView = {
  id: string
  title: string
  about: string
  venue: string
  place: string
  when: string
  /** Places that are left; null: there is no limit. */
  left: number | null
  calendar: string
  /** How often a person who signs up now is reminded: the day before and two hours before, only then, or not at all. */
  reminders: 'twice' | 'once' | 'none'
  /** What the person has: a place, a place in the line, or neither. */
  mine: 'none' | 'going' | 'waiting'
  number: number | null
}

export type EventsReply =
  | { kind: 'no-programme' }
  /** `problem`: what is wrong with what was typed. */
  | { kind: 'districts'; districts: { id: string; name: string }[]; problem: string | null }
  | {
      kind: 'list'
      district: string
      events: Line[]
      /** Sign-ups of the person, wherever they are. */
      mine: number
      calendar: string
    }
  | { kind: 'mine'; events: Line[] }
  | { kind: 'one'; view: EventView }
  /** There is no such event, or it was called off. */
  | { kind: 'gone'; why: 'unknown' | 'cancelled' | 'over' }
  | { kind: 'joined'; view: EventView; again: boolean }
  | { kind: 'left'; id: string; title: string; was: boolean }
  | { kind: 'arrived'; id: string; title: string; number: number; again: boolean }
  | { kind: 'early'; id: string; title: string; from: string }
  | { kind: 'over'; title: string }
  /** On the spot without a sign-up. */
  | { kind: 'walk-in'; id: string; title: string; full: boolean }
  /** No place is left; staff at the door decide. */
  | { kind: 'full'; id: string; title: string; number: number }
  | { kind: 'rate'; id: string; title: string }
  | { kind: 'not-there'; title: string }
  | { kind: 'rated'; words: boolean }
