import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync } from 'node:zlib'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openFile } from '../../db/core/client.node.ts'
import { requireKeys } from '../../db/core/keys/key-marks.ts'
import { migrations } from '../../db/migrations/index.ts'
import { createWorld, type TestWorld, testVault } from '../helpers/app.ts'
import { applicationLines, numberIn } from '../helpers/applicant.ts'
import { createFakeChannel } from '../helpers/channels/fake-channel.ts'
import { createTalker } from '../helpers/talk.ts'

/**
 * The file that the code of 8758e3b left, sealed with the tests' keys of zeros: `half-way` had typed the first eleven lines of
 * an application on the web, `handed-in` all of one, and `waits` asked for a person on WeChat.
 */
const OLD = brotliDecompressSync(readFileSync('test/fixtures/database-8758e3b.br'))
/** How the version before asked for the item, and how it is asked for now. */
const ASKED_BEFORE = '第9项（共16项）　企业叫什么名字？'
const ASKED = '企业叫什么名字？'

let folder: string
let world: TestWorld
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'weiqitong-upgrade-'))
  const path = join(folder, 'old.db')
  writeFileSync(path, OLD)
  world = await createWorld([createFakeChannel()], { db: openFile(path) })
})
afterEach(async () => {
  await world.close()
  rmSync(folder, { recursive: true, force: true })
})

it('has every migration by then', async () => {
  const [rows = []] = await world.db.read([{ sql: 'SELECT name FROM migrations', args: [] }])
  expect(rows.map(([name]) => name).sort()).toEqual(migrations.map(({ name }) => name))
})

it('opens with the keys it was sealed with, and is marked with them', async () => {
  const now = world.deps.now()
  expect(await requireKeys(world.db, testVault, now)).toBeNull()
  const [marks = []] = await world.db.read([{ sql: 'SELECT kind FROM key_marks', args: [] }])
  expect(marks.map(([kind]) => kind).sort()).toEqual(['data', 'index'])
})

it('gives an event that is delivered again the reply that was stored', async () => {
  const person = createTalker(world, { channel: 'web', id: 'half-way' })
  const last = applicationLines(1)[10] ?? ''
  const reply = await person.say(last, 'web:half-way:11')
  expect(reply).toBe(
    `${ASKED_BEFORE}还没办执照的，写打算起的名字。\n（有营业执照的，照执照上的“名称”写。）`,
  )
  expect(await person.say(last, 'web:half-way:11')).toBe(reply)
})

it('answers a question in the middle of a form, and goes on at its item to the number', async () => {
  const person = createTalker(world, { channel: 'web', id: 'half-way' })
  const answered = await person.say('钱多少', 'new-1')
  expect(answered).toContain('万')
  expect(answered).toContain(ASKED)
  let said = ''
  for (const [at, line] of applicationLines(1).slice(11).entries()) {
    said = await person.say(line, `new-${2 + at}`)
  }
  expect(numberIn(said)).not.toBeNull()
})

it('knows the application that was handed in', async () => {
  const person = createTalker(world, { channel: 'web', id: 'handed-in' })
  expect(await person.say('进度', 'new-1')).toContain('GY18-02-000016')
})

it('leaves whoever waits for a person with that person, until they go back', async () => {
  const person = createTalker(world, { channel: 'wechat', id: 'waits' })
  expect(await person.say('有人吗', 'new-1')).toBe('')
  expect(await person.say('返回机器人', 'new-2')).not.toBe('')
})
