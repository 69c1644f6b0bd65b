import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openRemote } from '../../db/core/client.web.ts'
import { type FakeBotApi, startFakeBotApi } from '../fakes/bot-api.ts'
import { type HranaServer, startHranaServer } from '../fixtures/hrana-server.ts'
import { KEY_SETTINGS } from '../helpers/app.ts'

const LINES = ['你好', '钱多少', '要什么条件', '在哪里办', '菜单']
/** A message comes this long after the one before, and a turn takes more than twice as long. */
const GAP_MILLISECONDS = 150
const DATABASE_MILLISECONDS = 200

type Answered = { status: number; turn: number; token: string | null }

let folder: string
let database: HranaServer
let api: FakeBotApi
let processes: Awaited<ReturnType<typeof start>>
const started: ChildProcess[] = []
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'weiqitong-processes-'))
  database = await startHranaServer({ path: join(folder, 'shared.db') })
  api = await startFakeBotApi()
  processes = await start(2)
}, 180_000)
afterAll(async () => {
  for (const child of started.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue
    child.kill('SIGTERM')
    await once(child, 'exit')
  }
  await api.close()
  await database.close()
  rmSync(folder, { recursive: true, force: true })
})

/** `npm start` with so many processes, on the database of this test. */
async function start(count: number) {
  const port = await freePort()
  const child = spawn(process.execPath, ['src/node.ts'], {
    env: {
      PATH: process.env.PATH,
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? '',
      ...KEY_SETTINGS,
      SESSION_SECRET: 'x'.repeat(32),
      LOG: 'off',
      PORT: String(port),
      PROCESSES: String(count),
      DATABASE_URL: database.url,
      TELEGRAM_BOT_TOKEN: api.token,
      TELEGRAM_API_ROOT: api.url,
      TELEGRAM_WEBHOOK_SECRET: 'a-webhook-secret-for-tests',
      PUBLIC_URL: 'https://chat.test',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  started.push(child)
  await once(child.stdout, 'data')
  child.stdout.resume()
  /** A network delivers again what is not answered, as where the process that had it died. */
  const say = async (id: string, text: string, authorization?: string): Promise<Answered> => {
    for (let tries = 1; ; tries++) {
      try {
        const response = await fetch(`http://127.0.0.1:${port}/webhooks/web`, {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            // Each comes by a connection of its own, and those are dealt out in turn.
            connection: 'close',
            ...(authorization === undefined ? {} : { authorization }),
          },
          body: JSON.stringify({ id, text }),
          signal: AbortSignal.timeout(15_000),
        })
        const { turn = 0 }: { turn?: number } = JSON.parse(await response.text())
        return { status: response.status, turn, token: response.headers.get('x-conversation') }
      } catch (error) {
        if (tries === 3) throw error
      }
    }
  }
  return { pid: child.pid ?? 0, child, say }
}

const childrenOf = (pid: number) =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
    .split(' ')
    .filter((id) => id !== '')
    .map(Number)
const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address !== null ? address.port : 0
}

describe('two processes on one database', () => {
  it.each([10, 20])(
    'keep the order of %i messages of one person, at two round trips a turn',
    async (count) => {
      const { say } = processes
      // Both have done everything once before the clock counts.
      for (const name of ['w1', 'w2', 'w3', 'w4']) await say(name, '钱多少')
      const { token } = await say('m0', '你好')
      const authorization = `Bearer ${token}`
      database.delay(DATABASE_MILLISECONDS)
      const before = database.requests()
      const began = performance.now()
      const answers = await Promise.all(
        Array.from({ length: count }, async (_, index) => {
          await new Promise((resolve) => setTimeout(resolve, GAP_MILLISECONDS * index))
          return say(`m${index + 1}`, LINES[index % LINES.length] ?? '', authorization)
        }),
      )
      const looks = database.requests() - before - 2 * count
      const seconds = (performance.now() - began) / 1000
      database.delay(0)
      const upTo = Array.from({ length: count }, (_, index) => index + 1)
      expect(answers.map(({ status }) => status)).toEqual(upTo.map(() => 200))
      expect(answers.map(({ turn }) => turn)).toEqual(upTo.map((index) => index + 1))
      const db = openRemote({ url: database.url })
      const [rows = []] = await db.read([
        {
          sql: 'SELECT event_id FROM turns WHERE event_id LIKE ? ORDER BY turn',
          args: [`web:${token?.split('.')[0]}:%`],
        },
      ])
      await db.close()
      expect(rows.map(([id]) => String(id).replace(/^.*:/, ''))).toEqual(
        [0, ...upTo].map((index) => `m${index}`),
      )
      // One look a second whether the turns have made work, and what is done by the minute. Lost races would be far more.
      expect(looks).toBeLessThanOrEqual(Math.ceil(seconds) + 14)
    },
    120_000,
  )

  it('answer on as one of them is killed, start it again, and end with the process that runs them', async () => {
    const { pid, child, say } = processes
    const { token } = await say('m0', '你好')
    const [, second = 0] = childrenOf(pid)
    process.kill(second, 'SIGKILL')
    const turns: number[] = []
    for (let index = 1; index <= 6; index++) {
      const { status, turn } = await say(`m${index}`, '钱多少', `Bearer ${token}`)
      expect(status).toBe(200)
      turns.push(turn)
    }
    expect(turns).toEqual([2, 3, 4, 5, 6, 7])
    await expect
      .poll(() => childrenOf(pid).filter((one) => one !== second).length, { timeout: 40_000 })
      .toBe(2)
    const all = childrenOf(pid)
    child.kill('SIGKILL')
    await expect.poll(() => all.some(isAlive), { timeout: 40_000 }).toBe(false)
  }, 120_000)
})
