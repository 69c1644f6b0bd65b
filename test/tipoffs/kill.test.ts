import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, expect, it, onTestFinished } from 'vitest'
import { openFile } from '../../db/core/client.node.ts'
import { findTipOff } from '../../db/tipoffs/desk.ts'
import { findByNumber } from '../../db/tipoffs/tip-offs.ts'
import { numberIndex } from '../../src/tipoffs/key.ts'
import { createWorld } from '../helpers/app.ts'
import { createTalker } from '../helpers/talk.ts'

const folder = mkdtempSync(join(tmpdir(), 'weiqitong-tip-offs-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Tells and hands in without end, and says each number as it is shown, and again when it is acknowledged. */
const WRITER = `
  const { openFile } = await import(process.argv[1] + '/db/core/client.node.ts')
  const { createWorld } = await import(process.argv[1] + '/test/helpers/app.ts')
  const { createTalker } = await import(process.argv[1] + '/test/helpers/talk.ts')
  const { deps } = await createWorld([], { db: openFile(process.argv[2]) })
  const world = { deps: { ...deps, newId: () => crypto.randomUUID() } }
  const say = (line) => process.stdout.write(line + '\\n')
  await Promise.all([0, 1, 2].map(async (line) => {
    for (let n = 0; ; n++) {
      const id = [process.argv[3], line, n].join('-')
      const me = createTalker(world, { channel: 'web', id })
      const shown = await me.sayAll(['举报', '匿名举报', '事情' + id, '跳过', '跳过', '下一步'])
      const number = /编号：(\\d{3} \\d{3} \\d{3})/.exec(shown)?.[1].replaceAll(' ', '')
      say(['told', id, number].join(' '))
      const done = await me.say('记好了，交上去', 'hand-in ' + id)
      if (done.includes('已经交给')) say(['done', id, number].join(' '))
    }
  }))`

it('a tip-off is filed once with its number or not at all, whenever the process is killed', {
  timeout: 120_000,
}, async () => {
  const path = join(folder, 'killed.db')
  const root = new URL('../..', import.meta.url).href.replace(/\/$/, '')
  const heard: string[][] = []
  for (let kill = 0; kill < 3; kill++) {
    const child = spawn(
      process.execPath,
      ['--input-type=module', '-e', WRITER, root, path, String(kill)],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    )
    let said = ''
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      said += chunk
    })
    onTestFinished(() => void child.kill('SIGKILL'))
    while (said.split('\n').length <= 4) await once(child.stdout, 'data')
    await pause(kill * 41)
    child.kill('SIGKILL')
    await once(child, 'close')
    heard.push(
      ...said
        .split('\n')
        .slice(0, -1)
        .map((line) => line.split(' ')),
    )
  }
  const world = await createWorld([], { db: openFile(path) })
  onTestFinished(() => world.close())
  const { db, deps } = world
  const filed = async (number: string) => {
    const found = await findByNumber(db, await numberIndex(deps.vault, number))
    return found === null ? null : await findTipOff(db, deps.vault, found.id)
  }
  const told = heard.filter(([what]) => what === 'told')
  const done = heard.filter(([what]) => what === 'done')
  expect(done.length).toBeGreaterThan(2)
  for (const [, id = '', number = ''] of done) {
    expect((await filed(number))?.body.what, number).toBe(`事情${id}`)
  }
  const count = async () => {
    const [rows = []] = await db.read([{ sql: 'SELECT count(*) FROM tip_offs', args: [] }])
    return Number(rows[0]?.[0])
  }
  const before = await count()
  expect(before).toBeGreaterThanOrEqual(done.length)
  expect(before).toBeLessThanOrEqual(told.length)
  // The network delivers again what it has no answer to, and now and then what it has.
  for (const [, id = '', number = ''] of told) {
    const me = createTalker(world, { channel: 'web', id })
    expect(await me.say('记好了，交上去', `hand-in ${id}`)).toContain('已经交给')
    expect((await filed(number))?.body.what).toBe(`事情${id}`)
  }
  expect(await count()).toBe(told.length)
})
