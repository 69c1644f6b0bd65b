import type { Carried } from './carried.ts'

/** What the flow asks about a one-time way from another channel. */
export type RedirectQuery =
  | { kind: 'look'; token: string }
  /** Answered at once: what was saved before it is in place. */
  | { kind: 'settled' }

/** Makes such a way, or takes what came along one; src/people/flow/link.ts plans it. */
export type WayIntent =
  | { kind: 'way.make'; carried: Carried | null }
  | { kind: 'way.use'; token: string }

/** What the world answers. */
export type LinkReply =
  | { kind: 'made'; url: string; minutes: number }
  /** What comes along, and whether a form of the same kind is half-filled here. */
  | { kind: 'carries'; flow: string; clash: boolean }
  | { kind: 'taken'; carried: Carried }
  /** The link is one that joins two chats. */
  | { kind: 'joins' }
  | { kind: 'settled' }
  | { kind: 'gone' }
