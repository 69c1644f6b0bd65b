import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it, vi } from 'vitest'
import { openFile } from '../../db/core/client.node.ts'

const folder = mkdtempSync(join(tmpdir(), 'weiqitong-kill-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const QUESTIONS = ['钱多少', '重点人群有哪些', '菜单', '电子券怎么用', '1', '补助几天能到账']

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  return typeof address === 'object' && address !== null ? address.port : 0
}

async function start(port: number): Promise<ChildProcess> {
  const child = spawn('npm', ['start', '--silent'], {
    env: { ...process.env, PORT: String(port), DATABASE_URL: `file:${folder}/kill.db`, LOG: 'off' },
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  })
  await once(child.stdout ?? child, 'data')
  return child
}

/** npm, its shell and the server are one process group: all of it dies at once. */
async function kill(child: ChildProcess): Promise<void> {
  process.kill(-(child.pid ?? 0), 'SIGKILL')
  await once(child, 'close')
}

it('a server killed at any moment loses no acknowledged turn, and redelivery gets the same bytes', async () => {
  const port = await freePort()
  const people = Array.from({ length: 6 }, (_, index) => ({
    token: '',
    next: 0,
    name: `p${index}`,
  }))
  const acknowledged = new Map<string, { token: string; body: string; answer: string }>()
  const post = (token: string, body: string) =>
    fetch(`http://127.0.0.1:${port}/webhooks/web`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
      },
      body,
    })

  for (let round = 0; round < 6; round++) {
    const child = await start(port)
    let alive = true
    const talking = people.map(async (person) => {
      while (alive) {
        const id = `${person.name}-${person.next}`
        const text = QUESTIONS[person.next % QUESTIONS.length]
        const body = JSON.stringify({ id, text })
        const response = await post(person.token, body).catch(() => null)
        const answer = await response?.text().catch(() => null)
        if (response?.ok !== true || answer == null) continue
        person.token ||= response.headers.get('x-conversation') ?? ''
        acknowledged.set(id, { token: person.token, body, answer })
        person.next++
      }
    })
    // A server listens before it has all that it answers with.
    const before = acknowledged.size
    await vi.waitUntil(() => acknowledged.size > before, { timeout: 30_000 })
    await new Promise((resolve) => setTimeout(resolve, 300 + round * 130))
    await kill(child)
    alive = false
    await Promise.all(talking)
  }

  expect(acknowledged.size).toBeGreaterThan(100)
  const child = await start(port)
  for (const [id, { token, body, answer }] of acknowledged) {
    // The first answer began the conversation and stands for it: its redelivery carries the token.
    const again = await post(token, body)
    expect(await again.text(), id).toBe(answer)
  }
  await kill(child)

  const db = openFile(`${folder}/kill.db`)
  const [orphans] = await db.read([{ sql: 'PRAGMA foreign_key_check', args: [] }])
  expect(orphans).toEqual([])
  const [gaps] = await db.read([
    {
      sql: `SELECT s.id FROM sessions s JOIN turns t ON t.session_id = s.id
        GROUP BY s.id HAVING max(t.turn) <> count(*) OR max(t.turn) <> s.turn`,
      args: [],
    },
  ])
  expect(gaps).toEqual([])
  await db.close()
  // Seven starts, of which each has a whole machine at best.
}, 240_000)

it('a server told to stop finishes its turns, lets listeners go and leaves in peace', async () => {
  const port = await freePort()
  const child = spawn('node', ['src/node.ts'], {
    env: { ...process.env, PORT: String(port), DATABASE_URL: `file:${folder}/stop.db`, LOG: 'off' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(child.stdout, 'data')
  const say = (id: string, token: string) =>
    fetch(`http://127.0.0.1:${port}/webhooks/web`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ id, text: '钱多少' }),
    })
  const token = (await say('first', 'none')).headers.get('x-conversation') ?? ''
  const headers = { authorization: `Bearer ${token}` }
  const listener = await fetch(`http://127.0.0.1:${port}/webhooks/web/events?after=0`, { headers })
  const answers = Array.from({ length: 20 }, (_, index) => say(`m${index}`, token))
  await Promise.race(answers)
  child.kill('SIGTERM')
  const [code] = await once(child, 'close')
  await listener.body?.cancel().catch(() => {})
  expect(code).toBe(0)
  const settled = await Promise.allSettled(answers)
  const acknowledged = settled.filter(
    (answer) => answer.status === 'fulfilled' && answer.value.ok,
  ).length
  expect(acknowledged).toBeGreaterThan(0)
  const db = openFile(`${folder}/stop.db`)
  const [rows] = await db.read([{ sql: 'SELECT count(*) FROM turns', args: [] }])
  expect(Number(rows?.[0]?.[0])).toBeGreaterThanOrEqual(acknowledged + 1)
  await db.close()
})
