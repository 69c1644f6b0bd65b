import { beforeEach, expect, it, vi } from 'vitest'
import { openRemote } from '../../db/core/client.web.ts'
import { requireKeys } from '../../db/core/keys/key-marks.ts'
import { prepare } from '../../src/kernel/prepare.ts'
import { startHranaServer } from '../fixtures/hrana-server.ts'
import { testVault } from '../helpers/app.ts'
import { SETTINGS } from './start-workerd.ts'

let worker: typeof import('../../src/worker.ts').default
// An isolate of its own for each.
beforeEach(async () => {
  vi.resetModules()
  worker = (await import('../../src/worker.ts')).default
})

const ask = (path: string, env: Record<string, unknown>, init?: RequestInit) => {
  const tasks: Promise<unknown>[] = []
  const context = { waitUntil: (task: Promise<unknown>) => void tasks.push(task) }
  return worker.fetch(new Request(`https://chat.test${path}`, init), env, context)
}

/** How many of the requests had to wait for one before them. */
function inARow(requests: readonly { from: number; to: number }[]): number {
  let [count, free] = [0, 0]
  for (const { from, to } of requests.toSorted((one, other) => one.to - other.to)) {
    if (from < free) continue
    count += 1
    free = to
  }
  return count
}

it('a fresh isolate answers the first message after four looks at the database, its turn among them', async () => {
  const database = await startHranaServer({ token: 'secret', milliseconds: 200 })
  const db = openRemote({ url: database.url, authToken: 'secret' })
  await prepare({ db, programme: 'guiyang-2018', now: () => new Date().toISOString() })
  const env = { ...SETTINGS, DATABASE_URL: database.url, DATABASE_AUTH_TOKEN: 'secret' }
  // The first of all marks the keys; those who come after find the marks.
  await requireKeys(db, testVault, new Date().toISOString())
  const before = database.requests.length
  const response = await ask('/webhooks/web', env, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ id: 'm1', text: '能补多少钱' }),
  })
  expect(JSON.stringify(await response.json())).toContain('4.5万')
  const made = database.requests.slice(before)
  expect(inARow(made)).toBeLessThanOrEqual(4)
  // Some are made side by side.
  expect(made.length).toBeGreaterThan(4)
  await db.close()
  await database.close()
}, 60_000)

it('the chat without a console says how to deploy it, and needs nothing for that', async () => {
  for (const path of ['/console', '/console/inbox?lang=en']) {
    const response = await ask(path, {})
    expect(response.status).toBe(503)
    expect(await response.json()).toMatchObject({
      error: 'no-console',
      message: expect.stringContaining('npm run deploy:worker'),
    })
  }
  const handed: string[] = []
  const CONSOLE = {
    fetch: async (request: Request | URL) => {
      handed.push('url' in request ? request.url : request.href)
      return new Response('pages')
    },
  }
  expect(await (await ask('/console/cases?x=1', { CONSOLE })).text()).toBe('pages')
  expect(handed).toEqual(['https://chat.test/console/cases?x=1'])
  await ask('/consoles', { CONSOLE })
  expect(handed).toHaveLength(1)
})
