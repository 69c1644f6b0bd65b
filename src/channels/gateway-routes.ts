import { Hono } from 'hono'
import type * as z from 'zod'
import { renderParts } from '../../bots/wechat/channel.ts'
import type { ReplayGuard, SignaturePurpose } from '../../bots/wechat/signature.ts'
import {
  type Ack,
  Acks,
  Heartbeat,
  type HeldRow,
  MAX_MEDIA_BYTES,
  OutboxPoll,
} from '../../bots/wechat/wire.ts'
import {
  keepHeld,
  loadGateway,
  loadOpenRows,
  type OpenRow,
  saveGateway,
} from '../../db/channels/gateway.ts'
import type { ClaimedRow } from '../../db/outbox/outbox.ts'
import { sendStatements } from '../../db/outbox/record.ts'
import type { Deps } from '../kernel/deps.ts'
import { claimForPull } from '../outbox/claim-rows.ts'
import { sweepLeases } from '../outbox/dispatch-outbox.ts'
import { recordResult } from '../outbox/record-result.ts'
import { isSentAgain } from '../outbox/verdict.ts'

const MAX_BODY_BYTES = 64 * 1024
/** A gateway that is silent for longer than this is thought dead. */
const LEASE_SECONDS = 120
/** How often an open poll looks for rows that became due. */
const LOOK_MILLISECONDS = 1500

/** A file that came in by the gateway, for whoever keeps files. */
export type OnMedia = (file: {
  id: string
  bytes: Uint8Array<ArrayBuffer>
  mime: string
  name: string
}) => Promise<void>

/**
 * What the WeChat gateway asks of the app besides `POST /webhooks/wechat`, all of it signed:
 * rows that are due, their results, its state, and files of people.
 */
export function createGatewayRoutes(deps: Deps, options: { guard: ReplayGuard; onMedia: OnMedia }) {
  const { guard } = options

  return new Hono()
    .post('/webhooks/wechat/outbox', async (c) => {
      const poll = await open(c.req.raw, 'outbox', OutboxPoll)
      if (poll instanceof Response) return poll
      if (!(await isHolder(deps, poll.gateway))) return anotherGateway()
      const rows = await waitForRows(deps, poll, c.req.raw.signal)
      return c.json({ rows: rows.map(renderRow) })
    })
    .post('/webhooks/wechat/outbox/acks', async (c) => {
      const body = await open(c.req.raw, 'acks', Acks)
      if (body instanceof Response) return body
      await recordAcks(deps, body.acks)
      return c.json({})
    })
    .post('/webhooks/wechat/state', async (c) => {
      const beat = await open(c.req.raw, 'state', Heartbeat)
      if (beat instanceof Response) return beat
      const isSaved = await saveGateway(deps.db, { ...beat, channel: 'wechat', at: deps.now() })
      return isSaved ? c.json({}) : anotherGateway()
    })
    .put('/webhooks/wechat/media/:id{[\\w-]+}', async (c) => {
      const id = c.req.param('id')
      const opened = await guard(c.req.raw, `media ${id}`, MAX_MEDIA_BYTES)
      if (opened instanceof Response) return opened
      const mime = c.req.header('content-type') ?? 'application/octet-stream'
      const name = decode(c.req.header('x-media-name') ?? '')
      await options.onMedia({ id, bytes: opened.body, mime, name })
      return c.json({})
    })

  async function open<Body>(
    request: Request,
    purpose: SignaturePurpose,
    schema: z.ZodType<Body>,
  ): Promise<Body | Response> {
    const opened = await guard(request, purpose, MAX_BODY_BYTES)
    if (opened instanceof Response) return opened
    const parsed = schema.safeParse(parseJson(opened.body))
    if (parsed.success) return parsed.data
    const message = 'This is nothing a gateway says: are gateway and app of the same version?'
    return Response.json({ error: 'not-understood', message }, { status: 400 })
  }
}

/** Resolves as soon as rows are due, at the latest after `wait` seconds; none where nobody listens. */
async function waitForRows(
  deps: Deps,
  { wait, held, most }: z.infer<typeof OutboxPoll>,
  signal: AbortSignal,
): Promise<ClaimedRow[]> {
  const { db } = deps
  const until = secondsAfter(deps.now(), LEASE_SECONDS)
  await keepHeld(db, { channel: 'wechat', held, until })
  await sweepLeases(deps)
  if (most === 0) return []
  for (let left = wait * 1000; ; left -= LOOK_MILLISECONDS) {
    if (signal.aborted) return []
    const rows = await claimForPull(deps, 'wechat', { limit: most, leaseSeconds: LEASE_SECONDS })
    if (rows.length > 0 || left <= 0) return rows
    await new Promise((resolve) => setTimeout(resolve, Math.min(left, LOOK_MILLISECONDS)))
  }
}

/** Reports on other claims than the last, or on what is settled, come too late and change nothing. */
async function recordAcks(deps: Deps, acks: readonly Ack[]): Promise<void> {
  const ids = acks.map(({ id }) => id)
  const rows = await loadOpenRows(deps.db, deps.vault, 'wechat', ids)
  for (const row of rows) {
    const ack = acks.find(({ id, attempt }) => id === row.id && attempt === row.attempts)
    if (ack !== undefined) await recordAck(deps, row, ack)
  }
}

async function recordAck(deps: Deps, row: OpenRow, { result }: Ack): Promise<void> {
  if (typeof result === 'object') return void (await recordResult(deps, row, result))
  const at = deps.now()
  const { id, attempts } = row
  if (result === 'expired') {
    await deps.db.write(sendStatements({ id, attempts, at, status: 'expired' }))
    return
  }
  // As where a dispatcher dies: what does no harm is said again, the rest is for staff.
  const status = isSentAgain(row) ? 'temporary-failure' : 'in-doubt'
  const error = 'the gateway stopped between sending and recording'
  const doubt = { doubted: true, nextAttemptAt: at, error }
  await deps.db.write(sendStatements({ id, attempts, at, status, ...doubt }))
}

async function isHolder(deps: Deps, gateway: string): Promise<boolean> {
  return (await loadGateway(deps.db, 'wechat'))?.gateway === gateway
}

function anotherGateway(): Response {
  const message = 'Another gateway holds this channel: stop it, or wait two minutes after it died.'
  return Response.json({ error: 'another-gateway', message }, { status: 409 })
}

function renderRow(row: ClaimedRow): HeldRow {
  if (row.body === null) throw new Error('a claimed row has words')
  return {
    id: row.id,
    to: row.to.id,
    attempt: row.attempts,
    expiresAt: row.expiresAt,
    parts: renderParts(row.body),
  }
}

function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body))
  } catch {
    return undefined
  }
}

function decode(name: string): string {
  try {
    return decodeURIComponent(name).slice(0, 300)
  } catch {
    return ''
  }
}

function secondsAfter(at: string, seconds: number): string {
  return new Date(Date.parse(at) + seconds * 1000).toISOString()
}
