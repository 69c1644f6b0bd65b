import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import Libsql from 'libsql'
import { afterAll, expect, it } from 'vitest'
import { readConfig } from '../../src/kernel/config.ts'
import { startServer } from '../../src/node.ts'
import { backUp } from '../../src/platform/backup/back-up.node.ts'
import { KEY_SETTINGS } from '../helpers/app.ts'

const folder = mkdtempSync(join(tmpdir(), 'weiqitong-backup-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const run = promisify(execFile)

const settings = (database: string) => ({
  ...KEY_SETTINGS,
  PORT: '0',
  LOG: 'off',
  SESSION_SECRET: 'a secret for tests only, 32 characters',
  DATABASE_URL: `file:${database}`,
})

/** The command line as people run it; `ok`: it ended with 0. */
async function cli(database: string, ...args: string[]): Promise<{ ok: boolean; said: string }> {
  try {
    const { stdout } = await run(process.execPath, ['src/cli.ts', ...args], {
      env: { ...process.env, ...settings(database) },
    })
    return { ok: true, said: stdout }
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string }
    return { ok: false, said: `${stdout}${stderr}` }
  }
}

it('copies of a database under load are whole, and hold every turn acknowledged before', async () => {
  const database = join(folder, 'load.db')
  const server = await startServer(readConfig(settings(database)))
  type Turn = { token: string; id: string; body: string; answer: string }
  const acknowledged: Turn[] = []
  let talking = true
  const people = Array.from({ length: 8 }, async (_, person) => {
    let token = ''
    for (let next = 0; talking; next++) {
      const id = `load-${person}-${next}`
      const body = JSON.stringify({ id, text: next % 2 === 0 ? '钱多少' : '菜单' })
      const response = await post(server.url, token, body)
      token ||= response.headers.get('x-conversation') ?? ''
      acknowledged.push({ token, id, body, answer: await response.text() })
    }
  })
  const copies: { path: string; before: number }[] = []
  for (let copy = 0; copy < 3; copy++) {
    await expect
      .poll(() => acknowledged.length, { timeout: 60_000 })
      .toBeGreaterThan(40 * (copy + 1))
    const path = join(folder, `copy-${copy}.db`)
    const before = acknowledged.length
    const { ok, said } = await cli(database, 'backup', path)
    expect(said).toContain(path)
    expect(ok).toBe(true)
    copies.push({ path, before })
  }
  const duringLoad = acknowledged.length
  expect(duringLoad, 'people were answered while it was copied').toBeGreaterThan(
    copies[2]?.before ?? 0,
  )
  const refused = await cli(database, 'restore', copies[0]?.path ?? '')
  expect(refused).toEqual({ ok: false, said: expect.stringContaining('in use') })
  talking = false
  await Promise.all(people)
  await server.stop()

  const last = copies[2] as (typeof copies)[number]
  const elsewhere = join(folder, 'restored', 'weiqitong.db')
  expect(await cli(elsewhere, 'restore', last.path)).toMatchObject({ ok: true })
  expect(await cli(elsewhere, 'verify')).toMatchObject({ ok: true })
  const again = await startServer(readConfig(settings(elsewhere)))
  for (const { token, body, answer } of acknowledged.slice(0, last.before)) {
    const response = await post(again.url, token, body)
    expect(await response.text()).toBe(answer)
  }
  await again.stop()
}, 180_000)

function post(url: string, token: string, body: string): Promise<Response> {
  return fetch(`${url}/webhooks/web`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
    },
    body,
  })
}

it('a restore keeps what was there, and refuses what is no whole backup', async () => {
  const database = join(folder, 'own.db')
  const backup = join(folder, 'own-backup.db')
  expect(await cli(database, 'misses')).toMatchObject({ ok: true })
  expect(await cli(database, 'backup', backup)).toMatchObject({ ok: true })
  expect(await cli(database, 'backup', backup), 'never over another').toMatchObject({ ok: false })

  const former = readFileSync(database)
  const junk = join(folder, 'junk.db')
  writeFileSync(junk, 'this is no database, but a text that is long enough to be read as one')
  expect(await cli(database, 'restore', junk)).toMatchObject({ ok: false })
  const torn = join(folder, 'torn.db')
  writeFileSync(torn, former.subarray(0, Math.floor(former.length / 2)))
  expect(await cli(database, 'restore', torn)).toMatchObject({ ok: false })
  expect(await cli(database, 'restore', join(folder, 'nowhere.db'))).toMatchObject({ ok: false })
  expect(readdirSync(folder).filter((name) => name.startsWith('own.db.'))).toEqual([])

  expect(await cli(database, 'restore', backup)).toMatchObject({ ok: true })
  const kept = readdirSync(folder).filter((name) => name.startsWith('own.db.before-restore-'))
  expect(kept).toHaveLength(1)
  expect(await cli(database, 'verify')).toMatchObject({ ok: true })
}, 180_000)

it('verify names what is wrong', async () => {
  const database = join(folder, 'wrong.db')
  expect(await cli(database, 'misses')).toMatchObject({ ok: true })
  const connection = new Libsql(database)
  connection.pragma('foreign_keys = OFF')
  connection.exec(`INSERT INTO links (token_hash, contact_id, carried, expires_at)
    VALUES ('h', 'nobody', x'01', '2018-01-01')`)
  connection.exec(`INSERT INTO attachments (id, source, channel, status, mime, size, created_at)
    VALUES ('f', 's', 'web', 'loose', 'image/png', 1, '2018-01-01')`)
  connection.exec(`INSERT INTO blobs (key, part, bytes) VALUES ('f', 0, x'02')`)
  connection.close()
  const { ok, said } = await cli(database, 'verify')
  expect(ok).toBe(false)
  expect(said).toMatch(/✗ references .* links/)
  expect(said).toMatch(/✗ sealed links\.carried .* 1 of 1 do not open/)
  expect(said).toMatch(/✗ files .* 1 of 1 do not open/)
}, 180_000)

it('a copy that was killed leaves no file under its name, and the next one succeeds', async () => {
  const database = join(folder, 'big.db')
  const connection = new Libsql(database)
  connection.exec('CREATE TABLE filler (bytes BLOB)')
  connection.exec(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 4000)
    INSERT INTO filler SELECT randomblob(20000) FROM n`)
  connection.close()
  const to = join(folder, 'big-copy.db')
  const child = spawn(process.execPath, [
    '--input-type=module',
    '-e',
    `import { backUp } from '${join(import.meta.dirname, '../../src/platform/backup/back-up.node.ts')}'
     backUp('${database}', '${to}')`,
  ])
  await expect.poll(() => existsSync(`${to}.partial`), { interval: 2, timeout: 30_000 }).toBe(true)
  child.kill('SIGKILL')
  await once(child, 'close')
  expect(existsSync(to)).toBe(false)
  expect(backUp(database, to)).toEqual({ ok: true, path: to })
  expect(existsSync(`${to}.partial`)).toBe(false)
}, 180_000)
