import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { createGuard } from '../../bots/wechat/signature.ts'
import {
  type Ack,
  Acks,
  type GatewayState,
  Heartbeat,
  type HeldRow,
  Inbound,
  OutboxPoll,
  type Part,
} from '../../bots/wechat/wire.ts'

export const GATEWAY_SECRET = 'a-gateway-secret-for-tests-32-chars'

export type FakeApp = Awaited<ReturnType<typeof startFakeApp>>

/** The app as the gateway sees it, with an outbox in memory; `away` makes it answer nothing but 503. */
export async function startFakeApp(port = 0) {
  const spent = new Set<string>()
  const guard = createGuard({
    secret: GATEWAY_SECRET,
    now: () => new Date().toISOString(),
    spend: async (nonce) => !spent.has(nonce) && spent.add(nonce) !== null,
  })
  const fake = {
    url: '',
    away: false,
    /** Answers no acks while true. */
    deaf: false,
    /** Every inbound delivery, also repeated ones. */
    delivered: [] as Inbound[],
    media: new Map<string, { bytes: Uint8Array; name: string; mime: string }>(),
    answer: (event: Inbound): Part[][] =>
      event.input.type === 'text' ? [[{ type: 'text', text: `答：${event.input.text}` }]] : [],
    /** What is due; a row is handed out once, until `settle`. */
    due: [] as HeldRow[],
    held: [] as string[],
    acks: [] as Ack[],
    states: [] as GatewayState[],
    /** Set to keep heartbeats without an answer. */
    beats: Promise.resolve(),
    /** What a status was answered with, other than 200. */
    statuses: [] as number[],
    respondWith: null as number | null,
    events: () => [...new Map(fake.delivered.map((event) => [event.id, event])).values()],
    close: async () => {
      server.close()
      if ('closeAllConnections' in server) server.closeAllConnections()
      await once(server, 'close')
    },
  }
  const open = async <Body>(
    request: Request,
    purpose: Parameters<typeof guard>[1],
    schema: { parse: (json: unknown) => Body },
  ): Promise<Body | Response> => {
    const opened = await guard(request, purpose, 64 * 1024)
    return opened instanceof Response
      ? opened
      : schema.parse(JSON.parse(new TextDecoder().decode(opened.body)))
  }

  const app = new Hono()
    .use(async (c, next) => {
      if (fake.away) return c.json({ error: 'away' }, 503)
      await next()
      if (c.res.status !== 200) fake.statuses.push(c.res.status)
    })
    .post('/webhooks/wechat', async (c) => {
      const event = await open(c.req.raw, 'inbound', Inbound)
      if (event instanceof Response) return event
      fake.delivered.push(event)
      if (fake.respondWith !== null) return c.json({}, fake.respondWith as 400)
      return c.json({ messages: fake.answer(event) })
    })
    .post('/webhooks/wechat/outbox', async (c) => {
      const poll = await open(c.req.raw, 'outbox', OutboxPoll)
      if (poll instanceof Response) return poll
      fake.held = poll.held
      for (let left = poll.wait * 1000; fake.due.length === 0 && left > 0; left -= 50) {
        if (c.req.raw.signal.aborted) break
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
      // Who hung up gets nothing; the real app gives back what it had claimed.
      return c.json({ rows: c.req.raw.signal.aborted ? [] : fake.due.splice(0) })
    })
    .post('/webhooks/wechat/outbox/acks', async (c) => {
      if (fake.deaf) return c.json({}, 503)
      const body = await open(c.req.raw, 'acks', Acks)
      if (body instanceof Response) return body
      fake.acks.push(...body.acks)
      return c.json({})
    })
    .post('/webhooks/wechat/state', async (c) => {
      const beat = await open(c.req.raw, 'state', Heartbeat)
      if (beat instanceof Response) return beat
      fake.states.push(beat.state)
      await fake.beats
      return c.json({})
    })
    .put('/webhooks/wechat/media/:id', async (c) => {
      const id = c.req.param('id')
      const opened = await guard(c.req.raw, `media ${id}`, 10 * 1024 * 1024)
      if (opened instanceof Response) return opened
      fake.media.set(id, {
        bytes: opened.body,
        name: decodeURIComponent(c.req.header('x-media-name') ?? ''),
        mime: c.req.header('content-type') ?? '',
      })
      return c.json({})
    })
  const server = serve({ fetch: app.fetch, port, hostname: '127.0.0.1' })
  if (!server.listening) await once(server, 'listening')
  fake.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return fake
}

/** A row that is due to a person. */
export function rowOf(id: string, to: string, parts: Part[] | string, attempt = 1): HeldRow {
  return {
    id,
    to,
    attempt,
    expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
    parts: typeof parts === 'string' ? [{ type: 'text', text: parts }] : parts,
  }
}
