import { execFile } from 'node:child_process'
import { globSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, it } from 'vitest'

const run = promisify(execFile)
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'assets-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const target = () => join(folder, 'assets')
const collect = () => run(process.execPath, ['src/http/collect-assets.node.ts', target()])
const names = () =>
  globSync('**', { cwd: target() }).filter((name) => statSync(join(target(), name)).isFile())

it('puts together what is served, and takes away what is not any more', async () => {
  await collect()
  expect(names()).toEqual(expect.arrayContaining(['chat.js', 'console.css', 'ext/hx-sse.min.js']))
  const before = names().sort()
  writeFileSync(join(target(), 'stray.js'), 'x')
  writeFileSync(join(target(), 'chat.js'), 'half of')
  await collect()
  expect(names().sort()).toEqual(before)
  expect(readFileSync(join(target(), 'chat.js'), 'utf8')).toBe(
    readFileSync('bots/web/public/chat.js', 'utf8'),
  )
})

it('leaves every file whole for whoever serves it, while several put the same together at once', async () => {
  await collect()
  const whole = new Map(names().map((name) => [name, readFileSync(join(target(), name))]))
  let running = true
  const all = Promise.all([collect(), collect(), collect()]).finally(() => {
    running = false
  })
  try {
    while (running) {
      for (const [name, bytes] of whole) {
        expect(readFileSync(join(target(), name)).equals(bytes), name).toBe(true)
      }
      await new Promise((resolve) => setImmediate(resolve))
    }
  } finally {
    await all
  }
})
