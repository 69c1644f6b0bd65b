import type { Address, ChannelType, FileProblem, InboundEvent, Wants } from './types.ts'

/** GOV.UK Notify's words, and `in-doubt`: sent or not, a crash kept us from knowing. */
export type OutboxStatus =
  | 'created'
  | 'sending'
  | 'sent'
  | 'delivered'
  | 'temporary-failure'
  | 'permanent-failure'
  | 'technical-failure'
  | 'expired'
  | 'in-doubt'

/** A message as it was said: rendered, ready for any network. */
export type RenderedMessage = {
  text: string
  quickReplies: readonly { value: string; label: string }[]
  /** False where a typed number is the answer itself: options are then listed without numbers. */
  numbered?: false
  /** Words shown under the options where a network has no buttons. */
  footer?: string
  /**
   * A QR code with `value` in it, or a picture (PNG or JPEG) at an address of ours, where the network shows
   * such; `alt` says what it is.
   */
  image?: { kind: 'qr'; value: string; alt: string } | { kind: 'picture'; url: string; alt: string }
  /** The thread of the chat that was written in (`InboundEvent.thread`). */
  thread?: number
  /** Addresses of ours or the pack's in the text, by where they begin (UTF-16 units): nothing else is a link. */
  links?: readonly { at: number; url: string }[]
  /** Set where a question waits for its answer and the channel has controls to fit (`ChannelLimits.controls`). */
  wants?: Wants
  /** What was said before is gone. */
  clears?: true
}

export type OutboxRow = {
  /** `${sessionId}:${turn}:${ordinal}` or `notice:…`: no event can enqueue it twice. */
  id: string
  to: Address
  origin: 'reply' | 'notice'
  body: RenderedMessage
  status: OutboxStatus
  attempts: number
  nextAttemptAt: string
  leasedUntil: string | null
  expiresAt: string
  externalId: string | null
  lastError: string | null
}

// === A channel: the only thing that knows a network's dialect ===

/**
 * Why a send did not work, and who must act.
 * throttled, unavailable: the network, later · blocked: the person · window-closed: the person must
 * write first · rejected: us, this message · misconfigured: us, the set-up.
 */
export type SendFailure =
  | 'throttled'
  | 'unavailable'
  | 'blocked'
  | 'window-closed'
  | 'rejected'
  | 'misconfigured'

/** Messages that a network counts against what may be said to the person now, in the window that words or a tap opened. */
export type Counted = { message: number; tap: number }

export type SendResult =
  | { ok: true; externalId: string; counted?: Counted }
  | {
      ok: false
      counted?: Counted
      failure: SendFailure
      /** Seconds to wait, where the network says so. */
      retryAfter?: number
      /** For staff; never holds a token or a person's words. */
      detail: string
      /** The network moved this person to another id. */
      movedTo?: string
      /**
       * With `window-closed`: the message waits, until it expires, for what the person says after this time, when they
       * were last heard; null: never.
       */
      heldSince?: string | null
      /** It may have arrived all the same: the request went out, and no answer came. */
      unsure?: true
    }

/** What a turn said to one event: what is stored, and what a redelivery gets again. */
export type Reply = {
  turn: number
  messages: readonly RenderedMessage[]
  /** Staff have the conversation: what was said has reached them. */
  toStaff?: boolean
}

/** A file as a network gives it; its content is not checked yet. */
export type FetchedMedia =
  | { ok: true; bytes: Uint8Array; name?: string }
  | { ok: false; problem: Extract<FileProblem, 'too-large' | 'unavailable'> }

/** What staff wrote in a chat of their own on a network. `id` is the dedupe key. */
export type StaffMessage = {
  id: string
  chat: string
  /** The network's id of it in that chat. */
  message: number
  /** Null where it is no text. */
  text: string | null
  /** What it is a reply to; `ours`: to something that we said. */
  replyTo: { id: number; ours: boolean } | null
  /** The network's id of who wrote it. */
  by: string
  /** The thread of that chat in which it was written, where it has threads. */
  thread?: number
  /** Why it cannot be passed on: a correction of what was sent, or the words of a channel, which may be anybody's. */
  refused?: 'edited' | 'as-channel'
}

export type Received = Fetched & {
  /** Never a person's: to be taken before the response. */
  staff?: readonly StaffMessage[]
  /**
   * Puts the replies (one per event, in order; null where an event was not ours to answer) into this
   * network's response. A reply holds at most `limits.repliesInResponse` messages: the runner has put
   * the rest into the outbox. `headers`: what every answer of ours carries, for who says so by `setsHeaders`.
   */
  respond: (
    replies: readonly (Reply | null)[],
    headers?: Readonly<Record<string, string>>,
  ) => Response | Promise<Response>
  /** `respond` puts `headers` into the response as it makes it; of any other they are set afterwards, which costs more. */
  setsHeaders?: true
}

/** What people did, where the network only says that there is something and it is then fetched. */
export type Fetched = {
  events: readonly InboundEvent[]
  /** The events are on disk before the network has our word (db/conversation/late-events.ts). */
  isKept?: true
  /** People with whom staff are done in the network's own client. */
  handedBack?: readonly Address[]
}

export type ChannelLimits = {
  /** Characters (UTF-16 units) of one message, or what `textUnit` says. */
  textLength: number
  /** `bytes`: the network counts the bytes of UTF-8. */
  textUnit?: 'bytes'
  /** How many quick replies a message can carry; 0: the network has no buttons. */
  quickReplies: number
  /** Messages a second over all people. */
  ratePerSecond: number
  /** Seconds between two messages to one address, where the network minds. */
  secondsBetween?: number
  /** Hours after the person's last message in which we may write; null: always. */
  sessionWindowHours: number | null
  /** Messages that fit the response of an inbound request; the rest goes to the outbox. */
  repliesInResponse: number
  /** True where a picture can be sent, but not in that response: it is a message of its own. */
  picturesApart?: true
  /** How a picture of ours is shown: with its words, in a message of its own, or as a small card; left out: not. */
  pictures?: 'with-words' | 'apart' | 'card'
  /** True where a control is made to fit what is asked, with the ways out of the question beside it. */
  controls?: true
  /** Where the network hangs up: after so long the reply no longer waits for the response. */
  answerWithinSeconds?: number
  /** True where files that were sent together come one by one, named as one. */
  albums?: true
  /** True where a network of others carries the conversation, or what we say waits before it goes. */
  relayed?: true
  /** True where what is refused is soon given up, and the person is told that the service is broken. */
  givesUp?: true
  /** False where nobody is written to who has not just spoken: no broadcast goes there. */
  broadcasts?: false
  /** True where the network takes a message once under our own id: what may have arrived is sent again. */
  sendsOnce?: true
}

export interface Channel {
  readonly type: ChannelType
  /** Set where the network's own side fetches what is due: the dispatcher then sends nothing. */
  readonly delivery?: 'pull'
  /** Set where nothing rings: what is sent by night waits until the person looks. */
  readonly silent?: true
  readonly limits: ChannelLimits
  /**
   * Verifies and parses; no conversation is touched. A Response is a refusal (bad signature, bad body).
   */
  receive(request: Request): Promise<Received | Response>
  /** Fetches what nobody has fetched yet although the network told of it: whoever was told died. */
  catchUp?(): Promise<Fetched>
  /** Answers a network that asks by GET whether this address is ours. */
  verify?(request: Request): Promise<Response>
  /**
   * Fetches a file that a person sent, 10 MiB at most; never throws for what a network does daily.
   * A channel without it is handed files before they are spoken of.
   */
  fetchMedia?(mediaId: string): Promise<FetchedMedia>
  /**
   * Never throws for what a network does daily. `id`: the row's, for a network that takes each once. `standing`: what
   * was known of the person as the row was taken, in the words of whoever keeps it; left out: it is looked up.
   */
  send(
    row: Pick<OutboxRow, 'to' | 'body'> & { id?: string; standing?: string | null },
  ): Promise<SendResult>
}
