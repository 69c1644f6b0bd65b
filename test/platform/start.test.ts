import { execFile } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import { afterAll, describe, expect, it } from 'vitest'
import { openFile } from '../../db/core/client.node.ts'
import { readConfig } from '../../src/kernel/config.ts'
import { startServer } from '../../src/node.ts'
import { startFault } from '../../src/platform/start-fault.ts'

const folder = mkdtempSync(join(tmpdir(), 'weiqitong-start-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const settings = (change: Record<string, string> = {}) => ({
  PORT: '0',
  LOG: 'off',
  DATABASE_URL: `file:${folder}/weiqitong.db`,
  ...change,
})
const started = (change: Record<string, string> = {}, options = {}) =>
  startServer(readConfig(settings(change)), options)
const faultOf = (change: Record<string, string>) =>
  started(change).then(
    () => 'it started',
    (error: unknown) => startFault(error) ?? `not foreseen: ${String(error)}`,
  )

describe('a start that cannot be', () => {
  it('says in a sentence what to do', async () => {
    writeFileSync(join(folder, 'a-file'), 'x')
    writeFileSync(
      join(folder, 'text.db'),
      'this is no database, but a text that is long enough'.repeat(40),
    )
    const server = await started()
    const port = new URL(server.url).port
    expect(await faultOf({ PORT: port, DATABASE_URL: 'file::memory:' })).toMatch(/set PORT/)
    await server.stop()
    expect(await faultOf({ HOST: '192.0.2.1', DATABASE_URL: 'file::memory:' })).toMatch(
      /HOST is no address/,
    )
    expect(await faultOf({ DATABASE_URL: `file:${folder}/a-file/x.db` })).toMatch(
      /The folder of DATABASE_URL/,
    )
    expect(await faultOf({ DATABASE_URL: `file:${folder}` })).toMatch(/The folder of DATABASE_URL/)
    expect(await faultOf({ DATABASE_URL: `file:${folder}/text.db` })).toMatch(
      /no database of this product/,
    )
    expect(
      await faultOf({
        DATABASE_URL: 'http://127.0.0.1:1',
        DATA_KEYS: `k1:${'A'.repeat(43)}=`,
        INDEX_KEY: `${'A'.repeat(43)}=`,
      }),
    ).toMatch(/server of DATABASE_URL does not answer/)
  }, 90_000)

  it('prints that sentence alone', async () => {
    const run = promisify(execFile)(process.execPath, ['src/node.ts'], {
      env: { ...process.env, ...settings({ DATABASE_URL: `file:${folder}/a-file/x.db` }) },
    })
    const { code, stderr } = await run.then(
      () => ({ code: 0, stderr: '' }),
      (error: { code: number; stderr: string }) => error,
    )
    expect([code, stderr.trim().split('\n').length]).toEqual([1, 1])
    expect(stderr).toContain('DATABASE_URL')
  }, 90_000)
})

it('database, log and keys are for their user alone, also where they were not', async () => {
  const path = join(folder, 'private', 'a.db')
  const config = { DATABASE_URL: `file:${path}` }
  await (await started(config)).stop()
  const kept = ['data-keys', 'session-secret'].map((name) => join(folder, 'private', name))
  for (const file of [path, ...kept]) chmodSync(file, 0o644)
  const server = await started(config)
  for (const file of [path, `${path}-wal`, ...kept])
    expect([file, statSync(file).mode & 0o777]).toEqual([file, 0o600])
  await server.stop()
  const fresh = join(folder, 'fresh.db')
  await openFile(fresh).close()
  expect(statSync(fresh).mode & 0o777).toBe(0o600)
}, 90_000)

it.each([
  ['session-secret', '', /session-secret is damaged/],
  ['session-secret', 'short\n', /session-secret is damaged/],
  ['data-keys', '', /data-keys is damaged/],
  ['data-keys', 'garbage\n', /data-keys is damaged/],
  ['data-keys', `${'A'.repeat(43)}=\nk1:${'A'.repeat(20)}\n`, /data-keys is damaged/],
])(
  'a %s of %j is no secret to go on with',
  async (name, text, said) => {
    const home = join(folder, `damaged-${name}-${text.length}`)
    const config = { DATABASE_URL: `file:${join(home, 'a.db')}` }
    await (await started(config)).stop()
    const path = join(home, name)
    const kept = readFileSync(path, 'utf8')
    writeFileSync(path, text)
    expect(await faultOf(config)).toMatch(said)
    expect(readFileSync(path, 'utf8')).toBe(text)
    // As an editor of another system leaves it.
    writeFileSync(path, kept.replaceAll('\n', '\r\n'))
    await (await started(config)).stop()
  },
  90_000,
)

it('a body that comes too slowly ends, and others are served meanwhile', async () => {
  const server = await started({}, { requestMilliseconds: 1500 })
  const { hostname, port } = new URL(server.url)
  const socket = connect(Number(port), hostname)
  let said = ''
  const ended = new Promise<void>((resolve) => socket.on('close', () => resolve()))
  socket.on('data', (bytes) => {
    said += bytes.toString()
  })
  socket.on('error', () => {})
  socket.write(
    'POST /webhooks/web HTTP/1.1\r\nHost: chat.test\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n',
  )
  const drip = (async () => {
    for (let sent = 0; sent < 100 && !socket.destroyed; sent++) {
      socket.write(' ')
      await pause(100)
    }
  })()
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200)
  await ended
  expect(said).toMatch(/^HTTP\/1\.1 408/)
  await drip
  await server.stop()
}, 60_000)

it('wrangler.toml names every secret there is', () => {
  const config = readFileSync('src/kernel/config.ts', 'utf8')
  const secrets = [...config.matchAll(/^ {2}(\w*(?:SECRET|TOKEN|KEYS?|KEY_OLD)): /gm)].map(
    ([, name]) => name ?? '',
  )
  expect(secrets.length).toBeGreaterThan(10)
  const named = readFileSync('wrangler.toml', 'utf8')
  // The login of a personal account is the gateway's, which needs Node.
  const missing = secrets.filter((name) => !named.includes(name) && name !== 'WECHATY_TOKEN')
  expect(missing).toEqual([])
})
