import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { createWechatChannel, renderParts } from '../../bots/wechat/channel.ts'
import { startGateway } from '../../bots/wechat/gateway.node.ts'
import {
  addressOf,
  isOfAnotherSession,
  isSessionBound,
  roomAddressOf,
} from '../../bots/wechat/identity.ts'
import { GENTLE, pauseBefore } from '../../bots/wechat/pace.ts'
import { createGuard, type SignaturePurpose, signedHeaders } from '../../bots/wechat/signature.ts'
import { createKeyedMutex } from '../../src/kernel/commit/keyed-mutex.ts'
import { describeChannel } from '../conformance/channel.ts'
import { GATEWAY_SECRET, rowOf, startFakeApp } from '../fakes/wechat-app.ts'
import { createWechatNetwork } from '../fakes/wechat-network.ts'

const NOW = '2018-06-01T02:00:00.000Z'
let nonces = 0
const freshNonce = () => `nonce-for-tests-${String(++nonces).padStart(6, '0')}`

async function sign(
  body: string | Uint8Array<ArrayBuffer>,
  options: { secret?: string; now?: string; nonce?: string; purpose?: SignaturePurpose } = {},
): Promise<Request> {
  const headers = await signedHeaders({
    secret: GATEWAY_SECRET,
    purpose: 'inbound',
    now: NOW,
    nonce: freshNonce(),
    body,
    ...options,
  })
  return new Request('http://bot.test/webhooks/wechat', { method: 'POST', headers, body })
}

function createTestGuard() {
  const spent = new Set<string>()
  return createGuard({
    secret: GATEWAY_SECRET,
    now: () => NOW,
    spend: async (nonce) => !spent.has(nonce) && spent.add(nonce) !== null,
  })
}

const eventOf = (id: string, text: string) =>
  JSON.stringify({ id: `wechat:${id}`, from: 'id:wxid_1', at: NOW, input: { type: 'text', text } })

describe('a signature', () => {
  const guard = createTestGuard()
  const open = async (request: Request, purpose: SignaturePurpose = 'inbound', maxBytes = 1000) => {
    const opened = await guard(request, purpose, maxBytes)
    return opened instanceof Response
      ? { status: opened.status, ...((await opened.json()) as { error: string }) }
      : { status: 200, body: new TextDecoder().decode(opened.body) }
  }

  it('opens what it was made for, once', async () => {
    const request = await sign('{"a":1}')
    const again = request.clone()
    expect(await open(request)).toEqual({ status: 200, body: '{"a":1}' })
    expect(await open(again)).toMatchObject({ status: 401, error: 'replayed' })
  })

  it('of two copies of one request that come at once, opens one', async () => {
    const request = await sign('{}')
    const statuses = await Promise.all([request.clone(), request].map((copy) => open(copy)))
    expect(statuses.map(({ status }) => status).sort()).toEqual([200, 401])
  })

  it.each<[string, Parameters<typeof sign>[1], string]>([
    ['with another secret', { secret: `${GATEWAY_SECRET}x` }, 'wrong-signature'],
    ['for another purpose', { purpose: 'acks' }, 'wrong-signature'],
    ['more than five minutes ago', { now: '2018-06-01T01:54:59.000Z' }, 'stale'],
    ['more than five minutes ahead', { now: '2018-06-01T02:05:01.000Z' }, 'stale'],
    ['with a short nonce', { nonce: 'a' }, 'unsigned'],
  ])('made %s opens nothing', async (_, options, error) => {
    expect(await open(await sign('{}', options))).toMatchObject({ status: 401, error })
  })

  it('four minutes old still opens', async () => {
    expect(await open(await sign('{}', { now: '2018-06-01T01:56:00.000Z' }))).toMatchObject({
      status: 200,
    })
  })

  it('covers every part of the request', async () => {
    const request = await sign('{"text":"好"}')
    const changed = (headers: Record<string, string>, body = '{"text":"好"}') =>
      new Request(request.url, {
        method: 'POST',
        headers: { ...Object.fromEntries(request.headers), ...headers },
        body,
      })
    for (const forged of [
      changed({}, '{"text":"坏"}'),
      changed({ 'x-gateway-timestamp': '1527818401' }),
      changed({ 'x-gateway-nonce': freshNonce() }),
      changed({ 'x-gateway-signature': '' }),
      changed({ 'x-gateway-timestamp': '' }),
    ]) {
      expect(await open(forged)).toMatchObject({ status: 401 })
    }
    // None of the forgeries used up the nonce.
    expect(await open(changed({}))).toMatchObject({ status: 200 })
  })

  it('covers bytes that are no text', async () => {
    const bytes = new Uint8Array([0, 255, 254, 128])
    const request = await sign(bytes, { purpose: 'media m1' })
    const opened = await guard(request, 'media m1', 1000)
    expect(opened).toEqual({ body: bytes })
  })

  it('does not help what is too large', async () => {
    expect(await open(await sign('x'.repeat(1001)))).toMatchObject({ status: 413 })
  })
})

describeChannel('wechat', async () => {
  const app = await startFakeApp()
  const folder = mkdtempSync(join(tmpdir(), 'weiqitong-wechat-'))
  const network = createWechatNetwork()
  const gateway = await startGateway({
    appUrl: app.url,
    secret: GATEWAY_SECRET,
    puppet: network.puppet,
    folder,
    dailyCap: 1000,
    pace: { least: 0, perCharacter: 0, most: 0 },
    marks: false,
    createQueue: createKeyedMutex,
    now: () => new Date().toISOString(),
    random: () => 0.5,
    onState: () => {},
  })
  network.person('wxid_1')
  network.login()
  const channel = createWechatChannel({ guard: createTestGuard() })
  let rows = 0
  return {
    channel: {
      ...channel,
      receive: async (request) => channel.receive(await signedCopy(request)),
    },
    deliver: (id, text) => unsigned(eventOf(id, text)),
    forged: () => [
      new Request('http://bot.test/webhooks/wechat', {
        method: 'POST',
        headers: { 'x-test': 'as it is' },
        body: eventOf('1', '钱多少'),
      }),
      new Request('http://bot.test/webhooks/wechat', {
        method: 'POST',
        headers: {
          'x-test': 'as it is',
          'x-gateway-timestamp': String(Date.parse(NOW) / 1000),
          'x-gateway-nonce': freshNonce(),
          'x-gateway-signature': 'f'.repeat(64),
        },
        body: eventOf('1', '钱多少'),
      }),
    ],
    malformed: unsigned,
    failures: {
      unavailable: () => network.puppet.troubles.push(new Error('私下的话 was not sent')),
    },
    seen: async (response) => JSON.stringify(await response.json()),
    secrets: [GATEWAY_SECRET],
    recipient: 'id:wxid_1',
    async send({ to, body }) {
      const id = `row${++rows}`
      app.due.push(rowOf(id, to.id, renderParts(body)))
      await vi.waitUntil(() => app.acks.some((ack) => ack.id === id), { timeout: 8000 })
      const result = app.acks.find((ack) => ack.id === id)?.result
      if (typeof result !== 'object') throw new Error(`no result but ${result}`)
      return result
    },
    async close() {
      await gateway.stop()
      await app.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }

  function unsigned(body: BodyInit): Request {
    return new Request('http://bot.test/webhooks/wechat', { method: 'POST', body })
  }

  /** The suite makes its requests at once; a signature takes a moment. */
  async function signedCopy(request: Request): Promise<Request> {
    if (request.headers.get('x-test') === 'as it is') return request
    return sign(new Uint8Array(await request.arrayBuffer()))
  }
})

describe('an event of the gateway', () => {
  const channel = createWechatChannel({ guard: createTestGuard() })
  const parsed = async (input: unknown, id = 'wechat:1') => {
    const body = JSON.stringify({ id, from: 'id:wxid_1', at: NOW, input })
    const received = await channel.receive(await sign(body))
    return received instanceof Response ? received.status : received.events[0]?.input
  }

  it.each([
    { type: 'text', text: '' },
    {
      type: 'media',
      kind: 'image',
      mediaId: 'abc-_1',
      name: '执照.jpg',
      size: 3,
      mime: 'image/jpeg',
    },
    { type: 'media', kind: 'voice', mediaId: 'abc' },
    { type: 'location', lat: 26.6, lon: 106.7 },
    { type: 'contact', phone: '13800000000', own: false },
    { type: 'command', name: 'start' },
    { type: 'unsupported', what: 'sticker' },
  ])('comes as it was read: $type', async (input) => {
    expect(await parsed(input)).toEqual(input)
  })

  it.each([
    { type: 'choice', value: 'yes~3' },
    { type: 'result', requestId: '1', value: {} },
    { type: 'membership', state: 'left' },
    { type: 'media', kind: 'image', mediaId: '../../etc/passwd' },
    { type: 'location', lat: 200, lon: 0 },
    { type: 'command', name: 'sudo' },
  ])('of no kind that a gateway knows is refused: $type', async (input) => {
    expect(await parsed(input)).toBe(400)
  })

  it('says where others read along', async () => {
    const shared = async (from: string) => {
      const body = JSON.stringify({
        id: 'wechat:1',
        from,
        at: NOW,
        input: { type: 'text', text: '' },
      })
      const received = await channel.receive(await sign(body))
      return received instanceof Response ? received.status : received.events[0]?.shared
    }
    expect(await shared('room:1@chatroom|id:wxid_1')).toBe(true)
    expect(await shared('id:wxid_1')).toBeUndefined()
  })

  it('of another channel is refused', async () => {
    expect(await parsed({ type: 'text', text: '好' }, 'telegram:1')).toBe(400)
  })

  it('is answered with numbered options, since there are no buttons', () => {
    const quickReplies = [{ value: 'yes', label: '好的' }]
    expect(renderParts({ text: '请选择', quickReplies, footer: '0 菜单' })).toEqual([
      { type: 'text', text: '请选择\n\n1. 好的\n\n0 菜单' },
    ])
    expect(renderParts({ text: '', quickReplies: [] })).toEqual([])
  })
})

describe('an address', () => {
  it.each([
    ['a stable id', { id: 'wxid_1', handle: 'wang' }, 'id:wxid_1'],
    ['our mark', { id: '@1', handle: 'wang', alias: '王姐 微企通·abcdefghi0' }, 'mark:abcdefghi0'],
    ['the WeChat number', { id: '@1', handle: 'wang', alias: '王姐' }, 'wx:wang'],
    ['nothing that lasts', { id: '@1', handle: '', alias: '' }, 'session:s1:@1'],
    ['a remark that is like ours', { id: '@1', alias: '微企通·abc' }, 'session:s1:@1'],
  ])('is made of %s', (_, traits, address) => {
    expect(addressOf(traits, 's1')).toBe(address)
  })

  it.each([
    ['id:wxid_1', false, false],
    ['mark:abcdefghi0', false, false],
    ['session:s1:@1', true, false],
    ['session:s2:@1', true, true],
    [roomAddressOf('1@chatroom', 'id:wxid_1', 's1'), false, false],
    [roomAddressOf('@@1', 'id:wxid_1', 's1'), true, false],
    [roomAddressOf('@@1', 'id:wxid_1', 's2'), true, true],
    [roomAddressOf('1@chatroom', 'session:s2:@1', 's2'), true, true],
  ])('%s: bound to its login %s, of another than s1 %s', (address, bound, foreign) => {
    expect(isSessionBound(address)).toBe(bound)
    expect(isOfAnotherSession(address, 's1')).toBe(foreign)
  })
})

it('the pace is uneven, longer for more words, and never too long', () => {
  expect(pauseBefore(0, GENTLE, 0)).toBe(900)
  expect(pauseBefore(0, GENTLE, 0.99)).toBeGreaterThan(pauseBefore(0, GENTLE, 0))
  expect(pauseBefore(100, GENTLE, 0.5)).toBeGreaterThan(pauseBefore(10, GENTLE, 0.5))
  expect(pauseBefore(100_000, GENTLE, 0.99)).toBeLessThan(7500)
})
