import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createWebChannel } from '../../bots/web/channel.ts'
import { createApp } from '../../src/app.ts'
import { createWorld, type TestWorld } from '../helpers/app.ts'
import { seedEvent } from '../helpers/events.ts'
import { signInAs } from '../helpers/staff.ts'
import { createTalker } from '../helpers/talk.ts'

let world: TestWorld
let app: ReturnType<typeof createApp>
let names = 0
beforeEach(async () => {
  const web = createWebChannel({
    secret: 'a secret for tests only, 32 characters',
    newId: () => `c${++names}`,
    now: () => world.deps.now(),
    secureCookie: true,
    translate: (locale, key, params) => world.deps.translate(locale, key, params),
  })
  world = await createWorld([web])
  app = createApp(world.deps)
})
afterEach(() => world.close())

const EVIL = 'evil.test'

describe('a forged Host', () => {
  it('comes back in no answer, no link and no redirect', async () => {
    const { id } = await seedEvent(world.deps)
    const { cookie } = await signInAs(world.deps, 'admin')
    const headers = { host: EVIL, 'x-forwarded-host': EVIL, 'x-forwarded-proto': 'gopher', cookie }
    for (const path of [
      '/',
      `/events/${id}.ics`,
      '/console',
      '/console/sign-in',
      '/console/staff',
      '/nowhere',
    ]) {
      const response = await app.request(`https://${EVIL}${path}`, { headers })
      const said = `${[...response.headers.values()].join(' ')} ${await response.text()}`
      expect(said, path).not.toContain(EVIL)
    }
    const talker = createTalker(world, { channel: 'telegram', id: '7' })
    expect(await talker.say({ type: 'choice', value: '!link:make' })).not.toContain(EVIL)
  })
})

describe('cookies', () => {
  it('are for our pages alone, hidden from scripts, and go over TLS alone', async () => {
    const page = await app.request('/?lang=en')
    const chat = await app.request('/webhooks/web', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ id: 'm1', text: '菜单' }),
    })
    const console = await app.request('/console/sign-in?lang=en')
    const cookies = [page, chat, console].flatMap(({ headers }) => headers.getSetCookie())
    expect(cookies).toHaveLength(3)
    for (const cookie of cookies) {
      expect(cookie).toMatch(/; Path=\//)
      for (const flag of ['HttpOnly', 'Secure', 'SameSite=Lax'])
        expect(cookie).toContain(`; ${flag}`)
      expect(cookie).not.toContain('Domain=')
    }
  })
})

describe('what a browser is told', () => {
  it.each([
    '/',
    '/healthz',
    '/nowhere',
    '/console/sign-in',
    '/webhooks/web/history',
    '/webhooks/telegram',
  ])(
    'with %s: no framing, no guessing of types, only our own scripts, TLS from now on',
    async (path) => {
      const { headers } = await app.request(path)
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('x-frame-options')).toBe('DENY')
      expect(headers.get('strict-transport-security')).toContain('max-age=15552000')
      expect(headers.get('referrer-policy')).toBe('same-origin')
      expect(headers.get('cross-origin-opener-policy')).toBe('same-origin')
      expect(headers.get('x-powered-by')).toBeNull()
      const policy = headers.get('content-security-policy') ?? ''
      expect(policy).toContain("default-src 'none'")
      expect(policy).toContain("frame-ancestors 'none'")
      expect(policy).not.toContain('unsafe')
    },
  )
})

describe('a page that broke', () => {
  it('is answered and logged by its name alone, also in the console', async () => {
    const { cookie } = await signInAs(world.deps, 'admin')
    const { read } = world.db
    const said: string[] = []
    const { error } = console
    console.error = (...words) => void said.push(words.join(' '))
    world.db.read = async (...given) => {
      if (given[0].some(({ sql }) => sql.includes('campaigns')))
        throw new Error('王小明 13900001234')
      return read(...given)
    }
    const response = await app.request('/console/campaigns', { headers: { cookie } })
    console.error = error
    expect(response.status).toBe(503)
    expect(await response.text()).not.toContain('王小明')
    expect(said).toEqual([])
    expect(world.logged.join('\n')).toContain('request-failed')
    expect(world.logged.join('\n')).not.toMatch(/王小明|13900001234/)
  })
})

describe('a session of the office', () => {
  it('ends after a working day, whatever was done in it', async () => {
    const { id, cookie } = await signInAs(world.deps, 'admin')
    const at = (hours: number) =>
      new Date(Date.parse(world.deps.now()) - hours * 3_600_000).toISOString()
    const opens = async (begun: string) => {
      await world.db.write([
        { sql: 'UPDATE staff_sessions SET created_at = ? WHERE staff_id = ?', args: [begun, id] },
      ])
      return (await app.request('/console/account', { headers: { cookie } })).status
    }
    expect(await opens(at(11.9))).toBe(200)
    expect(await opens(at(12.1))).toBe(303)
  })
})

describe('a file to take away', () => {
  it('has a name of ours, whatever was asked for', async () => {
    const { cookie } = await signInAs(world.deps, 'city-reviewer')
    const response = await app.request('https://chat.test/console/ledger/export', {
      method: 'POST',
      headers: { host: 'chat.test', origin: 'https://chat.test', cookie },
      body: new URLSearchParams({ year: '2018', district: 'x"\r\n\u0000云', full: '', as: 'csv' }),
    })
    expect(response.status).toBe(200)
    expect(response.headers.get('content-disposition')).toBe(
      'attachment; filename="ledger-2018-x-.csv"',
    )
  })
})

it('a page of history with half a line more is a page', async () => {
  const talker = createTalker(world, { channel: 'web', id: 'c9' })
  await talker.say('菜单')
  const { sign } = await import('../../bots/secret.ts')
  const authorization = `Bearer ${await sign(world.deps.sessionSecret, 'c9')}`
  for (const limit of ['1.5', '-1', '1e999', 'NaN', '0x2', '99999999999999999999']) {
    const response = await app.request(`/webhooks/web/history?limit=${limit}`, {
      headers: { authorization },
    })
    expect([limit, response.status]).toEqual([limit, 200])
  }
})

it('a request’s name in the log is ours, whatever the request calls itself', async () => {
  await app.request('/nowhere', { headers: { 'x-request-id': '13900001234' } })
  expect(world.logged.join('\n')).toContain('"status":404')
  expect(world.logged.join('\n')).not.toContain('13900001234')
})
