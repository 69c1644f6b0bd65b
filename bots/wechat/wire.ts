import * as z from 'zod'
import type { SendResult } from '../../flows/engine/channel.ts'
import { COMMANDS, type Input } from '../../flows/engine/types.ts'

/** A file that comes in or goes out is at most this large, in bytes. */
export const MAX_MEDIA_BYTES = 10 * 1024 * 1024

/** The largest event, in bytes: 16,000 characters, each of which may be written as `\uXXXX`, and its head. */
export const MAX_INBOUND_BYTES = 128 * 1024

const name = z.string().min(1).max(300)
const count = z.int().min(0)
const at = z.iso.datetime()

const InputShape = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), text: z.string().max(16_000) }),
  z.object({
    type: z.literal('media'),
    kind: z.enum(['image', 'document', 'voice']),
    mediaId: z.string().regex(/^[\w-]{1,100}$/),
    name: name.exactOptional(),
    size: count.exactOptional(),
    mime: name.exactOptional(),
  }),
  z.object({ type: z.literal('contact'), phone: name, own: z.boolean() }),
  z.object({
    type: z.literal('location'),
    lat: z.number().min(-90).max(90),
    lon: z.number().min(-180).max(180),
  }),
  z.object({ type: z.literal('command'), name: z.enum(COMMANDS), payload: name.exactOptional() }),
  z.object({ type: z.literal('unsupported'), what: z.enum(['video', 'sticker', 'edit', 'other']) }),
]) satisfies z.ZodType<Input>

/** What a person did: the body of `POST /webhooks/wechat`. `id` is the dedupe key. */
export const Inbound = z.object({
  id: name.startsWith('wechat:'),
  from: name,
  at,
  input: InputShape,
})
export type Inbound = z.infer<typeof Inbound>

/** One thing to say or show: words, a file from an address or in the message itself, a QR code. */
const Part = z.union([
  z.object({ type: z.literal('text'), text: z.string().min(1) }),
  z.object({ type: z.literal('file'), name, url: z.url({ protocol: /^https?$/ }) }),
  z.object({ type: z.literal('file'), name, base64: z.base64() }),
  z.object({ type: z.literal('qr'), text: name }),
])
export type Part = z.infer<typeof Part>

/** The answer to an inbound event: one list of parts for each message. */
export const InboundAnswer = z.object({ messages: z.array(z.array(Part)) })

/** An outbox row as the gateway holds it. `attempt` tells one claim of a row from the next. */
export const HeldRow = z.object({
  id: name,
  to: name,
  attempt: count,
  expiresAt: at,
  parts: z.array(Part),
})
export type HeldRow = z.infer<typeof HeldRow>

/**
 * The body of `POST /webhooks/wechat/outbox`: waits up to `wait` seconds for `most` rows that are due. `held`
 * are the rows that the gateway has on its disk: their lease is renewed, all others are given back.
 */
export const OutboxPoll = z.object({
  gateway: name,
  wait: z.number().min(0).max(25),
  most: z.int().min(0).max(100),
  held: z.array(name).max(500),
})
export const OutboxAnswer = z.object({ rows: z.array(HeldRow) })

const Result = z.union([
  z.object({ ok: z.literal(true), externalId: z.string() }),
  z.object({
    ok: z.literal(false),
    failure: z.enum([
      'throttled',
      'unavailable',
      'blocked',
      'window-closed',
      'rejected',
      'misconfigured',
    ]),
    retryAfter: z.number().exactOptional(),
    detail: z.string().max(500),
  }),
]) satisfies z.ZodType<SendResult>

/** What a held row came to; `in-doubt`: the gateway was stopped in the middle of sending it. */
const Ack = z.object({
  id: name,
  attempt: count,
  result: z.union([Result, z.enum(['in-doubt', 'expired'])]),
})
export type Ack = z.infer<typeof Ack>
/** The body of `POST /webhooks/wechat/outbox/acks`. */
export const Acks = z.object({ gateway: name, acks: z.array(Ack).min(1).max(500) })

/** How the gateway is, as staff may see it. `qr` is what to scan; whoever scans it lends us an account. */
export const GatewayState = z.object({
  phase: z.enum(['starting', 'waiting-for-scan', 'logged-in', 'logged-out', 'stopped']),
  puppet: name,
  qr: z.string().max(2000).exactOptional(),
  since: at,
  lastMessageAt: at.nullable(),
  /** Events that the app has not taken yet, and messages that are not sent or not reported. */
  waiting: z.object({ inbound: count, outbound: count }),
  sentToday: count,
  dailyCap: count,
  /** For staff: what is wrong, without a person's words. */
  problem: z.string().max(300).nullable(),
})
export type GatewayState = z.infer<typeof GatewayState>
/** The body of `POST /webhooks/wechat/state`. */
export const Heartbeat = z.object({ gateway: name, state: GatewayState })

/** Makes what runs tasks of one key one after the other, in the order in which they were given. */
export type CreateQueue = () => <Result>(
  key: string,
  task: () => Promise<Result>,
) => Promise<Result>
