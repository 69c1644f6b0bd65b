import * as z from 'zod'
import { Carried } from '../../engine/carried.ts'

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
  /** There is a case on the other side, which has to be proved first. */
  z.object({ kind: z.literal('prove') }),
  z.object({ kind: z.literal('gone') }),
])
export type LinkReply = z.infer<typeof LinkReply>
