import { Hono } from 'hono'
import { secureHeaders } from 'hono/secure-headers'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createTelegramChannel } from '../../bots/telegram/channel.ts'
import { MAX_UPDATE_BYTES } from '../../bots/telegram/update.ts'
import { createApp } from '../../src/app.ts'
import { COMMON_HEADERS } from '../../src/http/common-headers.ts'
import { createWorld, type TestWorld } from '../helpers/app.ts'

/**
 * What a network sends goes straight to its channel where its length is announced (src/channels/straight.ts), and by the
 * router where it is not: limits, headers, figures, log and errors must be the same.
 */
const WAYS = [
  { way: 'straight', announced: true },
  { way: 'by the router', announced: false },
] as const

const SECRET = 'secret-of-the-webhook'
const STRANGER = '203.0.113.9'

let world: TestWorld
let app: ReturnType<typeof createApp>
let updates = 0

beforeEach(async () => {
  const channel = createTelegramChannel({
    secret: SECRET,
    call: async () => ({ ok: true, value: { message_id: 1 } }),
    now: () => world.deps.now(),
    background: () => {},
  })
  world = await createWorld([channel])
  app = createApp(world.deps)
})
afterEach(() => world.close())

type Sent = { secret?: string; from?: string; path?: string; length?: number }

function post(announced: boolean, body: string, sent: Sent = {}) {
  const { secret = SECRET, from = STRANGER, path = '/webhooks/telegram' } = sent
  const length = sent.length ?? new TextEncoder().encode(body).length
  return app.request(
    `https://chat.test${path}`,
    {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-telegram-bot-api-secret-token': secret,
        ...(announced ? { 'content-length': String(length) } : {}),
      },
      body,
    },
    { incoming: { socket: { remoteAddress: from } } },
  )
}

function said(person: number, text: string): string {
  return JSON.stringify({
    update_id: ++updates,
    message: {
      message_id: updates,
      date: 1_527_818_400,
      chat: { id: person, type: 'private' },
      from: { id: person, is_bot: false },
      text,
    },
  })
}

const linesOf = (event: string) => world.logged.filter((line) => line.includes(`"${event}"`))

async function metrics(): Promise<string> {
  const env = { incoming: { socket: { remoteAddress: '127.0.0.1' } } }
  return (await app.request('/metrics', {}, env)).text()
}

describe.each(WAYS)('an update that comes $way', ({ announced }) => {
  it('is answered in the response', async () => {
    const response = await post(announced, said(1, '/start'))
    expect(response.status).toBe(200)
    expect(await response.json()).toMatchObject({ method: 'sendMessage', chat_id: '1' })
  })

  it.each([
    ['a wrong secret', 403, said(1, '钱多少'), { secret: 'guessed' }],
    ['no JSON', 400, 'no json at all', {}],
    ['another channel', 404, '{}', { path: '/webhooks/nowhere' }],
  ] as const)('with %s is refused with %i, and the log says so', async (_, status, body, sent) => {
    const response = await post(announced, body, sent)
    expect(response.status).toBe(status)
    const [line = '', ...more] = linesOf('request-refused')
    expect(more).toEqual([])
    expect(JSON.parse(line)).toMatchObject({ level: 'warn', method: 'POST', status })
    expect(JSON.parse(line).request).toBe(response.headers.get('x-request-id'))
  })

  it('that is too large is refused with 413', async () => {
    const response = await post(announced, said(1, '长'.repeat(MAX_UPDATE_BYTES)))
    expect(response.status).toBe(413)
    expect(await response.json()).toMatchObject({ error: 'too-large' })
  })

  it('that breaks is answered with 503 and a time, and nothing of it is told', async () => {
    world.db.read = async () => {
      throw new Error('王小明 13900001234')
    }
    const response = await post(announced, said(1, '钱多少'))
    expect(response.status).toBe(503)
    expect(response.headers.get('retry-after')).toBe('2')
    expect(await response.json()).toEqual({
      error: 'unavailable',
      message: expect.stringContaining('Please send it again'),
      request: response.headers.get('x-request-id'),
    })
    expect(linesOf('request-failed')).toHaveLength(1)
    expect(world.logged.join('\n')).not.toMatch(/王小明|13900001234/)
    expect(JSON.parse(linesOf('request-failed')[0] ?? '').route).toBe('/webhooks/:channel')
  })

  it('is measured', async () => {
    await post(announced, said(1, '/start'))
    await post(announced, '{', { secret: 'guessed' })
    const figures = await metrics()
    expect(figures).toContain(
      'weiqitong_request_seconds_count{route="webhooks/telegram",status="2xx"} 1',
    )
    expect(figures).toContain(
      'weiqitong_request_seconds_count{route="webhooks/telegram",status="4xx"} 1',
    )
  })

  it('of somebody who sends far too much is put off', async () => {
    const statuses = new Set<number>()
    for (let turn = 0; turn < 120; turn++) {
      statuses.add((await post(announced, said(7, '菜单'))).status)
    }
    expect([...statuses]).toEqual([200])
    const response = await post(announced, said(7, '菜单'))
    expect(response.status).toBe(429)
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await post(announced, said(8, '菜单'))).status).toBe(200)
  })
})

it('the common headers are those of hono', async () => {
  const bare = new Hono().get('/', (c) => c.body(null))
  const known = new Hono()
    .use(secureHeaders({ referrerPolicy: 'same-origin', xFrameOptions: 'DENY' }))
    .route('/', bare)
  const expected = Object.fromEntries((await known.request('/')).headers)
  const ours = new Headers({ ...COMMON_HEADERS })
  expect(ours.get('content-security-policy')).toContain("default-src 'none'; script-src 'self'; ")
  ours.delete('content-security-policy')
  expect(Object.fromEntries(ours)).toEqual(expected)
})

describe('both ways', () => {
  it.each([
    ['an answer', said(1, '/start'), {}],
    ['what nobody said', '{"update_id":1}', {}],
    ['a refusal', '{', { secret: 'guessed' }],
  ] as const)('carry the same headers with %s', async (_, body, sent) => {
    const straight: Response = await post(true, body, sent)
    const routed: Response = await post(false, body, sent)
    const headersOf = ({ headers }: Response): object =>
      Object.fromEntries([...headers].filter(([name]) => name !== 'x-request-id'))
    expect(headersOf(straight)).toEqual(headersOf(routed))
    expect(straight.headers.get('content-security-policy')).toContain("default-src 'none'")
    const ids = [straight, routed].map(({ headers }) => headers.get('x-request-id'))
    expect(new Set(ids).size).toBe(2)
    for (const id of ids) expect(id).toMatch(/^[\da-f-]{36}$/)
  })

  it('carry the same headers where it broke', async () => {
    await post(true, said(1, '/start'))
    world.db.read = async () => {
      throw new Error('broken')
    }
    const names = async (announced: boolean) =>
      [...(await post(announced, said(1, '钱多少'))).headers.keys()].toSorted()
    expect(await names(true)).toEqual(await names(false))
  })

  it('count what an address was refused together, and look no more at it', async () => {
    for (let bad = 0; bad < 121; bad++) {
      expect((await post(bad % 2 === 0, '{', { secret: 'guessed' })).status).toBe(403)
    }
    for (const announced of [true, false]) {
      const response = await post(announced, said(1, '/start'))
      expect(response.status).toBe(429)
      expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0)
      expect((await post(announced, said(1, '/start'), { from: '203.0.113.10' })).status).toBe(200)
    }
    world.tick(61)
    expect((await post(true, said(1, '/start'))).status).toBe(200)
  })

  it('believe the length of what comes no more than its bytes', async () => {
    const large = said(1, '长'.repeat(MAX_UPDATE_BYTES))
    expect((await post(true, large, { length: 10 })).status).toBe(413)
  })
})
