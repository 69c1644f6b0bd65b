import * as z from 'zod'
import type { TipOffTalk } from '../programme/tip-off.ts'

/** What a person writes, as it is handed in. */
export const Written = z.object({
  what: z.string(),
  where: z.string(),
  when: z.string(),
  name: z.string().nullable(),
  files: z.array(z.string()),
})
export type Written = z.infer<typeof Written>

/** A number and the secret word that belongs to it. */
export const TipOffKey = z.object({ number: z.string(), word: z.string() })
export type TipOffKey = z.infer<typeof TipOffKey>

/** What the flow of tip-offs asks of the world: a number that nobody has, with a word. */
export type TipOffAsk = { kind: 'mint' }

/** What a person has done; src/tipoffs/flow/tip-off.ts plans it, and nothing of whose turn it is goes along. */
export type TipOffIntent =
  /** A one-time way to the web, from a network that others carry. */
  | { kind: 'tip-off.way' }
  | { kind: 'tip-off.arrive'; token: string }
  | { kind: 'tip-off.file'; attachmentId: string }
  | { kind: 'tip-off.hand-in'; key: TipOffKey; written: Written }
  | { kind: 'tip-off.open'; key: TipOffKey }
  | { kind: 'tip-off.look'; id: string }
  | { kind: 'tip-off.write'; id: string; text: string }

export type TipOffReply =
  | { kind: 'minted'; key: TipOffKey }
  | { kind: 'way'; url: string }
  | { kind: 'arrived' }
  /** The link was used, or is too old. */
  | { kind: 'gone' }
  | { kind: 'kept'; file: string }
  | { kind: 'not-kept' }
  /** What tells where and with what it was taken cannot be taken from it. */
  | { kind: 'not-cleaned' }
  | { kind: 'handed-in' }
  /** `until`: for so long no word is asked for again. */
  | { kind: 'opened'; id: string; talk: TipOffTalk; until: string }
  /** Number and word do not fit each other, or it is locked: no difference is made. */
  | { kind: 'no-fit' }
  | { kind: 'written'; talk: TipOffTalk }
