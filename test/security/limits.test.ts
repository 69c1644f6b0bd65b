import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { announce } from '../../bots/web/conversation.ts'
import { createApp } from '../../src/app.ts'
import { createWorld, type TestWorld } from '../helpers/app.ts'
import { createFakeChannel, eventOf } from '../helpers/channels/fake-channel.ts'
import { fileOf } from '../helpers/files.ts'

/** More than any limit of src/http/limit-rates.ts. */
const MOST = 3100

let world: TestWorld
let app: ReturnType<typeof createApp>
beforeAll(async () => {
  const network = createFakeChannel()
  let said = 0
  const open = {
    ...network,
    receive: async (request: Request) => ({
      events: [eventOf(request.headers.get('x-person') ?? '', `e${++said}`, '菜单')],
      respond: () => new Response('ok'),
    }),
  }
  const closed = {
    ...network,
    type: 'wechat-mp' as const,
    receive: async () => new Response(null, { status: 403 }),
  }
  const web = { ...network, type: 'web' as const, receive: async () => new Response('heard') }
  world = await createWorld([open, closed, web])
  world.deps.gateway = async () => new Response(null, { status: 401 })
  app = createApp(world.deps, async (c) => c.text('an asset'))
})
afterAll(() => world.close())

/** How many requests of one stranger pass before they are told to wait; null: all of them. */
async function passed(method: string, path: string, address: string): Promise<number | null> {
  const env = { incoming: { socket: { remoteAddress: address } } }
  for (let count = 0; count < MOST; count++) {
    const response = await app.request(path, { method, headers: { host: 'chat.test' } }, env)
    await response.body?.cancel()
    if (response.status !== 429) continue
    expect(Number(response.headers.get('retry-after')), path).toBeGreaterThan(0)
    return count
  }
  return null
}

/** A path that a route answers, as a stranger would ask it. */
function exampleOf(route: string): string {
  return route
    .replace(/(?<=pictures\/):file\{.*\}/, 'x.png')
    .replace(/:file\{.*?\}/, 'x.ics')
    .replace(/:district\{.*?\}/, 'yunyan')
    .replace(/:channel/, 'wechat-mp')
    .replaceAll(/:\w+(\{.*?\})?/g, 'x')
    .replace('/*', '/chat.js')
}

describe('every public way in', () => {
  it('tells one address that floods it to wait', async () => {
    const routes = app.routes
      .filter(({ method }) => method !== 'ALL')
      .filter(({ path }) => !path.endsWith('/*') || path === '/assets/*')
      .map(({ method, path }) => `${method} ${path}`)
    const console = ['GET /console', 'GET /console/sign-in', 'POST /console/sign-in']
    const all = [...new Set([...routes, ...console])]
    expect(all.length).toBeGreaterThan(20)
    const open: string[] = []
    for (const [index, route] of all.entries()) {
      const [method = '', path = ''] = route.split(' ')
      const count = await passed(method, exampleOf(path), `203.0.113.${index + 1}`)
      if (count === null) open.push(route)
    }
    expect(open).toEqual([])
  }, 120_000)

  const token = async (id: string) => {
    const told = await announce(id, world.deps.sessionSecret, false)
    return { authorization: `Bearer ${told['x-conversation']}`, host: 'chat.test' }
  }
  const statusesOf = async (
    count: number,
    post: (index: number) => Response | Promise<Response>,
  ): Promise<number[]> => {
    const statuses: number[] = []
    for (let index = 0; index < count; index++) {
      const response = await post(index)
      await response.body?.cancel()
      statuses.push(response.status)
    }
    return statuses
  }

  it('tells an address to wait from which many conversations talk too much together', async () => {
    const env = { incoming: { socket: { remoteAddress: '198.51.100.77' } } }
    const known = await Promise.all(Array.from({ length: 25 }, (_, index) => token(`c${index}`)))
    const said = await statusesOf(1201, (index) =>
      app.request('/webhooks/web', { method: 'POST', headers: known[index % 25] ?? {} }, env),
    )
    expect(said.indexOf(429)).toBe(1200)
  }, 60_000)

  it('tells an address to wait that uploads one good file after another', async () => {
    const env = { incoming: { socket: { remoteAddress: '198.51.100.78' } } }
    const statuses = await statusesOf(121, async (index) =>
      app.request(
        '/webhooks/web/files',
        {
          method: 'POST',
          headers: { ...(await token(`u${index}`)), 'x-file-id': `f${index}` },
          body: fileOf('png', `${index}`),
        },
        env,
      ),
    )
    expect([statuses[0], statuses.indexOf(429)]).toEqual([201, 120])
  }, 60_000)

  it('tells one person of a network who floods us to wait, and nobody else', async () => {
    const say = (person: string) =>
      app.request('/webhooks/telegram', { method: 'POST', headers: { 'x-person': person } })
    const statuses = new Map<number, number>()
    for (let count = 0; count < 125; count++) {
      const { status } = await say('flood')
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
    }
    expect([...statuses]).toEqual([
      [200, 120],
      [429, 5],
    ])
    const refused = await say('flood')
    expect(refused.headers.get('retry-after')).toBe('60')
    expect((await say('other')).status).toBe(200)
    world.tick(61)
    expect((await say('flood')).status).toBe(200)
  })
})
