import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createWechatChannel } from '../../bots/wechat/channel.ts'
import { type Gateway, startGateway } from '../../bots/wechat/gateway.node.ts'
import { createGuard, type SignaturePurpose, signedHeaders } from '../../bots/wechat/signature.ts'
import type { GatewayState } from '../../bots/wechat/wire.ts'
import { spendNonce } from '../../db/channels/gateway.ts'
import { openFile } from '../../db/core/client.node.ts'
import type { Database } from '../../db/core/database.ts'
import { sql as gatewayTables } from '../../db/migrations/0008-gateway.ts'
import { migrations } from '../../db/migrations/index.ts'
import { enqueue } from '../../db/outbox/outbox.ts'
import { createGatewayRoutes } from '../../src/channels/gateway-routes.ts'
import { createWebhookRoutes } from '../../src/channels/routes.ts'
import { handleEvent } from '../../src/conversation/handle-event.ts'
import { createKeyedMutex } from '../../src/kernel/commit/keyed-mutex.ts'
import { loadGatewayReport } from '../../src/kernel/gateway-report.ts'
import { dispatchOutbox } from '../../src/outbox/dispatch-outbox.ts'
import { GATEWAY_SECRET } from '../fakes/wechat-app.ts'
import { createWechatNetwork } from '../fakes/wechat-network.ts'
import { createWorld, type TestWorld } from '../helpers/app.ts'
import { createFakeChannel } from '../helpers/channels/fake-channel.ts'

const ALICE = { channel: 'wechat', id: 'id:wxid_alice' } as const
const HELLO = { type: 'text', text: '你好' } as const

let db: Database
let world: TestWorld
let app: Hono
let media: { id: string; bytes: Uint8Array; mime: string; name: string }[]
let nonces = 0

const fake = createFakeChannel()
const TAKES_EACH_ONCE = {
  ...fake,
  type: 'wechat-kf' as const,
  limits: { ...fake.limits, sendsOnce: true as const },
}

beforeEach(async () => {
  db = openFile(':memory:')
  const guard = createGuard({
    secret: GATEWAY_SECRET,
    now: () => world.deps.now(),
    spend: (nonce) => spendNonce(db, nonce, world.deps.now()),
  })
  const channel = createWechatChannel({ guard })
  world = await createWorld([channel, TAKES_EACH_ONCE], { db })
  if (!migrations.some(({ name }) => name === '0008-gateway')) {
    for (const sql of gatewayTables.split(';')) {
      if (sql.trim() !== '') await db.write([{ sql, args: [] }])
    }
  }
  media = []
  app = new Hono()
    .route(
      '/',
      createGatewayRoutes(world.deps, { guard, onMedia: async (file) => void media.push(file) }),
    )
    .route('/', createWebhookRoutes(world.deps))
  await handleEvent(world.deps, channel, {
    id: 'wechat:hello',
    from: ALICE,
    at: world.deps.now(),
    input: HELLO,
  })
})
afterEach(() => world.close())

const notice = async (id: string, origin: 'notice' | 'reply' = 'notice') => {
  const { deps } = world
  const expiresAt = new Date(Date.parse(deps.now()) + 3_600_000).toISOString()
  const body = { text: `通知 ${id}`, quickReplies: [] }
  await db.write([
    await enqueue(deps.vault, { id, to: ALICE, origin, body, at: deps.now(), expiresAt }),
  ])
}
const statuses = async () =>
  Object.fromEntries((await db.read([{ sql: 'SELECT id, status FROM outbox', args: [] }]))[0] ?? [])

/** Signs as the gateway does; the same `nonce` is the same request. */
async function call(
  method: string,
  path: string,
  purpose: SignaturePurpose,
  body: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = {},
) {
  const nonce = `nonce-for-tests-${String(++nonces).padStart(6, '0')}`
  const signed = await signedHeaders({
    secret: GATEWAY_SECRET,
    purpose,
    body,
    now: world.deps.now(),
    nonce,
  })
  return app.request(`/webhooks/wechat${path}`, {
    method,
    body,
    headers: { ...signed, ...headers },
  })
}
const STATE: GatewayState = {
  phase: 'logged-in',
  puppet: 'wechaty-puppet-mock',
  since: '2018-06-01T02:00:00.000Z',
  lastMessageAt: null,
  waiting: { inbound: 0, outbound: 0 },
  sentToday: 0,
  dailyCap: 200,
  problem: null,
}
const beat = (gateway: string, state = STATE) =>
  call('POST', '/state', 'state', JSON.stringify({ gateway, state }))
const poll = async (held: string[] = [], gateway = 'g1') => {
  const body = JSON.stringify({ gateway, wait: 0, most: 10, held })
  const response = await call('POST', '/outbox', 'outbox', body)
  if (response.status !== 200) throw new Error(`answered ${response.status}`)
  const { rows } = (await response.json()) as {
    rows: { id: string; attempt: number; to: string }[]
  }
  return rows
}
const ack = (id: string, attempt: number, result: unknown) =>
  call(
    'POST',
    '/outbox/acks',
    'acks',
    JSON.stringify({ gateway: 'g1', acks: [{ id, attempt, result }] }),
  )
const SENT = { ok: true, externalId: 'wechat' }

describe('rows that the gateway fetches', () => {
  beforeEach(() => beat('g1'))

  it('are left alone by the dispatcher', async () => {
    await notice('n1')
    expect(await dispatchOutbox(world.deps, async () => {})).toBe(0)
    expect(await statuses()).toEqual({ n1: 'created' })
  })

  it('go out once, in order, and are sent when it says so', async () => {
    await notice('n1')
    await notice('n2')
    expect(await poll()).toMatchObject([{ id: 'n1', to: ALICE.id, attempt: 1 }])
    expect(await poll(['n1'])).toEqual([])
    await ack('n1', 1, SENT)
    expect(await poll()).toMatchObject([{ id: 'n2' }])
    expect(await statuses()).toEqual({ n1: 'sent', n2: 'sending' })
  })

  it('are given back where the answer that held them was lost', async () => {
    await notice('n1')
    expect(await poll()).toHaveLength(1)
    expect(await poll()).toMatchObject([{ id: 'n1', attempt: 2 }])
  })

  it('stay with a gateway that takes its time, and go back when it is silent', async () => {
    await notice('n1', 'reply')
    await poll()
    for (let minute = 0; minute < 5; minute++) {
      world.tick(60)
      expect(await poll(['n1'])).toEqual([])
    }
    world.tick(121)
    await dispatchOutbox(world.deps, async () => {})
    expect(await statuses()).toEqual({ n1: 'temporary-failure' })
  })

  it('of a silent gateway are in doubt, until it comes back and tells', async () => {
    await notice('n1')
    await poll()
    world.tick(121)
    await dispatchOutbox(world.deps, async () => {})
    expect(await statuses()).toEqual({ n1: 'in-doubt' })
    await ack('n1', 1, SENT)
    expect(await statuses()).toEqual({ n1: 'sent' })
  })

  it('change by a report on their last claim only, and once', async () => {
    await notice('n1')
    await poll()
    await poll()
    await ack('n1', 1, { ok: false, failure: 'rejected', detail: 'late' })
    expect(await statuses()).toEqual({ n1: 'sending' })
    await ack('n1', 2, SENT)
    await ack('n1', 2, { ok: false, failure: 'rejected', detail: 'again' })
    expect(await statuses()).toEqual({ n1: 'sent' })
  })

  it.each([
    [{ ok: false, failure: 'unavailable', detail: 'x' }, 'notice', 'temporary-failure'],
    [{ ok: false, failure: 'window-closed', detail: 'x' }, 'notice', 'permanent-failure'],
    ['expired', 'notice', 'expired'],
    ['in-doubt', 'notice', 'in-doubt'],
    ['in-doubt', 'reply', 'temporary-failure'],
  ] as const)('that came to %j become, as a %s, %s', async (result, origin, status) => {
    await notice('n1', origin)
    await poll()
    expect((await ack('n1', 1, result)).status).toBe(200)
    expect(await statuses()).toEqual({ n1: status })
  })

  it('mend what a crash left on another network as that network would, which takes each row once', async () => {
    const { deps } = world
    const to = { channel: 'wechat-kf' as const, id: 'wmPerson1' }
    const at = deps.now()
    await handleEvent(deps, TAKES_EACH_ONCE, { id: 'kf:hello', from: to, at, input: HELLO })
    const expiresAt = new Date(Date.parse(at) + 3_600_000).toISOString()
    const body = { text: '答复', quickReplies: [] }
    await db.write([
      await enqueue(deps.vault, { id: 'k1', to, origin: 'reply', body, at, expiresAt }),
      {
        sql: `UPDATE outbox SET status = 'sending', leased_until = ? WHERE id = 'k1'`,
        args: [at],
      },
    ])
    world.tick(1)
    await poll()
    expect(await statuses()).toEqual({ k1: 'temporary-failure' })
    const [history] = await db.read([
      { sql: `SELECT what FROM outbox_history WHERE what = 'in-doubt'`, args: [] },
    ])
    expect(history).toEqual([])
  })

  it('come as soon as they are due to a poll that waits', async () => {
    const body = JSON.stringify({ gateway: 'g1', wait: 10, most: 10, held: [] })
    const waiting = call('POST', '/outbox', 'outbox', body)
    await notice('n1')
    const { rows } = (await (await waiting).json()) as { rows: unknown[] }
    expect(rows).toHaveLength(1)
  })
})

describe('the gateway', () => {
  it('is one: another is refused until the first is silent or stopped', async () => {
    expect((await beat('g1')).status).toBe(200)
    expect((await beat('g2')).status).toBe(409)
    await expect(poll([], 'g2')).rejects.toThrow('409')
    world.tick(121)
    expect((await beat('g2')).status).toBe(200)
    await expect(poll([], 'g1')).rejects.toThrow('409')
    await beat('g2', { ...STATE, phase: 'stopped' })
    expect((await beat('g1')).status).toBe(200)
  })

  it('is known by its last heartbeat', async () => {
    expect(await loadGatewayReport(world.deps)).toBeNull()
    await beat('g1', { ...STATE, phase: 'waiting-for-scan', qr: 'https://login.weixin.qq.com/l/a' })
    const heardAt = world.deps.now()
    const report = () => loadGatewayReport(world.deps)
    expect(await report()).toMatchObject({
      isHere: true,
      heardAt,
      state: { phase: 'waiting-for-scan', qr: 'https://login.weixin.qq.com/l/a' },
    })
    world.tick(91)
    expect(await report()).toMatchObject({ isHere: false, heardAt })
    await beat('g1', { ...STATE, phase: 'stopped' })
    expect(await report()).toMatchObject({ isHere: false })
  })

  it('hands over files', async () => {
    const bytes = new Uint8Array([0, 255, 1])
    const headers = { 'content-type': 'image/jpeg', 'x-media-name': encodeURIComponent('执照.jpg') }
    expect((await call('PUT', '/media/m-1', 'media m-1', bytes, headers)).status).toBe(200)
    expect(media).toEqual([{ id: 'm-1', bytes, mime: 'image/jpeg', name: '执照.jpg' }])
    expect((await call('PUT', '/media/m-2', 'media m-1', bytes)).status).toBe(401)
    const large = new Uint8Array(10 * 1024 * 1024 + 1)
    expect((await call('PUT', '/media/m-3', 'media m-3', large)).status).toBe(413)
    expect(media).toHaveLength(1)
  })

  it.each([
    ['POST', ''],
    ['POST', '/outbox'],
    ['POST', '/outbox/acks'],
    ['POST', '/state'],
    ['PUT', '/media/m-1'],
  ])('is asked for its signature at %s %s', async (method, path) => {
    const response = await app.request(`/webhooks/wechat${path}`, { method, body: '{}' })
    expect(response.status).toBe(401)
  })

  it.each(['/outbox', '/outbox/acks', '/state'])('is told what is wrong at %s', async (path) => {
    const purpose = path === '/state' ? 'state' : path === '/outbox' ? 'outbox' : 'acks'
    for (const body of ['', 'x', '[]', '{"gateway":1}']) {
      expect((await call('POST', path, purpose, body)).status).toBe(400)
    }
  })

  it('gets the stored reply for an event it delivers again, but not for a request', async () => {
    const event = {
      id: 'wechat:1',
      from: ALICE.id,
      at: world.deps.now(),
      input: { type: 'text', text: '钱多少' },
    }
    const body = JSON.stringify(event)
    const first = await (await call('POST', '', 'inbound', body)).text()
    expect(first).toContain('4.5')
    expect(await (await call('POST', '', 'inbound', body)).text()).toBe(first)
    const nonce = 'nonce-that-is-used-twice'
    const signed = await signedHeaders({
      secret: GATEWAY_SECRET,
      purpose: 'inbound',
      body,
      now: world.deps.now(),
      nonce,
    })
    const post = () => app.request('/webhooks/wechat', { method: 'POST', body, headers: signed })
    expect((await Promise.all([post(), post()])).map(({ status }) => status).sort()).toEqual([
      200, 401,
    ])
    const [rows] = await db.read([
      { sql: "SELECT count(*) FROM turns WHERE event_id LIKE 'wechat:%:1'", args: [] },
    ])
    expect(rows).toEqual([[1]])
  })
})

describe('the whole way', () => {
  let gateway: Gateway
  let server: ReturnType<typeof serve>
  const folder = () => join(root, 'spool')
  let root: string
  beforeEach(async () => {
    root = mkdtempSync(join(tmpdir(), 'weiqitong-way-'))
    server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' })
    await vi.waitUntil(() => server.address() !== null)
  })
  afterEach(async () => {
    await gateway.stop()
    server.close()
    rmSync(root, { recursive: true, force: true })
  })

  it('from a person through the gateway to the policy and back, and a notice to the person', async () => {
    const network = createWechatNetwork()
    const address = server.address()
    const port = typeof address === 'object' ? address?.port : 0
    gateway = await startGateway({
      appUrl: `http://127.0.0.1:${port}`,
      secret: GATEWAY_SECRET,
      puppet: network.puppet,
      folder: folder(),
      dailyCap: 200,
      pace: { least: 0, perCharacter: 0, most: 0 },
      marks: false,
      createQueue: createKeyedMutex,
      now: world.deps.now,
      random: () => 0.5,
      onState: () => {},
    })
    const alice = network.person('wxid_alice')
    network.login()
    await vi.waitUntil(() => gateway.state().phase === 'logged-in')
    alice.say('钱多少')
    await vi.waitUntil(() => alice.seen.length > 0, { timeout: 5000 })
    const [answer] = alice.seen
    expect(answer).toMatchObject({ text: expect.stringMatching(/4\.5[\s\S]*1\. /) })
    await notice('n1')
    await vi.waitUntil(async () => (await statuses()).n1 === 'sent', {
      timeout: 10_000,
      interval: 100,
    })
    expect(alice.seen.at(-1)).toEqual({ text: '通知 n1' })
    expect(world.logged.join('\n')).not.toMatch(/钱多少|通知 n1|wxid_alice/)
  })
})
