import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, expect, it } from 'vitest'
import { loadTranscript } from '../../db/conversation/transcripts.ts'
import { openFile } from '../../db/core/client.node.ts'
import { readConfig } from '../../src/kernel/config.ts'
import { openVault } from '../../src/platform/keys/local-secrets.node.ts'
import { applicationLines, numberIn } from '../helpers/applicant.ts'

const APPLICATIONS = 200
const KILLS = 10
const AT_ONCE = 24
const SEED = 20_180_601

const folder = mkdtempSync(join(tmpdir(), 'weiqitong-kill-applications-'))
const settings = { DATABASE_URL: `file:${folder}/kill.db`, LOG: 'off' }
let child: ChildProcess | null = null
afterAll(() => {
  child?.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

type Applicant = {
  person: number
  token: string
  /** What was acknowledged, in order: the very bytes. */
  answers: string[]
}

/** The same numbers for the same seed: a failure can be played again. */
function createRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  return typeof address === 'object' && address !== null ? address.port : 0
}

async function start(port: number): Promise<ChildProcess> {
  const started = spawn(process.execPath, ['src/node.ts'], {
    env: { ...process.env, ...settings, PORT: String(port) },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(started.stdout, 'data')
  started.stdout.resume()
  return started
}

it('200 applications survive a server that is killed again and again', async () => {
  const port = await freePort()
  const random = createRandom(SEED)
  const between = (least: number, most: number) => least + Math.floor(random() * (most - least))
  let acknowledged = 0

  const post = (token: string, body: string) =>
    fetch(`http://127.0.0.1:${port}/webhooks/web`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
      },
      body,
    })

  /** Says it until it is acknowledged, as a network does. */
  const deliver = async (applicant: Applicant, turn: number, text: string) => {
    const body = JSON.stringify({ id: `t${turn}`, text })
    for (;;) {
      const response = await post(applicant.token, body).catch(() => null)
      const answer = await response?.text().catch(() => null)
      if (response?.ok === true && answer != null) {
        applicant.token ||= response.headers.get('x-conversation') ?? ''
        return answer
      }
      await pause(20)
    }
  }

  const applicants: Applicant[] = []
  const apply = async () => {
    while (applicants.length < APPLICATIONS) {
      const applicant: Applicant = { person: applicants.length, token: '', answers: [] }
      applicants.push(applicant)
      for (const [turn, line] of applicationLines(applicant.person).entries()) {
        applicant.answers.push(await deliver(applicant, turn, line))
        acknowledged++
      }
    }
  }

  child = await start(port)
  let done = false
  const applying = Promise.all(Array.from({ length: AT_ONCE }, apply)).then(() => {
    done = true
  })
  let kills = 0
  for (let next = between(40, 380); kills < KILLS; next = acknowledged + between(40, 380)) {
    while (acknowledged < next && !done) await pause(2)
    if (done) break
    await pause(between(0, 25))
    child.kill('SIGKILL')
    await once(child, 'close')
    kills++
    child = await start(port)
  }
  await applying
  expect(kills).toBeGreaterThanOrEqual(8)

  // What was acknowledged is answered with the same bytes for ever.
  for (const { token, answers, person } of applicants) {
    const turn = answers.length - 1
    const again = await post(token, JSON.stringify({ id: `t${turn}`, text: '提交' }))
    expect(await again.text(), `applicant ${person}`).toBe(answers[turn])
  }
  child.kill('SIGKILL')
  await once(child, 'close')

  const db = openFile(`${folder}/kill.db`)
  const vault = openVault(readConfig(settings))
  const rows = async (sql: string) => (await db.read([{ sql, args: [] }]))[0] ?? []

  expect(await rows('PRAGMA foreign_key_check')).toEqual([])
  for (const { token, answers, person } of applicants) {
    const id = token.slice(0, token.indexOf('.'))
    const lines = await loadTranscript(db, vault, { channel: 'web', id }, 0, 1000)
    const heard = lines.filter(({ direction }) => direction === 'in').map(({ body }) => body.text)
    expect(heard, `applicant ${person}`).toEqual(applicationLines(person))
    const stored = heard.map((_, index) => ({
      turn: index + 1,
      replies: lines
        .filter(({ direction, turn }) => direction === 'out' && turn === index + 1)
        .map(({ body }) => body),
    }))
    expect(stored, `applicant ${person}`).toEqual(answers.map((answer) => JSON.parse(answer)))
  }

  // Everybody was told the number of their own application, and it is nobody else's.
  const told = applicants.map(({ answers }) => numberIn(answers.at(-1) ?? ''))
  expect(told).not.toContain(null)
  expect(new Set(told).size).toBe(APPLICATIONS)
  const cases = await rows(
    'SELECT s.external_id, k.number FROM cases k JOIN sessions s ON s.contact_id = k.contact_id',
  )
  expect(new Map(cases as [string, string][])).toEqual(
    new Map(
      applicants.map(({ token }, index) => [token.slice(0, token.indexOf('.')), told[index]]),
    ),
  )
  expect(await rows('SELECT count(*) FROM cases')).toEqual([[APPLICATIONS]])
  expect(await rows('SELECT count(DISTINCT identity_index) FROM cases')).toEqual([[APPLICATIONS]])
  expect(
    await rows("SELECT count(*) FROM case_events WHERE ordinal = 1 AND move = 'submit'"),
  ).toEqual([[APPLICATIONS]])
  expect(await rows(`SELECT count(*) FROM case_events`)).toEqual([[APPLICATIONS]])
  await db.close()
}, 120_000)
