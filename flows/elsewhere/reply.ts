import { z } from 'zod'
import type { Input } from '../engine/types.ts'

/** What goes along a link: the flow that was wanted, and what it was to be opened with. */
export const Carried = z.object({
  flow: z.string(),
  // Our own input of the turn in which the link was made, sealed since.
  input: z.custom<Input>((value) => typeof value === 'object' && value !== null),
})
export type Carried = z.infer<typeof Carried>

/** What the world answers to a `LinkQuery`. */
export const LinkReply = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('made'),
    url: z.string(),
    minutes: z.number(),
    tokenHash: z.string(),
    expiresAt: z.string(),
  }),
  z.object({
    kind: z.literal('taken'),
    tokenHash: z.string(),
    contactId: z.string(),
    carried: Carried,
  }),
  z.object({ kind: z.literal('gone') }),
])
export type LinkReply = z.infer<typeof LinkReply>
