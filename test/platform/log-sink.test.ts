import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, mkdtempSync, openSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { createLogSink } from '../../src/platform/log-sink.node.ts'
import { KEY_SETTINGS } from '../helpers/app.ts'

const now = () => '2018-06-01T00:00:00.000Z'
const folder = mkdtempSync(join(tmpdir(), 'weiqitong-log-'))
let child: ChildProcess | null = null
afterEach(async () => {
  child?.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

/** The server with this as its standard output; gives its address once it answers. */
async function start(stdout: 'pipe' | number): Promise<{ process: ChildProcess; url: string }> {
  const port = await freePort()
  child = spawn(process.execPath, ['src/node.ts'], {
    stdio: ['ignore', stdout, 'inherit'],
    env: {
      ...process.env,
      ...KEY_SETTINGS,
      PORT: String(port),
      SESSION_SECRET: 'a secret for tests only, 32 characters',
      DATABASE_URL: `file:${folder}/log.db`,
    },
  })
  const url = `http://127.0.0.1:${port}`
  await expect
    .poll(
      () =>
        fetch(`${url}/healthz`).then(
          ({ status }) => status,
          () => 0,
        ),
      { timeout: 60_000 },
    )
    .toBe(200)
  return { process: child, url }
}

/** Requests that are refused, each of which is a line; gives the figure of the lines that were lost. */
async function logMuch(url: string, requests: number): Promise<number> {
  for (let sent = 0; sent < requests; sent += 50) {
    await Promise.all(
      Array.from({ length: 50 }, () =>
        fetch(`${url}/${'nothing'.repeat(20)}`).then((one) => one.text()),
      ),
    )
  }
  const figures = await (await fetch(`${url}/metrics`)).text()
  return Number(/^weiqitong_log_dropped_lines (\d+)$/m.exec(figures)?.[1])
}

describe('a server whose log', () => {
  it('has lost its reader answers on, and counts', async () => {
    const { process: server, url } = await start('pipe')
    server.stdout?.destroy()
    expect(await logMuch(url, 200)).toBeGreaterThan(100)
    expect(server.exitCode).toBeNull()
  }, 90_000)

  it('is on a full disk answers on, and counts', async () => {
    const full = openSync('/dev/full', 'w')
    const { process: server, url } = await start(full)
    closeSync(full)
    expect(await logMuch(url, 200)).toBeGreaterThan(100)
    expect(server.exitCode).toBeNull()
  }, 90_000)

  it('is read by nobody answers on', async () => {
    const { process: server, url } = await start('pipe')
    // Some 200 bytes each: more than a pipe holds.
    expect(await logMuch(url, 1500)).toBeGreaterThanOrEqual(0)
    expect((await fetch(`${url}/healthz`)).status).toBe(200)
    expect(server.exitCode).toBeNull()
  }, 120_000)
})

it('what a slow reader cannot take is dropped, counted, and said once it can', async () => {
  const taken: string[] = []
  const waiting: (() => void)[] = []
  const slow = new Writable({
    decodeStrings: false,
    write: (line, _, done) => {
      taken.push(String(line))
      waiting.push(done)
    },
  })
  const readAll = async () => {
    for (let done = waiting.shift(); done !== undefined; done = waiting.shift()) {
      done()
      await pause(1)
    }
  }
  const sink = createLogSink(slow, now)
  for (let line = 0; line < 30; line++) sink.write('x'.repeat(100_000))
  const dropped = sink.dropped()
  expect(dropped).toBeGreaterThan(15)
  await readAll()
  sink.write('again')
  await readAll()
  expect(JSON.parse(taken.at(-2) ?? '')).toMatchObject({ event: 'log-dropped', lines: dropped })
  expect(taken.at(-1)).toBe('again\n')
  expect(sink.dropped()).toBe(dropped)
})

it('a stream that breaks asynchronously ends nothing, and each line is counted', async () => {
  const broken = new Writable({
    autoDestroy: false,
    write: (_, __, done) => setImmediate(done, new Error('EPIPE')),
  })
  const sink = createLogSink(broken, now)
  sink.write('one')
  await pause(20)
  expect(sink.dropped()).toBe(1)
})
