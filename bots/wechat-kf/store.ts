import type { InboundEvent } from '../../flows/engine/types.ts'

/** 微信客服's states of a conversation. https://developer.work.weixin.qq.com/document/path/94669 */
export const STATE = { new: 0, assistant: 1, queue: 2, person: 3, ended: 4 } as const

/** What the account's events change besides the conversations. Every time is ISO. */
export type KfFact =
  /** The person wrote: 48 hours and five messages begin. */
  | { kind: 'heard'; userId: string; at: string }
  /** One message may be said with this code until then, whatever the window. */
  | { kind: 'code'; userId: string; code: string; until: string }
  | { kind: 'state'; userId: string; state: number; at: string }
  /** What we sent by this `msgid` was taken and did not arrive. */
  | { kind: 'send-failed'; messageId: string; why: string; at: string }
  /** What staff wrote in the client of WeCom. */
  | { kind: 'staff-said'; userId: string; messageId: string; text: string; at: string }

/** What one page of `sync_msg` brought, with the place behind it. */
export type KfPage = {
  cursor: string
  events: readonly InboundEvent[]
  facts: readonly KfFact[]
}

/** What is known of one person: when they last wrote, how much we wrote since, and who speaks with them. */
export type KfPerson = { heardAt: string | null; sent: number; state: number }
/** The same as a row of the outbox was taken, and whether staff are called and nothing but that row waits to be said. */
export type KfStanding = KfPerson & { isHandedOver: boolean }

/** A turn at fetching: where to go on, and the word of the latest callback. */
export type KfClaim = { lease: string; cursor: string | null; token: string | null; asked: number }

/** What 微信客服 remembers between requests, whoever keeps it. */
export type KfStore = {
  /** Notes that there is something to fetch; `token` is good for ten minutes. */
  ask(token: string): Promise<void>
  /** The turn to fetch, for one process at a time; null: another has it, or all has been fetched. */
  claim(): Promise<KfClaim | null>
  /** Keeps a page and its place in one batch, and the lease for a while longer. */
  keep(claim: KfClaim, page: KfPage): Promise<void>
  /** Ends the turn; false where more was asked for meanwhile: it goes on. */
  release(claim: KfClaim, done: 'all' | 'broken-off'): Promise<boolean>
  loadPerson(userId: string): Promise<KfPerson | null>
  /** What stood beside a row of the outbox. */
  readStanding(standing: string): KfStanding
  /** WeCom says that a window is used up, or closed altogether. */
  closeWindow(userId: string, why: 'spent' | 'expired'): Promise<void>
  /** The code that lets one message through; null: there is none that is good. */
  loadCode(userId: string): Promise<string | null>
  dropCode(userId: string): Promise<void>
  setState(userId: string, state: number): Promise<void>
  /** Whether staff have, or wait to take, this person's conversation, and nothing else waits to be said to them. */
  isHandedOver(userId: string): Promise<boolean>
}
