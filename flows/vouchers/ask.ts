import * as z from 'zod'

const number = z.string()

/** What a holder may do with a request or a voucher of theirs. */
export const HolderMove = z.enum(['withdraw', 'give-back', 'resubmit'])
export type HolderMove = z.infer<typeof HolderMove>

/** What the voucher flow asks of the world; answered by src/vouchers/flow/voucher.ts with a `VoucherReply`. */
export const VoucherQuestion = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('home') }),
  z.object({ kind: z.literal('one'), number }),
  /** A request of a provider. */
  z.object({ kind: z.literal('ask'), id: z.string() }),
  z.object({ kind: z.literal('decide'), id: z.string(), yes: z.boolean() }),
  z.object({ kind: z.literal('pin'), number }),
  z.object({ kind: z.literal('providers'), number }),
  z.object({ kind: z.literal('history'), number }),
  /** The kinds that can be asked for. */
  z.object({ kind: z.literal('kinds') }),
  z.object({ kind: z.literal('apply'), id: z.string() }),
  z.object({ kind: z.literal('move'), number, move: HolderMove }),
])
export type VoucherQuestion = z.infer<typeof VoucherQuestion>

/** A voucher in words; amounts are written out. */
export const VoucherView = z.object({
  number,
  kind: z.string(),
  state: z.string(),
  meaning: z.string(),
  todo: z.string(),
  face: z.string(),
  share: z.number(),
  perDeal: z.string(),
  left: z.string(),
  useBy: z.string(),
  /** Grouped as people read it; null: there is none to show. */
  code: z.string().nullable(),
  qr: z.string().nullable(),
  contract: z
    .object({
      provider: z.string(),
      total: z.string(),
      reserved: z.string(),
      redeemed: z.string(),
    })
    .nullable(),
  can: z.array(HolderMove),
  /** Whether a provider may still be found, or a PIN be told. */
  usable: z.boolean(),
})
export type VoucherView = z.infer<typeof VoucherView>

export const KindView = z.object({
  id: z.string(),
  kind: z.string(),
  covers: z.string(),
  face: z.string(),
  share: z.number(),
})
export type KindView = z.infer<typeof KindView>

export const AskView = z.object({
  id: z.string(),
  what: z.enum(['lock', 'redeem']),
  provider: z.string(),
  title: z.string(),
  number,
  amount: z.string(),
  total: z.string(),
  /** What can no more be used once they agree; null: nothing. */
  lapses: z.string().nullable(),
})
export type AskView = z.infer<typeof AskView>

/** `notice`: what the rules want said of themselves; of a sample, that it is one. */
const notice = z.string()

export const VoucherReply = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('no-programme') }),
  z.object({
    kind: z.literal('home'),
    notice,
    vouchers: z.array(z.object({ number, kind: z.string(), state: z.string() })),
    canApply: z.boolean(),
    /** A request that waits for an answer comes before all else. */
    ask: AskView.nullable(),
  }),
  z.object({ kind: z.literal('one'), notice, view: VoucherView, several: z.boolean() }),
  /** The number is none of theirs. */
  z.object({ kind: z.literal('not-theirs') }),
  z.object({ kind: z.literal('ask'), notice, ask: AskView }),
  z.object({
    kind: z.literal('decided'),
    yes: z.boolean(),
    ask: AskView,
    statements: z.unknown(),
  }),
  z.object({ kind: z.literal('pin'), pin: z.string(), minutes: z.number() }),
  z.object({ kind: z.literal('no-pin') }),
  z.object({ kind: z.literal('providers'), names: z.array(z.string()) }),
  z.object({
    kind: z.literal('history'),
    number,
    events: z.array(z.object({ day: z.string(), move: z.string() })),
  }),
  z.object({ kind: z.literal('kinds'), notice, kinds: z.array(KindView) }),
  z.object({ kind: z.literal('applied'), number, notice, statements: z.unknown() }),
  z.object({ kind: z.literal('moved'), number, move: HolderMove, statements: z.unknown() }),
  /** It cannot be done; `problem` says why, in their language. */
  z.object({ kind: z.literal('refused'), problem: z.string() }),
])
export type VoucherReply = z.infer<typeof VoucherReply>
