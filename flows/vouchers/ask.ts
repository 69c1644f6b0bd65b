import * as z from 'zod'

/** What a holder may do with a request or a voucher of theirs. */
export const HolderMove = z.enum(['withdraw', 'give-back', 'resubmit'])
export type HolderMove = z.infer<typeof HolderMove>

/** What the voucher flow asks of the world; answered by src/vouchers/flow/voucher.ts with a `VoucherReply`. */
export type VoucherQuestion =
  | { kind: 'home' }
  | { kind: 'one'; number: string }
  /** A request of a provider. */
  | { kind: 'ask'; id: string }
  | { kind: 'pin'; number: string }
  | { kind: 'providers'; number: string }
  | { kind: 'history'; number: string }
  /** The kinds that can be asked for. */
  | { kind: 'kinds' }

/** What holders have done; src/vouchers/flow/voucher.ts plans it, upon the voucher as it is. */
export type VoucherIntent =
  | { kind: 'voucher.decide'; id: string; yes: boolean }
  | { kind: 'voucher.apply'; id: string }
  | { kind: 'voucher.move'; number: string; move: HolderMove }

/** A voucher in words; amounts are written out. */
export type VoucherView = {
  number: string
  kind: string
  state: string
  meaning: string
  todo: string
  face: string
  share: number
  perDeal: string
  left: string
  useBy: string
  /** Grouped as people read it; null: there is none to show. */
  code: string | null
  qr: string | null
  contract: { provider: string; total: string; reserved: string; redeemed: string } | null
  can: HolderMove[]
  /** Whether a provider may still be found, or a PIN be told. */
  usable: boolean
}

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
  number: z.string(),
  amount: z.string(),
  total: z.string(),
  /** What can no more be used once they agree; null: nothing. */
  lapses: z.string().nullable(),
})
export type AskView = z.infer<typeof AskView>

/** `notice`: what the rules want said of themselves; of a sample, that it is one. */
export type VoucherReply =
  | { kind: 'no-programme' }
  | {
      kind: 'home'
      notice: string
      vouchers: { number: string; kind: string; state: string }[]
      canApply: boolean
      /** A request that waits for an answer comes before all else. */
      ask: AskView | null
    }
  | { kind: 'one'; notice: string; view: VoucherView; several: boolean }
  /** The number is none of theirs. */
  | { kind: 'not-theirs' }
  | { kind: 'ask'; notice: string; ask: AskView }
  | { kind: 'decided'; yes: boolean; ask: AskView }
  | { kind: 'pin'; pin: string; minutes: number }
  | { kind: 'no-pin' }
  | { kind: 'providers'; names: string[] }
  | { kind: 'history'; number: string; events: { day: string; move: string }[] }
  | { kind: 'kinds'; notice: string; kinds: KindView[] }
  | { kind: 'applied'; number: string; notice: string }
  | { kind: 'moved'; number: string; move: HolderMove }
  /** It cannot be done; `problem` says why, in their language. */
  | { kind: 'refused'; problem: string }
