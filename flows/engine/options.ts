import type { QueryReply } from './queries.ts'
import type { Flow, Urgency } from './types.ts'

/** What the conversation is made of. */
export type EngineOptions = {
  flows: readonly Flow[]
  /** The flow that is talking when no other is. */
  home: string
  /** The flow that answers policy questions, also in the middle of any other. */
  questions: string
  /** The flow that changes the language. */
  settings: string
  /** What a deep link may open: by flow, which payloads it takes. All others lead home. */
  starts?: Readonly<Record<string, RegExp>>
  /** The flow that shows the way to a channel where personal flows may run. */
  channelRedirect: string
  /** The flow that asks whether staff have helped; left out: nothing is asked. */
  rating?: string
  /** Recognises a question by its form, where any text would be an answer. */
  looksLikeQuestion: (text: string) => boolean
  /** True where the result of a `policy-answer` request is an answer worth interrupting for. */
  isAnswer: (reply: QueryReply) => boolean
  /** Beside a mere list: is there something to say of it, though no answer? `asks`: it was put as a question. */
  isRemark?: (reply: QueryReply, asks: boolean) => boolean
  /**
   * What whole lines open wherever they are typed, as the value of a button that works at any time (`!status`), by folded
   * line: the labels of such buttons. People's own words for them come with the turn.
   */
  labels?: { get(line: string): string | undefined }
  /** Hears what must be heard however it is put, before anything else; null: nothing of that kind. */
  danger?: (text: string) => Danger | null
}

/** What must be heard: where it leads, a button's value, and whether staff are to look at once. */
export type Danger = {
  opens: string
  urgent?: Urgency
  /** Heard also while staff have the conversation. */
  always: boolean
  /** Words of ours alone do what they say all the same. */
  yields?: true
  /** The open question is asked again below: nobody's life is at stake. */
  goesOn: boolean
}
