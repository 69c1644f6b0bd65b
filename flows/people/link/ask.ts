import * as z from 'zod'

/** By what a person joins this chat to another: digits that stand there, or a one-time link. */
export const Key = z.union([z.object({ code: z.string() }), z.object({ token: z.string() })])
export type Key = z.infer<typeof Key>

/** What the flow asks of the world. `proof`: what a person typed to show that a case is theirs. */
export const LinkingAsk = z.discriminatedUnion('kind', [
  /** A code and a one-time link that lead here. */
  z.object({ kind: z.literal('ways') }),
  /** A picture that leads from WeChat's scanner to the official account. */
  z.object({ kind: z.literal('qr') }),
  /** Which chat a code or a link is of. Nothing is used up and nothing changes. */
  z.object({ kind: z.literal('take'), key: Key, proof: z.string().nullable() }),
  /** The person agrees to be one with that chat; it is asked in its turn. */
  z.object({ kind: z.literal('agree'), key: Key, proved: z.boolean() }),
  /** What this chat says to another that agreed; `id` null: to the only one that asks. */
  z.object({ kind: z.literal('answer'), id: z.string().nullable(), yes: z.boolean() }),
  /** Undoes a joining; `id` null: the last one of this chat. */
  z.object({ kind: z.literal('part'), id: z.string().nullable() }),
  /** Which half-filled form waits in another chat of this person. */
  z.object({ kind: z.literal('waiting') }),
  /** Brings it here. */
  z.object({ kind: z.literal('bring') }),
  /** Gives those of this chat to another; `entry` null: to the only other one. */
  z.object({ kind: z.literal('give'), entry: z.string().nullable() }),
  /** Answered at once: what was saved before it is in place. */
  z.object({ kind: z.literal('settled') }),
  z.object({ kind: z.literal('addresses') }),
  z.object({ kind: z.literal('unlink'), entry: z.string(), proof: z.string().nullable() }),
])
export type LinkingAsk = z.infer<typeof LinkingAsk>

export const LinkPlace = z.enum(['telegram', 'wechat', 'wechat-mp', 'wechat-kf', 'web', 'terminal'])
export type LinkPlace = z.infer<typeof LinkPlace>

/** A chat of a person, as it is listed: `entry` names it, `end` is the end of the network's own name of it. */
export const Listed = z.object({
  entry: z.string(),
  place: LinkPlace,
  end: z.string(),
  since: z.string(),
  here: z.boolean(),
})
export type Listed = z.infer<typeof Listed>

/** The chat that made a code or a link, as its opener is told of it. `name`: of its case, masked. */
export const Who = z.object({
  place: LinkPlace,
  end: z.string(),
  since: z.string(),
  name: z.string().nullable(),
})
export type Who = z.infer<typeof Who>

/** What the world answers. */
export const LinkingReply = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('ways'),
    code: z.string(),
    codeIndex: z.string(),
    minutes: z.number(),
    expiresAt: z.string(),
    tokenHash: z.string(),
    web: z.string().nullable(),
    telegram: z.string().nullable(),
    /** Whether the official account can be reached by a picture. */
    qr: z.boolean(),
  }),
  z.object({
    kind: z.literal('qr'),
    value: z.string(),
    minutes: z.number(),
    tokenHash: z.string(),
    expiresAt: z.string(),
  }),
  z.object({ kind: z.literal('no-qr') }),
  /** Others read along. */
  z.object({ kind: z.literal('not-here') }),
  /** There is no such code or link, it was used, or it is too old: nobody is told which. */
  z.object({ kind: z.literal('wrong') }),
  z.object({ kind: z.literal('too-many') }),
  /** Both are one already. */
  z.object({ kind: z.literal('same') }),
  /** The other side would see a case that is only here: the code has to be made here. */
  z.object({ kind: z.literal('other-way') }),
  /** Each has a case, of two different people. */
  z.object({ kind: z.literal('two-people') }),
  /** `personal`: whether digits of the identity number may be asked for here. */
  z.object({ kind: z.literal('prove'), personal: z.boolean() }),
  z.object({ kind: z.literal('not-proved') }),
  /** The person is told who it is, and asked. */
  z.object({ kind: z.literal('asks'), who: Who, proved: z.boolean() }),
  /** `minutes`: so long the other chat may answer. */
  z.object({ kind: z.literal('agreed'), asked: z.unknown(), minutes: z.number() }),
  /** `id` of the joining. `giveTo`: the other chat, where this one has half-filled forms for it. */
  z.object({
    kind: z.literal('joined'),
    id: z.string(),
    answered: z.unknown(),
    giveTo: z.string().nullable(),
  }),
  z.object({ kind: z.literal('refused'), answered: z.unknown() }),
  z.object({ kind: z.literal('parted'), parted: z.unknown() }),
  z.object({ kind: z.literal('waiting'), flow: z.string().nullable(), clash: z.boolean() }),
  /** The form waits in a chat that must say yes itself. */
  z.object({ kind: z.literal('runs-asked'), told: z.unknown() }),
  z.object({ kind: z.literal('brought'), flow: z.string(), carried: z.unknown() }),
  z.object({ kind: z.literal('given'), given: z.unknown() }),
  /** The other chat has a form of its own; what is there is never written over from here. */
  z.object({ kind: z.literal('both') }),
  z.object({ kind: z.literal('nothing') }),
  z.object({ kind: z.literal('settled') }),
  z.object({ kind: z.literal('addresses'), addresses: z.array(Listed) }),
  z.object({ kind: z.literal('unlinked'), own: z.boolean(), unlink: z.unknown() }),
])
export type LinkingReply = z.infer<typeof LinkingReply>
