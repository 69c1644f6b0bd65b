import * as z from 'zod'
import { TipOffTalk } from '../programme/tip-off.ts'

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
export const Key = z.object({ number: z.string(), word: z.string() })
export type Key = z.infer<typeof Key>

/** What the flow of tip-offs asks of the world. */
export const TipOffAsk = z.discriminatedUnion('kind', [
  /** A one-time way to the web, from a network that others carry. */
  z.object({ kind: z.literal('way') }),
  z.object({ kind: z.literal('arrive'), token: z.string() }),
  z.object({ kind: z.literal('file'), attachmentId: z.string() }),
  z.object({ kind: z.literal('mint') }),
  z.object({ kind: z.literal('hand-in'), key: Key, written: Written }),
  z.object({ kind: z.literal('open'), key: Key }),
  z.object({ kind: z.literal('look'), id: z.string() }),
  z.object({ kind: z.literal('write'), id: z.string(), text: z.string() }),
])
export type TipOffAsk = z.infer<typeof TipOffAsk>

/** `deed` is the world's own and goes into the turn's batch as it is (db/tipoffs/tip-offs.ts). */
export const TipOffReply = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('way'), url: z.string(), deed: z.unknown() }),
  z.object({ kind: z.literal('arrived'), deed: z.unknown() }),
  /** The link was used, or is too old. */
  z.object({ kind: z.literal('gone') }),
  z.object({ kind: z.literal('kept'), file: z.string(), deed: z.unknown() }),
  z.object({ kind: z.literal('not-kept') }),
  z.object({ kind: z.literal('minted'), key: Key }),
  z.object({ kind: z.literal('handed-in'), deed: z.unknown() }),
  /** `until`: for so long no word is asked for again. */
  z.object({
    kind: z.literal('opened'),
    id: z.string(),
    talk: TipOffTalk,
    until: z.string(),
    deed: z.unknown(),
  }),
  /** Number and word do not fit each other, or it is locked: no difference is made. `deed`: where a try is counted. */
  z.object({ kind: z.literal('no-fit'), deed: z.unknown().optional() }),
  z.object({ kind: z.literal('written'), talk: TipOffTalk, deed: z.unknown() }),
])
export type TipOffReply = z.infer<typeof TipOffReply>
