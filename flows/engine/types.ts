import type * as z from 'zod'
import type { Locale, MessageKey } from '../../locales/keys.ts'
import type { Act } from './act-phrases.ts'
import type { TurnContext } from './context.ts'
import type { Intent, Query, QueryReply } from './queries.ts'
import type { DomainRecord } from './records.ts'

// === What comes in ===

export const CHANNEL_TYPES = [
  'web',
  'telegram',
  'wechat',
  'wechat-mp',
  'wechat-kf',
  'terminal',
] as const
export type ChannelType = (typeof CHANNEL_TYPES)[number]

/** A person on a channel: who, on which network. `id` is the network's own. */
export type Address = { channel: ChannelType; id: string }

/** The global commands: every question of every flow obeys them. */
export const COMMANDS = [
  'start',
  'menu',
  'back',
  'cancel',
  'restart',
  'help',
  'person',
  'language',
  'stop',
  'bot',
] as const
export type Command = (typeof COMMANDS)[number]

export type Input =
  | { type: 'text'; text: string }
  /** A tapped quick reply, by its stable value. `stale`: its question has been answered or left since. */
  | { type: 'choice'; value: string; stale?: boolean }
  | {
      type: 'media'
      kind: 'image' | 'document' | 'voice'
      /** The network's own name of it; in a turn, where there is no problem, the id of a kept attachment. */
      mediaId: string
      name?: string
      size?: number
      mime?: string
      /** Why it was not kept. */
      problem?: FileProblem
      /** The words that came with it; they are heard as a text of the same turn. */
      caption?: string
      /** Which files were sent together, in the network's own words. */
      album?: string
    }
  | { type: 'contact'; phone: string; own: boolean }
  | { type: 'location'; lat: number; lon: number }
  | { type: 'command'; name: Command; payload?: string }
  /** Something we cannot use: a film, a sticker, an edited message. `what` names it for the answer and for staff. */
  | {
      type: 'unsupported'
      what: 'video' | 'sticker' | 'edit' | 'other'
      caption?: string
      album?: string
    }
  /** The person blocked us or left, or let us in again; nothing is said. */
  | { type: 'membership'; state: 'left' | 'joined' }
  | { type: 'result'; requestId: string; reply: QueryReply }
  /** What a flow is opened with by another one, or along a link; it reads it itself. */
  | { type: 'given'; value: unknown }

/**
 * Why a file was not kept, and with it what the person can do (`file.*` of the locales).
 * unavailable: it could not be fetched · not-here: this channel takes no personal files.
 */
export type FileProblem =
  | 'too-large'
  | 'wrong-kind'
  | 'empty'
  | 'unavailable'
  | 'too-many'
  | 'not-here'

/** One thing a person did. `id` is the dedupe key: the same id is the same event, for ever. */
export type InboundEvent = {
  id: string
  from: Address
  at: string
  input: Input
  /** The language the network says the person uses; only a first guess. */
  locale?: Locale
  /** Others read along, as in a group: nothing personal may be asked or told. */
  shared?: true
  /** The network it came in from, as `networkOf` names it: whoever can have any number of addresses has one of these. */
  network?: string
  /** The network's own thread within the chat (a topic); the answer belongs there. */
  thread?: number
  /** All of an album, in order, each file under the network's id of it: they are heard in one turn. */
  parts?: readonly { id: string; input: Input }[]
}

// === What goes out ===

/** Words by key; the runner renders them in the person's language. */
export type KeyedText = { key: MessageKey; params?: Readonly<Record<string, string | number>> }
/** Words with addresses in them: `links` are put in like params, and known as links where the words are shown. */
type LinkedText = KeyedText & { links: Readonly<Record<string, string>> }
/** Words that are data of the policy pack (a clause, an answer) and already in the right language; `link`: an address. */
type PlainText = { text: string; link?: true }
export type Text = KeyedText | LinkedText | PlainText

export type QuickReply = { value: string; label: Text }

export type OutboundMessage = {
  text: Text | readonly Text[]
  quickReplies?: readonly QuickReply[]
  /** False where a typed number is an answer and must not pick a quick reply. */
  numbered?: boolean
  /** True where a typed `0` is an answer, a sum or a count: the menu is then `00` alone. */
  zero?: true
  /** False where the global commands do not count, so that they are not named below. */
  commands?: false
  /** A picture that goes with the words, which say the same without it. */
  image?: { kind: 'qr'; value: string; alt: Text }
  /** What is to be typed, where that is a thing of its own kind. */
  wants?: Wants
  /** What was said before is gone: a page shows nothing above. */
  clears?: true
}

/** What a question takes, so that a page can offer the control that fits; `words`: nothing in particular. */
export type Wants =
  | 'words'
  | 'name'
  | 'identity-number'
  | 'identity-end'
  | 'mobile'
  | 'place'
  | 'text'
  | 'one-of'
  | 'some-of'
  | 'yes-no'
  | 'credit-code'
  | 'money'
  | 'count'
  | 'bank-card'
  | 'case-number'
  | 'code'
  | 'one-time-code'
  /** Words of which nothing may stay where they are typed. */
  | 'apart'

export type Effect =
  | { type: 'send'; message: OutboundMessage }
  | { type: 'save'; record: DomainRecord }
  | { type: 'request'; requestId: string; query: Query }
  | { type: 'intend'; intent: Intent }
  /** A person on our side is wanted; the bot is silent from the next turn on. */
  | { type: 'handoff'; reason: HandoffReason; urgent?: Urgency }
  /** The bot speaks again. */
  | { type: 'handback' }
  /** What the person said in this turn is kept nowhere: a mark stands in its place. */
  | { type: 'apart' }
  /** What the next question may lean on: the entry that answered. The engine keeps it; it goes no further. */
  | { type: 'remember'; entry: string }

/** Why staff are wanted. What a flow wishes was `asked` for. */
export type HandoffReason = 'asked' | 'not-answered' | 'bug'
/** Why staff should look at once; a machine heard it, so it is never more than a reason to look. */
export type Urgency = 'distress' | 'threat'

// === A flow, written as plain TypeScript ===

export type Transition<Data, Step extends string> =
  /** Go to another step of this flow and enter it. */
  | { go: Step; data?: Data; effects?: readonly Effect[] }
  /**
   * Stay and wait; `again` enters the step once more, so that its question is repeated. `at`: wait at another step, whose
   * question these effects are already; it leaves no trail, since such steps know their own way back (`undo`).
   */
  | { wait: true; again?: boolean; at?: Step; data?: Data; effects?: readonly Effect[] }
  /** Run another flow, then come back to `resumeAt` of this one. */
  | {
      call: string
      input?: Input
      resumeAt: Step
      data?: Data
      effects?: readonly Effect[]
    }
  /** Done; `next` opens another flow in its place. */
  | { end: true; next?: { flow: string; input: Input }; effects?: readonly Effect[] }
  /**
   * The step has no use for this input; the engine may offer it to the policy questions. `typed`: the
   * person's words, where the world had to be asked whether they are of use.
   */
  | { otherwise: Text; typed?: string; data?: Data; effects?: readonly Effect[] }

export type StepDefinition<Data, Step extends string> = {
  /** What is said when the step is entered. */
  enter: (data: Data, ctx: TurnContext) => readonly Effect[]
  /** What is said instead when the same question is only taken up again: after an answer to something else, or one that was not understood. */
  again?: (data: Data, ctx: TurnContext) => readonly Effect[]
  receive: (data: Data, input: Input, ctx: TurnContext) => Transition<Data, Step>
  /** Inputs that `inspect` tries to walk on from here; at least one must lead on. */
  samples: (data: Data, ctx: TurnContext) => readonly Input[]
  /** True where any text is an answer, so that a question in it must be recognised by its form. */
  freeText?: boolean
  /** Whether the words themselves are kept (a name, a plan), so that only exact words of ours are heard in them; `freeText` where it is left out. */
  keepsWords?: (data: Data) => boolean
  /** True where what is written goes to somebody else as it is: a bare word of ours alone is heard in it. */
  letter?: true
  /**
   * What is said of the step to a short reply that is no answer (`acts.ts`): what it means, an example, help to choose;
   * null or left out: words that fit any step.
   */
  about?: (data: Data, act: Act, ctx: TurnContext) => readonly Text[] | null
  /** True where the step says nothing when another flow comes back to it. */
  quietReturn?: boolean
  /** What `back` undoes inside the step; null where there is nothing, so that it leaves the step. */
  undo?: (data: Data) => Data | null
  /** True where the step waits for the world's answer only, never for a person. */
  passing?: boolean
}

// biome-ignore lint/suspicious/noExplicitAny: a registry holds flows of every shape
export type Flow<Data = any, Step extends string = any> = {
  id: string
  /** Raised whenever a step is renamed, removed or re-ordered, or the data changes shape. */
  version: number
  data: z.ZodType<Data>
  initial: Data
  start: Step
  steps: Readonly<Record<Step, StepDefinition<Data, Step>>>
  /** Shown by the global command `help`. */
  help: KeyedText
  /** True where leaving half-way keeps the run, to be resumed when the flow is opened again. */
  resumable?: boolean
  /** Words that open the flow wherever they are typed alone, in either language. */
  words?: readonly string[]
  /** What a typed line such as `/case 12` asks of the flow, as the value it is opened with; null: nothing. */
  typed?: (text: string) => string | null
  /** Steps that only show and offer: they end when something else begins, and never come back unasked. */
  shows?: readonly string[]
  /** True where the flow asks for what is personal: kept to channels that may take it. */
  personal?: boolean
  /**
   * Set where what is said in the flow is kept in no transcript; it ends where staff are called, since they read along,
   * and this is what is said of that.
   */
  apart?: KeyedText
  /** True where a person who leaves half-way and stays silent is reminded of it. */
  reminds?: boolean
  /** What the flow does with the input it was called with, before its first step is entered. */
  open?: (input: Input, ctx: TurnContext) => Transition<Data, Step> | null
  /** By target version; the result is parsed with `data` afterwards. */
  migrations: Readonly<
    Record<
      number,
      (old: { step: string; data: Record<string, unknown> }) => { step: string; data: unknown }
    >
  >
}
