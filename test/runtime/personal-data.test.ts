import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { applicationLines, identityNumber, numberIn } from '../helpers/applicant.ts'

const folder = mkdtempSync(join(tmpdir(), 'weiqitong-grep-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const PERSON = 6_143
const OTHER = 6_144
/** What a person told us: nothing of it may be readable in a file or in the log. */
const MARKS = {
  name: '欧阳标记',
  identity: identityNumber(PERSON),
  lastEight: identityNumber(PERSON).slice(-8),
  mobile: '13900006143',
  wrongMobile: '139000061',
  otherIdentity: identityNumber(OTHER),
  otherMobile: '13712346144',
  enterprise: '小明6143号早餐店',
  street: '花果园标记街道',
  question: '我叫欧阳标记想问隔壁石狮子',
  card: '6222026143614361438',
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  return typeof address === 'object' && address !== null ? address.port : 0
}

/** All that the process writes, as bytes. */
function capture(child: ChildProcess): Buffer[] {
  const written: Buffer[] = []
  child.stdout?.on('data', (chunk: Buffer) => written.push(chunk))
  child.stderr?.on('data', (chunk: Buffer) => written.push(chunk))
  return written
}

describe('what a person says is readable nowhere', () => {
  it('neither in the data folder of a killed server nor in its log', async () => {
    const port = await freePort()
    const child = spawn('npm', ['start', '--silent'], {
      env: {
        ...process.env,
        PORT: String(port),
        DATABASE_URL: `file:${folder}/grep.db`,
        LOG: 'json',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    })
    const log = capture(child)
    await once(child.stdout ?? child, 'data')
    const base = `http://127.0.0.1:${port}`
    let token = ''
    let count = 0
    const post = (body: string, headers: Record<string, string> = {}, path = '/webhooks/web') =>
      fetch(base + path, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
          ...headers,
        },
        body,
      })
    const say = async (said: { text: string } | { choice: string }): Promise<string> => {
      const response = await post(JSON.stringify({ id: `m${++count}`, ...said }))
      token ||= response.headers.get('x-conversation') ?? ''
      expect(response.status).toBe(200)
      return JSON.stringify(await response.json())
    }

    // In the wrong places: at the menu, in a field of another kind, as a question.
    for (const text of [
      '你好',
      MARKS.question,
      MARKS.identity,
      MARKS.mobile,
      MARKS.otherMobile,
      MARKS.otherIdentity,
      `${MARKS.name} ${MARKS.card}`,
      '人工',
      '返回机器人',
    ]) {
      await say({ text })
    }
    await say({ choice: '!apply' })
    const [, , agree = '', introduction = '', ...rest] = applicationLines(PERSON)
    await say({ text: agree })
    await say({ text: MARKS.card })
    await say({ text: introduction.replace('王小明', MARKS.name) })
    await say({ text: MARKS.wrongMobile })
    let last = ''
    for (const line of rest) {
      last = await say({ text: line === '花果园街道' ? MARKS.street : line })
    }
    const number = numberIn(last)
    expect(number, last).not.toBeNull()
    await say({ choice: '!my-data' })
    await say({ text: '看一看' })
    await say({ text: '要一份' })
    await say({ choice: `!my-data:${MARKS.identity}` })
    await say({ choice: MARKS.name })

    // Requests that are refused, with the marks wherever a client can put them.
    const refused: [string, RequestInit][] = [
      [`/webhooks/web/history?name=${encodeURIComponent(MARKS.name)}&id=${MARKS.identity}`, {}],
      [`/nothing/${MARKS.identity}?mobile=${MARKS.mobile}`, {}],
      [`/webhooks/${MARKS.mobile}`, { method: 'POST', body: MARKS.identity }],
      [`/webhooks/web/my-data/${MARKS.identity}`, {}],
      [`/?lang=${MARKS.identity}`, { headers: { cookie: `weiqitong=${MARKS.identity}` } }],
      [
        `/webhooks/web/events?after=${MARKS.mobile}`,
        { headers: { authorization: `Bearer ${MARKS.mobile}` } },
      ],
    ]
    for (const [path, init] of refused) await (await fetch(base + path, init)).text()
    const bodies: [string, Record<string, string>][] = [
      [`{"id":"${MARKS.identity}","text":"${MARKS.name}`, {}],
      [JSON.stringify({ id: 'x', text: MARKS.name, idNumber: MARKS.identity }), {}],
      [JSON.stringify({ id: 'x', text: MARKS.name.repeat(30_000) }), {}],
      [`name=${MARKS.name}&id=${MARKS.identity}`, { 'content-type': 'text/plain' }],
      [JSON.stringify({ id: 'y', text: MARKS.mobile }), { origin: `https://${MARKS.mobile}.test` }],
    ]
    for (const [body, headers] of bodies) {
      const response = await post(body, headers)
      expect(response.status).toBeGreaterThanOrEqual(400)
      expect(await response.text()).not.toContain(MARKS.identity)
    }
    // What was handed in is there, so that the search below is one for something.
    expect(await say({ text: '看一看' })).toContain(number ?? '')

    process.kill(-(child.pid ?? 0), 'SIGKILL')
    await once(child, 'close')

    const files = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry): [string, Buffer] => [
        entry.name,
        readFileSync(join(entry.parentPath, entry.name)),
      ])
    expect(files.map(([name]) => name).sort()).toEqual([
      'data-keys',
      'grep.db',
      'grep.db-shm',
      'grep.db-wal',
      'session-secret',
    ])
    const everything: [string, Buffer][] = [...files, ['the log', Buffer.concat(log)]]
    expect(Buffer.concat(log).toString()).toContain('request-refused')
    const all = Buffer.concat(files.map(([, bytes]) => bytes))
    expect(all.includes(number ?? '-')).toBe(true)
    const found = Object.entries(MARKS).flatMap(([mark, value]) =>
      everything
        .filter(([, bytes]) => formsOf(value).some((form) => bytes.includes(form)))
        .map(([where]) => `${mark} in ${where}`),
    )
    expect(found).toEqual([])
  }, 60_000)
})

/** A text as a file or a log could hold it. */
function formsOf(text: string): Buffer[] {
  const little = Buffer.from(text, 'utf16le')
  return [
    Buffer.from(text),
    little,
    Buffer.from(little).swap16(),
    Buffer.from(encodeURIComponent(text)),
    Buffer.from(JSON.stringify(text).slice(1, -1)),
    Buffer.from(Buffer.from(text).toString('base64').slice(0, -4)),
    Buffer.from(Buffer.from(text).toString('hex')),
  ]
}
