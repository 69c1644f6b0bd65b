import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync, existsSync, mkdtempSync, rmSync, unlinkSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, it, onTestFinished } from 'vitest'
import { createApp } from '../../src/app.ts'
import { createWorld, KEY_SETTINGS } from '../helpers/app.ts'
import { fileOf } from '../helpers/files.ts'

/** A file system of its own needs user namespaces, which some machines forbid. */
const canMount =
  spawnSync('unshare', ['-rm', 'mount', '-t', 'tmpfs', 'disk', tmpdir()], { stdio: 'ignore' })
    .status === 0
const MIB = 64
const PEOPLE = 6
/** However full the disk is, nobody waits longer. */
const PATIENCE = 5000
const QUESTIONS = ['钱多少', '菜单', '我要申请', '电子券怎么用', '帮助', '重点人群有哪些']

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  return typeof address === 'object' && address !== null ? address.port : 0
}

/** The product with database, files and log on a disk of so many MiB, which nobody else sees. */
async function startOnSmallDisk() {
  const disk = mkdtempSync(join(tmpdir(), 'weiqitong-disk-'))
  const port = await freePort()
  const start = `mount -t tmpfs -o size=${MIB}m disk "$DISK" && exec "$0" src/node.ts >>"$DISK/log" 2>&1`
  const child = spawn('unshare', ['-rm', 'sh', '-c', start, process.execPath], {
    stdio: 'inherit',
    env: {
      PATH: process.env.PATH,
      ...KEY_SETTINGS,
      DISK: disk,
      PORT: String(port),
      DATABASE_URL: `file:${disk}/data/a.db`,
    },
  })
  onTestFinished(async () => {
    const closed = once(child, 'exit')
    child.kill('SIGKILL')
    await closed
    rmSync(disk, { recursive: true, force: true })
  })
  const filler = `/proc/${child.pid}/root${disk}/filler`
  const ask = (path: string, init?: RequestInit) =>
    fetch(`http://127.0.0.1:${port}${path}`, { ...init, signal: AbortSignal.timeout(60_000) })
  while ((await ask('/readyz').catch(() => null))?.status !== 200) await pause(100)
  return {
    ask,
    log: `/proc/${child.pid}/root${disk}/log`,
    fill: () => {
      const bytes = Buffer.alloc(256 * 1024, 1)
      for (const size of [bytes.length, 512]) {
        try {
          for (;;) appendFileSync(filler, bytes.subarray(0, size))
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
        }
      }
    },
    empty: () => unlinkSync(filler),
  }
}

it('a disk that is nearly full is no disk to be ready on', async () => {
  const world = await createWorld([])
  onTestFinished(() => world.close())
  const app = createApp(world.deps)
  const ask = async (free: number) => {
    world.deps.freeBytes = async () => free
    const response = await app.request('/readyz')
    return [response.status, (await response.json()).problem]
  }
  expect(await ask(16 * 2 ** 20)).toEqual([200, undefined])
  expect(await ask(16 * 2 ** 20 - 1)).toEqual([503, 'disk-full'])
})

it.skipIf(!canMount)(
  'a disk that fills and empties: no acknowledged word is lost, nobody waits, and all is well by itself',
  async () => {
    const { ask, log, fill, empty } = await startOnSmallDisk()
    const people = Array.from({ length: PEOPLE }, (_, name) => ({ name, token: '', next: 0 }))
    type Person = (typeof people)[number]
    const acknowledged: { person: Person; body: string; answer: string }[] = []
    let slowest = 0
    const post = async (person: Person, body: string) => {
      const began = performance.now()
      const response = await ask('/webhooks/web', {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(person.token === '' ? {} : { authorization: `Bearer ${person.token}` }),
        },
        body,
      })
      const answer = await response.text()
      slowest = Math.max(slowest, performance.now() - began)
      return { response, answer }
    }
    /** Each says something; how many were answered. */
    const talk = async () => {
      let answered = 0
      for (const person of people) {
        const text = QUESTIONS[person.next % QUESTIONS.length]
        const body = JSON.stringify({ id: `m${person.next}`, text })
        const { response, answer } = await post(person, body)
        if (!response.ok) {
          expect(response.status).toBe(503)
          continue
        }
        person.token ||= response.headers.get('x-conversation') ?? ''
        acknowledged.push({ person, body, answer })
        person.next++
        answered++
      }
      return answered
    }
    const upload = async (id: string) => {
      const began = performance.now()
      const { status } = await ask('/webhooks/web/files', {
        method: 'POST',
        headers: { authorization: `Bearer ${people[0]?.token}`, 'x-file-id': id },
        body: fileOf('png', id, 300_000),
      })
      slowest = Math.max(slowest, performance.now() - began)
      return status
    }
    const isReady = async () => (await ask('/readyz')).status

    expect(await talk()).toBe(PEOPLE)
    expect(await talk()).toBe(PEOPLE)
    expect(await upload('before')).toBe(201)

    for (let time = 0; time < 2; time++) {
      slowest = 0
      fill()
      // The log and what SQLite has reserved may take a little more.
      for (let round = 0; round < 40 && (await talk()) > 0; round++) fill()
      expect(await talk()).toBe(0)
      expect(await upload(`full-${time}`)).toBe(503)
      expect(await isReady()).toBe(503)
      expect((await ask('/healthz')).status).toBe(200)
      expect(slowest).toBeLessThan(PATIENCE)

      empty()
      const since = performance.now()
      while ((await isReady()) !== 200 && performance.now() - since < 30_000) await pause(100)
      expect(await isReady()).toBe(200)
      expect(await talk()).toBe(PEOPLE)
      expect(await upload(`full-${time}`)).toBe(201)
    }
    // Delivered again, each gets the very reply that it had.
    for (const { person, body, answer } of acknowledged) {
      expect((await post(person, body)).answer).toBe(answer)
    }
    expect(existsSync(log)).toBe(true)
  },
  240_000,
)
