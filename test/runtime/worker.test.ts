import { afterEach, describe, expect, it } from 'vitest'
import { openRemote } from '../../db/core/client.web.ts'
import { requireKeys } from '../../db/core/keys/key-marks.ts'
import { enqueue } from '../../db/outbox/outbox.ts'
import { startFakeBotApi } from '../fakes/bot-api.ts'
import { testVault } from '../helpers/app.ts'
import { SETTINGS, startWorkerd, startWorkers } from './start-workerd.ts'

type Workerd = Awaited<ReturnType<typeof startWorkerd>>
const opened: Workerd[] = []
afterEach(async () => {
  for (const worker of opened.splice(0)) await worker.stop()
})
const start = async (settings: Record<string, string>) => {
  const worker = await startWorkerd(settings)
  opened.push(worker)
  return worker
}

describe('a Worker that cannot start', () => {
  it.each([
    ['no SESSION_SECRET', {}, 'SESSION_SECRET must be set here'],
    ['a file as its database', { ...SETTINGS, DATABASE_URL: 'file:a.db' }, 'DATABASE_URL'],
    ['a secret that is too short', { SESSION_SECRET: 'hunter2' }, 'at least 32 characters'],
  ])('%s: says which setting is wrong, and no secret', async (_, settings, words) => {
    const { url } = await start(settings)
    const response = await fetch(`${url}/healthz`)
    const body = await response.text()
    expect(response.status).toBe(503)
    expect(JSON.parse(body).message).toContain(words)
    expect(body).not.toContain('hunter2')
  })

  it('tries again with the next request when the database was away', async () => {
    const { url, database } = await start(SETTINGS)
    for (const trouble of ['unavailable', 'reset'] as const) {
      database.fail(trouble)
      const early = await fetch(`${url}/readyz`)
      database.fail(null)
      expect([early.status, early.headers.get('retry-after')]).toEqual([503, '5'])
    }
    const together = await Promise.all(Array.from({ length: 5 }, () => fetch(`${url}/readyz`)))
    expect(together.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200])
  })
})

describe('the cron trigger', () => {
  it('sends what is due in the outbox, once', async () => {
    const api = await startFakeBotApi({ token: SETTINGS.TELEGRAM_BOT_TOKEN })
    const { url, database, tick } = await start({ ...SETTINGS, TELEGRAM_API_ROOT: api.url })
    await fetch(`${url}/readyz`)
    const person = api.person(77)
    const at = new Date().toISOString()
    const db = openRemote({ url: database.url, authToken: 'secret' })
    await db.write([
      {
        sql: "INSERT INTO contacts (id, locale, created_at) VALUES ('c', 'zh-Hans', ?)",
        args: [at],
      },
      {
        sql: `INSERT INTO addresses (channel, external_id, contact_id, created_at)
          VALUES ('telegram', '77', 'c', ?)`,
        args: [at],
      },
      await enqueue(testVault, {
        origin: 'notice',
        // By night everything else would wait.
        kind: 'answer',
        id: 'notice:1',
        to: { channel: 'telegram', id: '77' },
        body: { text: '您的申请已受理。', quickReplies: [] },
        at,
        expiresAt: '2999-01-01T00:00:00.000Z',
      }),
    ])
    await tick()
    await tick()
    expect(person.messages.map(({ text }) => text)).toEqual(['您的申请已受理。'])
    const [rows] = await db.read([{ sql: 'SELECT status, attempts FROM outbox', args: [] }])
    expect(rows).toEqual([['sent', 1]])
    await api.close()
  })
})

const ALONE = ['test/runtime/workers/alone.toml']
const DATABASE_MILLISECONDS = 200

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
  const { url, database, stop } = await startWorkers(ALONE, SETTINGS)
  // The first of all marks the keys; those who come after find the marks.
  const db = openRemote({ url: database.url, authToken: 'secret' })
  await requireKeys(db, testVault, new Date().toISOString())
  await db.close()
  database.delay(DATABASE_MILLISECONDS)
  const before = database.spans.length
  const response = await fetch(`${url}/webhooks/web`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ id: 'm1', text: '能补多少钱' }),
  })
  expect(await response.text()).toContain('4.5万')
  const made = database.spans.slice(before)
  expect(inARow(made)).toBeLessThanOrEqual(4)
  // Some are made side by side.
  expect(made.length).toBeGreaterThan(4)
  await stop()
}, 60_000)

it('a chat without a console says how to deploy it', async () => {
  const { url, stop } = await startWorkers(ALONE, SETTINGS)
  for (const path of ['/console', '/console/inbox?lang=en']) {
    const response = await fetch(`${url}${path}`)
    expect(response.status).toBe(503)
    expect(await response.json()).toMatchObject({
      error: 'no-console',
      message: expect.stringContaining('npm run deploy:worker'),
    })
  }
  expect((await fetch(`${url}/consoles`)).status).toBe(404)
  await stop()
}, 60_000)
