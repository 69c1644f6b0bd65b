import { afterEach, beforeEach, expect, it } from 'vitest'
import { createWebChannel } from '../../bots/web/channel.ts'
import { createApp } from '../../src/app.ts'
import { createWorld, type TestWorld } from '../helpers/app.ts'

let world: TestWorld
let app: ReturnType<typeof createApp>
let said = 0

beforeEach(async () => {
  const web = createWebChannel({
    secret: 'a secret for tests only, 32 characters',
    newId: () => `c${++said}`,
    now: () => world.deps.now(),
    secureCookie: false,
    translate: (locale, key, params) => world.deps.translate(locale, key, params),
  })
  world = await createWorld([web])
  app = createApp(world.deps)
})
afterEach(() => world.close())

/** A request as it comes from a socket of the Node server, by a proxy on the machine where `behind` is given. */
function from(remoteAddress: string, behind?: string) {
  const env = { incoming: { socket: { remoteAddress } } }
  const headers = behind === undefined ? {} : { 'x-forwarded-for': behind }
  return {
    get: (path: string) => app.request(path, { headers }, env),
    say: (token?: string, language = 'zh-CN') =>
      app.request(
        '/webhooks/web',
        {
          method: 'POST',
          headers: {
            ...headers,
            'content-type': 'application/json',
            'accept-language': language,
            ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          },
          body: JSON.stringify({ id: `m${++said}`, text: '菜单' }),
        },
        env,
      ),
    forge: () =>
      app.request('/webhooks/web', { method: 'POST', headers, body: 'no json at all' }, env),
  }
}

it('a conversation that floods is told to wait, and goes on after a minute; others do not notice', async () => {
  const village = from('203.0.113.7')
  const token = (await village.say()).headers.get('x-conversation') ?? ''
  const statuses = new Set<number>()
  for (let turn = 0; turn < 60; turn++) statuses.add((await village.say(token)).status)
  expect([...statuses]).toEqual([200])

  const refused = await village.say(token)
  expect(refused.status).toBe(429)
  expect(refused.headers.get('retry-after')).toBe('60')
  expect(await refused.json()).toEqual({
    error: 'too-many',
    message: expect.stringContaining('请过一会儿再发'),
  })
  expect(await (await village.say(token, 'en')).json()).toMatchObject({
    message: expect.stringContaining('in a moment'),
  })
  expect((await village.say()).status, 'a neighbour in the same hall').toBe(200)

  world.tick(61)
  expect((await village.say(token)).status).toBe(200)
})

it('a whole address has a limit of its own, and a /64 of IPv6 is one address', async () => {
  for (let page = 0; page < 600; page++) await from('2001:db8:1:2::1').get('/')
  expect((await from('2001:db8:1:2:ffff::9').get('/')).status).toBe(429)
  expect((await from('2001:db8:1:3::1').get('/')).status).toBe(200)
})

it('only a proxy on this machine is believed about who is behind it', async () => {
  for (let page = 0; page < 601; page++) await from('127.0.0.1', '198.51.100.4').get('/')
  expect((await from('127.0.0.1', '198.51.100.4').get('/')).status).toBe(429)
  expect((await from('127.0.0.1', '198.51.100.5').get('/')).status).toBe(200)
  expect((await from('127.0.0.1').get('/')).status, 'the machine itself').toBe(200)
  expect((await from('203.0.113.9', '198.51.100.4').get('/')).status, 'a lie').toBe(200)
})

it('what is refused time and again is not looked at any more', async () => {
  const stranger = from('203.0.113.66')
  for (let bad = 0; bad < 120; bad++) expect((await stranger.forge()).status).toBe(415)
  expect((await stranger.forge()).status).toBe(415)
  expect((await stranger.forge()).status).toBe(429)
  expect((await from('203.0.113.67').say()).status).toBe(200)
})

it('a flood from ever new addresses pushes out the oldest, and not the memory', async () => {
  const stranger = from('203.0.113.66')
  for (let bad = 0; bad < 121; bad++) await stranger.forge()
  expect((await stranger.forge()).status).toBe(429)
  for (let host = 0; host < 50_000; host++) {
    await from(`10.${host >> 16}.${(host >> 8) & 255}.${host & 255}`).get('/webhooks/nowhere')
  }
  expect((await stranger.forge()).status, 'forgotten').toBe(415)
})

it('a script that opens one conversation after another is told to wait; who is in one goes on', async () => {
  const hall = from('203.0.113.70')
  const token = (await hall.say()).headers.get('x-conversation') ?? ''
  for (let one = 1; one < 500; one++) await hall.say()
  expect((await hall.say()).status).toBe(429)
  expect((await hall.say(token)).status).toBe(200)
  expect((await from('203.0.113.71').say()).status).toBe(200)
  world.tick(3601)
  expect((await hall.say()).status).toBe(200)
}, 60_000)

it('the application itself holds so many uploads at once', async () => {
  const upload = (network: number) =>
    app.request(
      '/webhooks/web/files',
      { method: 'POST', body: 'x', headers: { 'content-length': '10' } },
      { incoming: { socket: { remoteAddress: `203.0.113.${80 + network}` } } },
    )
  // One network has a share only, so that they come from ten.
  const answers = await Promise.all(Array.from({ length: 40 }, (_, at) => upload(at % 10)))
  const statuses = answers.map(({ status }) => status)
  expect(statuses.filter((status) => status === 503)).toHaveLength(40 - 16)
})
