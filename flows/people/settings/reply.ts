import * as z from 'zod'
import { CHANNEL_TYPES } from '../../engine/types.ts'

/** The kinds of notices that a person may switch off alone. */
export const OwnKind = z.enum(['reminder', 'event', 'campaign'])
export type OwnKind = z.infer<typeof OwnKind>

const Place = z.enum(CHANNEL_TYPES)

/** What a person has set about notices; src/outbox/flow/notices.ts reads it. */
export const NoticeSettings = z.object({
  muted: z.array(OwnKind),
  stopped: z.boolean(),
  preferred: Place.nullable(),
  channels: z.array(Place),
})
export type NoticeSettings = z.infer<typeof NoticeSettings>

/** One change that a person makes. */
export const NoticeChange = z.union([
  z.object({ kind: OwnKind, on: z.boolean() }),
  z.object({ stopped: z.boolean() }),
  z.object({ preferred: Place.nullable() }),
])
export type NoticeChange = z.infer<typeof NoticeChange>

/** What the flow asks: how things stand with a change of this very turn, which is not stored yet. */
export type NoticesAsk = { change: NoticeChange | null }
