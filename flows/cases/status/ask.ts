import * as z from 'zod'
import { CaseSummary } from '../../programme/lifecycle/case-view.ts'

/** What the status flow asks of the world; answered by src/cases/flow/case.ts with a `StatusReply`. */
export const StatusAsk = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('cases'),
    /** One of them, as it was picked or typed; null: whatever there is. */
    number: z.string().nullable(),
    /** Whether this channel may be told more than number and stage. */
    personal: z.boolean(),
  }),
  z.object({ kind: z.literal('withdraw'), number: z.string() }),
])
export type StatusAsk = z.infer<typeof StatusAsk>

export const StatusReply = z.discriminatedUnion('kind', [
  /** Nothing was handed in from this conversation. */
  z.object({ kind: z.literal('none') }),
  z.object({
    kind: z.literal('list'),
    cases: z.array(z.object({ number: z.string(), stage: z.string() })),
  }),
  z.object({ kind: z.literal('shown'), view: CaseSummary, several: z.boolean() }),
  /** The number that was typed is none of theirs. */
  z.object({ kind: z.literal('not-theirs') }),
  /** `move`: the record that stores it. */
  z.object({ kind: z.literal('withdrawn'), number: z.string(), move: z.unknown() }),
  /** It cannot be withdrawn at the stage where it is now. */
  z.object({ kind: z.literal('not-now') }),
])
export type StatusReply = z.infer<typeof StatusReply>
