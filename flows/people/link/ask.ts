import * as z from 'zod'
import { CHANNEL_TYPES } from '../../engine/types.ts'

/** By what a person joins this chat to another: digits that stand there, or a one-time link. */
export const Key = z.union([z.object({ code: z.string() }), z.object({ token: z.string() })])
export type Key = z.infer<typeof Key>

/** What the flow asks of the world. `proof`: what a person typed to show that a case is theirs. */
export type LinkingAsk =
  /** Which chat a code or a link is of. Nothing is used up and nothing changes. */
  | { kind: 'take'; key: Key; proof: string | null }
  /** Answered at once: what was saved before it is in place. */
  | { kind: 'settled' }
  | { kind: 'addresses' }

/** What a person has done; src/people/flow/linking.ts plans it. */
export type LinkIntent =
  /** A code and a one-time link that lead here. */
  | { kind: 'link.ways' }
  /** A picture that leads from WeChat's scanner to the official account. */
  | { kind: 'link.qr' }
  /** The person agrees to be one with that chat; it is asked in its turn. */
  | { kind: 'link.agree'; key: Key; proved: boolean }
  /** What this chat says to another that agreed; `id` null: to the only one that asks. */
  | { kind: 'link.answer'; id: string | null; yes: boolean }
  /** Undoes a joining; `id` null: the last one of this chat. */
  | { kind: 'link.part'; id: string | null }
  /** Which half-filled form waits in another chat of this person; one that must say yes is asked. */
  | { kind: 'link.waiting' }
  /** Brings it here. */
  | { kind: 'link.bring' }
  /** Gives those of this chat to another; `entry` null: to the only other one. */
  | { kind: 'link.give'; entry: string | null }
  | { kind: 'link.unlink'; entry: string; proof: string | null }

/** A chat of a person, as it is listed: `entry` names it, `end` is the end of the network's own name of it. */
export const Listed = z.object({
  entry: z.string(),
  place: z.enum(CHANNEL_TYPES),
  end: z.string(),
  since: z.string(),
  here: z.boolean(),
})
export type Listed = z.infer<typeof Listed>

/** The chat that made a code or a link, as its opener is told of it. `name`: of its case, masked. */
export const Who = z.object({
  place: z.enum(CHANNEL_TYPES),
  end: z.string(),
  since: z.string(),
  name: z.string().nullable(),
})
export type Who = z.infer<typeof Who>

/** What the world answers. */
export type LinkingReply =
  | {
      kind: 'ways'
      code: string
      minutes: number
      web: string | null
      telegram: string | null
      /** Whether the official account can be reached by a picture. */
      qr: boolean
    }
  | { kind: 'qr'; value: string; minutes: number }
  | { kind: 'no-qr' }
  /** Others read along. */
  | { kind: 'not-here' }
  /** There is no such code or link, it was used, or it is too old: nobody is told which. */
  | { kind: 'wrong' }
  | { kind: 'too-many' }
  /** Both are one already. */
  | { kind: 'same' }
  /** The other side would see a case that is only here: the code has to be made here. */
  | { kind: 'other-way' }
  /** Each has a case, of two different people. */
  | { kind: 'two-people' }
  /** `personal`: whether digits of the identity number may be asked for here. */
  | { kind: 'prove'; personal: boolean }
  | { kind: 'not-proved' }
  /** The person is told who it is, and asked. */
  | { kind: 'asks'; who: Who; proved: boolean }
  /** `minutes`: so long the other chat may answer. */
  | { kind: 'agreed'; minutes: number }
  /** `id` of the joining. `giveTo`: the other chat, where this one has half-filled forms for it. */
  | { kind: 'joined'; id: string; giveTo: string | null }
  | { kind: 'refused' }
  | { kind: 'parted' }
  | { kind: 'waiting'; flow: string | null; clash: boolean }
  /** The form waits in a chat that must say yes itself. */
  | { kind: 'runs-asked' }
  | { kind: 'brought'; flow: string }
  | { kind: 'given' }
  /** The other chat has a form of its own; what is there is never written over from here. */
  | { kind: 'both' }
  | { kind: 'nothing' }
  | { kind: 'settled' }
  | { kind: 'addresses'; addresses: Listed[] }
  | { kind: 'unlinked'; own: boolean }
