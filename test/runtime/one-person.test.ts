import { describe, expect, it } from 'vitest'
import { openRemote } from '../../db/core/client.web.ts'
import { SETTINGS, startWorkers } from './start-workerd.ts'

const LINES = ['你好', '钱多少', '要什么条件', '在哪里办', '菜单']
/** A message comes this long after the one before, and a turn takes four times as long. */
const GAP_MILLISECONDS = 60
const DATABASE_MILLISECONDS = 120

type Sent = { status: number; turn: number }

/** Two Workers on one database, with or without the queues of people. */
const WORKERS = {
  bound: {
    configs: ['wrangler.toml', 'test/runtime/workers/bound.toml'],
    names: ['weiqitong', 'weiqitong-bound'],
  },
  alone: {
    configs: ['test/runtime/workers/alone.toml', 'test/runtime/workers/alone-too.toml'],
    names: ['weiqitong-alone', 'weiqitong-alone-too'],
  },
} as const

/** One person's messages at once, dealt out in turn; what each was answered, and what the transcript says. */
async function sendBurst(kind: keyof typeof WORKERS, count: number, gap: number) {
  const { configs, names } = WORKERS[kind]
  const workers = await startWorkers(configs, { ...SETTINGS, PERSONAL_DATA_CHANNELS: 'web' })
  try {
    const say = (index: number, headers: Record<string, string>) =>
      workers.post(names[index % names.length] ?? '', '/webhooks/web', {
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ id: `m${index}`, text: LINES[index % LINES.length] }),
      })
    // Both have started before it is measured.
    await say(1, {})
    const { conversation } = await say(0, {})
    const authorization = `Bearer ${conversation}`
    workers.database.delay(DATABASE_MILLISECONDS)
    const before = workers.database.requests()
    const answers = await Promise.all(
      Array.from({ length: count }, async (_, index): Promise<Sent> => {
        await new Promise((resolve) => setTimeout(resolve, gap * index))
        const { status, body } = await say(index + 1, { authorization })
        const { turn = 0 }: { turn?: number } = JSON.parse(body)
        return { status, turn }
      }),
    )
    const requests = workers.database.requests() - before
    workers.database.delay(0)
    const db = openRemote({ url: workers.database.url, authToken: 'secret' })
    const [rows = []] = await db.read([
      {
        sql: `SELECT event_id FROM turns WHERE session_id = (SELECT session_id FROM turns WHERE event_id LIKE '%:m2')
          ORDER BY turn`,
        args: [],
      },
    ])
    await db.close()
    return {
      statuses: answers.map(({ status }) => status),
      turns: answers.map(({ turn }) => turn),
      stored: rows.map(([id]) => String(id).replace(/^.*:/, '')),
      requests,
    }
  } finally {
    await workers.stop()
  }
}

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1)
const named = (count: number) => ['m0', ...upTo(count).map((index) => `m${index}`)]

describe.each([10, 20])('%i messages of one person, on two Workers in turn', (count) => {
  it('keep their order where both are bound to the queue of the person, at two round trips a turn', async () => {
    const { statuses, turns, stored, requests } = await sendBurst('bound', count, GAP_MILLISECONDS)
    expect(statuses).toEqual(upTo(count).map(() => 200))
    expect(turns).toEqual(upTo(count).map((index) => index + 1))
    expect(stored).toEqual(named(count))
    expect(requests).toBe(2 * count)
  }, 90_000)

  it('are all answered once without the queue, though in whatever order', async () => {
    const { statuses, turns, stored, requests } = await sendBurst('alone', count, 0)
    expect(statuses).toEqual(upTo(count).map(() => 200))
    expect(turns.toSorted((a, b) => a - b)).toEqual(upTo(count).map((index) => index + 1))
    expect(stored.toSorted()).toEqual(named(count).toSorted())
    // A pause that knew nothing of the line took 17 requests a turn for twenty at once.
    expect(requests / count).toBeLessThan(12)
  }, 90_000)
})

describe('a page that connects by WebSocket', () => {
  const open = async (url: string, protocols: string[]) => {
    const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/webhooks/web/events`, protocols)
    const heard: string[] = []
    socket.addEventListener('message', ({ data }) => heard.push(String(data)))
    const state = await new Promise<string>((resolve) => {
      for (const type of ['open', 'error']) socket.addEventListener(type, () => resolve(type))
    })
    return { socket, heard, state }
  }

  it('is called when the other Worker takes a turn of its conversation, and of no other', async () => {
    const workers = await startWorkers(WORKERS.bound.configs, SETTINGS)
    try {
      const say = (worker: string, id: string, headers: Record<string, string>) =>
        workers.post(worker, '/webhooks/web', {
          headers: { 'content-type': 'application/json', ...headers },
          body: JSON.stringify({ id, text: '钱多少' }),
        })
      const { conversation: own } = await say('weiqitong', 'm1', {})
      const { conversation: other } = await say('weiqitong-bound', 'm1', {})
      const page = await open(workers.url, ['weiqitong', own ?? ''])
      const stranger = await open(workers.url, ['weiqitong', `${other}x`])
      expect([page.state, stranger.state, page.socket.protocol]).toEqual([
        'open',
        'error',
        'weiqitong',
      ])
      page.socket.send('ping')
      await expect.poll(() => page.heard).toEqual(['pong'])
      await say('weiqitong-bound', 'm2', { authorization: `Bearer ${other}` })
      await say('weiqitong-bound', 'm2', { authorization: `Bearer ${own}` })
      await expect.poll(() => page.heard).toEqual(['pong', 'new'])
      page.socket.close()
    } finally {
      await workers.stop()
    }
  }, 90_000)
})
