import { type KeyWish, makeKey } from '../../src/api/keys.ts'
import { SCOPE_NAMES } from '../../src/api/scopes.ts'
import { createApp } from '../../src/app.ts'
import { createWorld, type TestWorld } from '../helpers/app.ts'

export type Answered = {
  status: number
  type: string
  headers: Headers
  // biome-ignore lint/suspicious/noExplicitAny: what came over the network is looked at by the tests.
  json: any
}

/** The door of an application on real SQL. */
export type Door = {
  world: TestWorld
  key: (wish?: Partial<KeyWish>) => Promise<{ id: string; key: string }>
  ask: (key: string | null, path: string, init?: RequestInit) => Promise<Answered>
  post: (
    key: string | null,
    path: string,
    body: unknown,
    headers?: Record<string, string>,
  ) => Promise<Answered>
}

/** Begins with an empty database. */
export async function openDoor(): Promise<Door> {
  const world = await createWorld([])
  const app = createApp(world.deps)
  const ask: Door['ask'] = async (key, path, init = {}) => {
    const headers = new Headers(init.headers)
    if (key !== null) headers.set('authorization', `Bearer ${key}`)
    const response = await app.request(`https://chat.test/api/v1${path}`, { ...init, headers })
    const type = response.headers.get('content-type') ?? ''
    const text = await response.text()
    const json = type.includes('json') ? JSON.parse(text) : text
    return { status: response.status, type, headers: response.headers, json }
  }
  return {
    world,
    ask,
    key: async (wish = {}) => {
      const role = wish.role ?? 'district-reviewer'
      const made = await makeKey(
        world.deps,
        {
          name: '市中小企业云平台',
          role,
          district: role === 'district-reviewer' ? 'yunyan' : null,
          scopes: SCOPE_NAMES.filter((scope) => scope !== 'tipoffs:count'),
          perMinute: 6000,
          days: 30,
          ...wish,
        },
        null,
      )
      if (made === null) throw new Error('the role cannot have these scopes')
      return made
    },
    post: (key, path, body, headers = {}) =>
      ask(key, path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      }),
  }
}
