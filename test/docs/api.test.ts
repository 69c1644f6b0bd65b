import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openFile } from '../../db/core/client.node.ts'
import { createWorld, KEY_SETTINGS, type TestWorld } from '../helpers/app.ts'
import { handIn } from '../helpers/desk.ts'
import { startTestServer } from '../helpers/server.ts'

const run = promisify(execFile)
const ROOT = join(import.meta.dirname, '../..')
const page = readFileSync(join(ROOT, 'docs/api.md'), 'utf8')
const blocks = (mark: string) =>
  [...page.matchAll(new RegExp(`^\`\`\`${mark}\\n([^]*?)^\`\`\``, 'gm'))].map(
    ([, code]) => code ?? '',
  )

let server: Awaited<ReturnType<typeof startTestServer>>
let world: TestWorld
let folder: string
let said: string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'door-'))
  server = await startTestServer()
  world = await createWorld([], { db: openFile(server.databasePath) })
  await handIn(world, 1)
  // Each call is set apart, and the secrets go on to the client.
  const script = `${blocks('sh tour').join('\n')}\nprintf '\\nKEY=%s NUMBER=%s' "$KEY" "$NUMBER"`
  const { stdout } = await run(
    'sh',
    ['-eu', '-c', script.replaceAll(/^# (\d+)\./gm, 'printf \'\\n%s \' "#$1" #')],
    {
      cwd: ROOT,
      env: {
        ...process.env,
        ...KEY_SETTINGS,
        DATABASE_URL: `file:${server.databasePath}`,
        URL: server.url,
      },
    },
  )
  said = stdout
}, 120_000)
afterAll(async () => {
  await world.close()
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
})

const call = (number: number) =>
  said.split('\n').find((line) => line.startsWith(`#${number} `)) ?? ''

it('holds its ten calls', () => {
  expect(call(1)).toContain('"role":"district-reviewer"')
  expect(call(2)).toContain('"kind":"answered"')
  expect(call(3)).toContain('"next":null')
  expect(call(4)).toContain('"stage":"submitted"')
  expect(call(4)).not.toContain('王小明')
  expect(call(5)).toContain('"code":"no-version"')
  expect(call(6)).toContain('"stage":"accepted"')
  expect(call(7).slice(3)).toBe(call(6).slice(3))
  expect(call(8)).toContain('"code":"stale"')
  expect(call(9)).toContain('"state":"open"')
  expect(call(10)).toContain('"agreed":0')
})

it('holds its client, of thirty lines and no more', async () => {
  const [client = ''] = blocks('ts client')
  expect(
    client
      .trim()
      .split('\n')
      .filter((line) => line !== '').length,
  ).toBeLessThanOrEqual(32)
  const file = join(folder, 'client.ts')
  writeFileSync(file, client)
  const [, KEY = '', NUMBER = ''] = /KEY=(\S+) NUMBER=(\S+)/.exec(said) ?? []
  const { stdout } = await run(join(ROOT, 'node_modules/.bin/node'), [file], {
    env: { ...process.env, URL: server.url, KEY, NUMBER },
  })
  expect(stdout.trim()).toBe('district-review')
})

it('leaves the key nowhere but with whoever made it', async () => {
  const [, key = 'x'] = /KEY=(\S+) /.exec(said) ?? []
  expect(key).toMatch(/^wqt_/)
  const { stdout } = await run('sh', [
    '-c',
    `cat "${server.databasePath}"* | grep -c -a -F "${key.slice(4)}" || true`,
  ])
  expect(stdout.trim()).toBe('0')
}, 30_000)
