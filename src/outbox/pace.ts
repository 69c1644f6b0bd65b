import type { Channel } from '../../flows/engine/channel.ts'

/** A second, and what a clock in milliseconds may be off. */
const SECOND_MILLISECONDS = 1002

/**
 * When one process sent on a channel, so that no second of its own is too full, however late some were.
 * `booker` names the process where it books in the database (db/outbox/claim.ts).
 */
export type RateLimiter = {
  booker: string
  /** Takes the next place: the Unix time in milliseconds from which it may go. */
  reserve(nowMs: number): Place
}

type Place = { from: number; sentAt(ms: number): void }

const paces = new WeakMap<Channel, RateLimiter>()

/** The pace of a channel in this process, the same however often it is asked for. */
export function paceOf(channel: Channel): RateLimiter {
  const known = paces.get(channel)
  if (known !== undefined) return known
  const pace = createPace(channel.limits.ratePerSecond)
  paces.set(channel, pace)
  return pace
}

/** Keeps `ratePerSecond` in any second; where that is no whole number, in as long as a whole one takes. */
export function createPace(ratePerSecond: number): RateLimiter {
  const most = Math.max(1, Math.floor(ratePerSecond))
  const span = (SECOND_MILLISECONDS * most) / ratePerSecond
  const places: { at: number }[] = []
  return {
    booker: crypto.randomUUID(),
    reserve(nowMs) {
      const before = places.length < most ? undefined : places[places.length - most]
      const place = { at: Math.max(nowMs, before === undefined ? 0 : Math.ceil(before.at + span)) }
      places.push(place)
      const old = places.findIndex(({ at }) => at + span > nowMs)
      places.splice(0, Math.min(old, places.length - most))
      return {
        from: place.at,
        sentAt: (ms) => {
          place.at = Math.max(place.at, ms)
        },
      }
    },
  }
}
