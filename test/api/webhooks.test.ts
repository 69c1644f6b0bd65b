import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Webhook } from 'standardwebhooks'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DOOR_JOBS } from '../../src/api/door-jobs.ts'
import { mayCall } from '../../src/api/webhooks/addresses.ts'
import { addWebhook, renewSecret } from '../../src/api/webhooks/change.ts'
import { deliverWebhooks } from '../../src/api/webhooks/deliver.ts'
import { createNodePost } from '../../src/api/webhooks/post.node.ts'
import { createWebPost } from '../../src/api/webhooks/post-web.ts'
import { createApp } from '../../src/app.ts'
import { doRound } from '../../src/jobs.ts'
import type { PostOut } from '../../src/kernel/deps.ts'
import { proxiesOf } from '../../src/kernel/ip-address.ts'
import { createWorld, type TestWorld } from '../helpers/app.ts'
import { statements } from '../helpers/cases.ts'
import { handIn } from '../helpers/desk.ts'
import { type SignedIn, signInAs } from '../helpers/staff.ts'

type Told = { url: string; headers: Record<string, string>; body: string }

let world: TestWorld
let admin: SignedIn
let told: Told[]
/** What the other side answers; null: nobody is there. */
let answers: (one: Told) => number | null
beforeEach(async () => {
  // The verifier of others looks at the real clock.
  world = await createWorld([], { start: new Date().toISOString() })
  told = []
  answers = () => 204
  world.deps.postOut = async (url, { headers, body }) => {
    const one = { url, headers: { ...headers }, body }
    told.push(one)
    const status = answers(one)
    return status === null ? { ok: false, error: 'unreachable' } : { ok: true, status }
  }
  admin = await signInAs(world.deps, 'admin')
})
afterEach(() => world.close())

const URL = 'https://cases.example.gov.cn/hook'
const hook = (district: string | null = null) =>
  addWebhook(world.deps, admin.id, {
    url: URL,
    events: ['application.moved', 'voucher.moved', 'proposal.decided'],
    district,
  })
const drain = async () => {
  while (await deliverWebhooks(world.deps));
}
const move = async (serial: number, name: string) =>
  world.db.write(
    await statements(world.db, `case-${serial}`, name, { role: 'district-reviewer', name: '王芳' }),
  )
const column = async (sql: string) => {
  const [rows = []] = await world.db.read([{ sql, args: [] }])
  return rows.map(([first]) => first)
}
const verify = (secret: string, { body, headers }: Told) =>
  new Webhook(secret).verify(body, headers)

describe('what is told', () => {
  it('is signed so that another’s library verifies it, and names nobody', async () => {
    const secret = await hook()
    const { number } = await handIn(world, 1)
    await move(1, 'accept')
    await drain()
    expect(told.map(({ url }) => url)).toEqual([URL, URL])
    const [, second] = told
    if (second === undefined) throw new Error('nothing was told')
    expect(verify(secret, second)).toMatchObject({
      type: 'application.moved',
      data: {
        number,
        district: 'yunyan',
        move: 'accept',
        from: 'submitted',
        to: 'accepted',
        version: 2,
      },
    })
    expect(JSON.stringify(told)).not.toMatch(/王小明|王芳|139\d{8}/)
    const id = second.headers['webhook-id'] ?? ''
    expect(() =>
      verify(secret, { ...second, body: second.body.replace('accept', 'reject') }),
    ).toThrow()
    expect(() =>
      verify(secret, { ...second, headers: { ...second.headers, 'webhook-id': `${id}x` } }),
    ).toThrow()
    const old = String(Number(second.headers['webhook-timestamp']) - 600)
    expect(() =>
      verify(secret, { ...second, headers: { ...second.headers, 'webhook-timestamp': old } }),
    ).toThrow(/old/)
    expect(() => verify(`whsec_${btoa('x'.repeat(32))}`, second)).toThrow()
  })

  it('is of its district alone', async () => {
    await hook('nanming')
    await handIn(world, 1)
    await drain()
    expect(told).toEqual([])
  })

  it('is signed with both secrets for a day after a change, and then with the new one alone', async () => {
    const old = await hook()
    const [id] = await column('SELECT id FROM webhooks')
    const fresh = await renewSecret(world.deps, admin.id, { id: String(id) })
    await handIn(world, 1)
    await drain()
    const [both] = told
    if (both === undefined) throw new Error('nothing was told')
    expect(both.headers['webhook-signature']?.split(' ')).toHaveLength(2)
    verify(old, both)
    verify(fresh, both)
    world.tick(24 * 3600 + 1)
    await move(1, 'accept')
    await drain()
    const later = told.at(-1)
    if (later === undefined) throw new Error('nothing was told')
    expect(later.headers['webhook-signature']?.split(' ')).toHaveLength(1)
    // Its time is tomorrow's by the library's clock: it is verified as of now, under each secret alone.
    const now = new Date(Number(later.headers['webhook-timestamp']) * 1000)
    const sign = (secret: string) =>
      new Webhook(secret).sign(later.headers['webhook-id'] ?? '', now, later.body)
    expect(later.headers['webhook-signature']).toBe(sign(fresh))
    expect(later.headers['webhook-signature']).not.toBe(sign(old))
  })

  it('waits behind what is earlier of the same case, and others go on', async () => {
    await hook()
    const { number } = await handIn(world, 1)
    answers = ({ body }) => (body.includes('"submit"') && body.includes(number) ? 500 : 204)
    await drain()
    const other = await handIn(world, 2)
    await move(1, 'accept')
    await drain()
    expect(told.filter(({ body }) => body.includes('"accept"'))).toEqual([])
    expect(told.some(({ body }) => body.includes(other.number))).toBe(true)
    answers = () => 204
    world.tick(10)
    await drain()
    const moves = told
      .filter(({ body }) => body.includes(number))
      .map(({ body }) => JSON.parse(body).data.move)
    expect(moves).toEqual(['submit', 'submit', 'accept'])
  })

  it('is sent again under its id where nobody knows whether it arrived', async () => {
    await hook()
    await handIn(world, 1)
    const { postOut } = world.deps
    world.deps.postOut = async (url, message) => {
      await postOut?.(url, message)
      throw new Error('the process died')
    }
    await deliverWebhooks(world.deps).catch(() => {})
    if (postOut !== undefined) world.deps.postOut = postOut
    await drain()
    expect(told).toHaveLength(1)
    world.tick(61)
    await drain()
    expect(new Set(told.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
    expect([told.length, ...(await column('SELECT status FROM webhook_deliveries'))]).toEqual([
      2,
      'sent',
    ])
  })

  it('is tried for a day, less and less often, then dead, and sent again by staff', async () => {
    await hook()
    await handIn(world, 1)
    answers = () => null
    for (let minutes = 0; minutes < 27 * 60; minutes += 5) {
      await drain()
      world.tick(300)
    }
    expect(await column('SELECT status FROM webhook_deliveries')).toEqual(['dead'])
    expect(told.length).toBeGreaterThan(15)
    expect(told.length).toBeLessThan(70)
    const [id] = await column('SELECT id FROM webhooks')
    const ask = (path: string, form?: Record<string, string>) =>
      createApp(world.deps).request(`https://chat.test/console/webhooks/${id}${path}`, {
        method: form === undefined ? 'GET' : 'POST',
        headers: { host: 'chat.test', origin: 'https://chat.test', cookie: admin.cookie },
        ...(form === undefined ? {} : { body: new URLSearchParams(form) }),
      })
    // The sign-in looks at the real clock.
    world.tick(-27 * 3600)
    expect(await (await ask('')).text()).toContain('没送到')
    expect((await ask('/again', { seq: '1' })).status).toBe(303)
    expect((await ask('/again', { seq: '1' })).status).toBe(409)
    answers = () => 204
    await drain()
    expect(await column('SELECT status FROM webhook_deliveries')).toEqual(['sent'])
    expect((await ask('/test', {})).status).toBe(303)
    await drain()
    expect(JSON.parse(told.at(-1)?.body ?? '{}').type).toBe('test')
    expect((await ask('/secret', {})).status).toBe(200)
    expect((await ask('/end', {})).status).toBe(303)
    const before = told.length
    await move(1, 'accept')
    await drain()
    expect(told.length).toBe(before)
  })

  it('goes in the batch of its cause, by the job that every process does', async () => {
    await hook()
    await handIn(world, 1)
    await doRound(world.deps, { retentionDays: 730, more: DOOR_JOBS })
    await Promise.all(world.background)
    expect(told).toHaveLength(1)
  })
})

describe('from Node', () => {
  let server: Server
  let port: number
  let hits: string[]
  beforeEach(async () => {
    hits = []
    server = createServer((request, response) => {
      hits.push(`${request.method} ${request.url}`)
      if (request.url === '/moved') response.writeHead(302, { location: '/elsewhere' }).end()
      else if (request.url === '/large') response.end('x'.repeat(100_000))
      else response.writeHead(204).end()
    })
    await new Promise<void>((done) => {
      server.listen(0, '127.0.0.1', done)
    })
    port = (server.address() as AddressInfo).port
  })
  afterEach(() => new Promise((done) => server.close(done)))

  const message = { headers: { 'content-type': 'application/json' }, body: '{}' }
  const post = (path: string, own: string): ReturnType<PostOut> =>
    createNodePost(proxiesOf(own) ?? [])(`http://127.0.0.1:${port}${path}`, message)

  it('nobody is told at home, by whatever name, unless settings say so', async () => {
    const strict = createNodePost([])
    for (const host of [
      '127.0.0.1',
      'localhost',
      '[::1]',
      '[::ffff:127.0.0.1]',
      '2130706433',
      '0x7f.1',
      '0',
    ]) {
      for (const scheme of ['http', 'https']) {
        expect([host, await strict(`${scheme}://${host}:${port}/`, message)]).toEqual([
          host,
          { ok: false, error: 'address-refused' },
        ])
      }
    }
    expect(hits).toEqual([])
    expect(await post('/', 'loopback')).toEqual({ ok: true, status: 204 })
  })

  it('no redirect is followed and no answer read without end', async () => {
    expect(await post('/moved', 'loopback')).toEqual({ ok: true, status: 302 })
    expect(await post('/large', 'loopback')).toEqual({ ok: false, error: 'answer-too-large' })
    expect(hits).toEqual(['POST /moved', 'POST /large'])
  })

  it.each([
    '10.1.2.3',
    '100.64.0.1',
    '127.0.0.1',
    '169.254.169.254',
    '172.31.0.1',
    '192.168.1.1',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:10.0.0.1',
    '::ffff:169.254.169.254',
    '64:ff9b::a00:1',
    '2002:a00:1::',
    'fc00::1',
    'fd00:ec2::254',
    'fe80::1%eth0',
    'ff02::1',
    'nonsense',
  ])('%s is no address of the internet', (address) => {
    expect(mayCall(address, [])).toBe(false)
  })

  it.each(['1.1.1.1', '114.114.114.114', '2400:3200::1', '::ffff:1.1.1.1'])(
    '%s is one',
    (address) => {
      expect(mayCall(address, [])).toBe(true)
    },
  )
})

it('from a Worker only the hosts of the settings are told, by https', async () => {
  const post = createWebPost(['cases.example.gov.cn'])
  for (const url of [
    'https://evil.test/',
    'http://cases.example.gov.cn/',
    'https://cases.example.gov.cn.evil.test/',
    'https://cases.example.gov.cn:8443/',
  ]) {
    expect(await post(url, { headers: {}, body: '{}' })).toEqual({
      ok: false,
      error: 'address-refused',
    })
  }
})
