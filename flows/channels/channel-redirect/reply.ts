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
  /** What comes along, and whether a form of the same kind is half-filled here. */
  z.object({ kind: z.literal('carries'), flow: z.string(), clash: z.boolean() }),
  z.object({ kind: z.literal('taken'), tokenHash: z.string(), carried: Carried }),
  /** The link is one that joins two chats. */
  z.object({ kind: z.literal('joins') }),
  z.object({ kind: z.literal('settled') }),
  z.object({ kind: z.literal('gone') }),
])
export type LinkReply = z.infer<typeof LinkReply>
