import { spawn } from 'node:child_process'
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'

const ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

/** The product as `npm start` starts it; resolves to its address once it says it. */
async function npmStart(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'weiqitong-npm-start-'))
  ends.push(() => rmSync(folder, { recursive: true, force: true }))
  const child = spawn(process.execPath, ['src/start.node.ts'], {
    env: { ...process.env, PORT: '0', LOG: 'off', DATABASE_URL: `file:${folder}/a.db` },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const closed = new Promise((resolve) => child.once('close', resolve))
  ends.push(() => {
    child.kill('SIGKILL')
    return closed
  })
  let said = ''
  return new Promise((resolve, reject) => {
    const hear = (chunk: Buffer) => {
      said += chunk
      const url = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0]
      if (url !== undefined) resolve(url)
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.once('close', () => reject(new Error(said)))
  })
}

it('finds all that is imported when it is asked for: pages of people, of staff, the door', async () => {
  const url = await npmStart()
  for (const path of ['/healthz', '/', '/console/sign-in', '/api/v1/openapi.json']) {
    const response = await fetch(url + path)
    expect([path, response.status]).toEqual([path, 200])
  }
}, 120_000)

it('imports drizzle in one place, since each import of it makes Node read its list of exports anew', () => {
  const importers = globSync('{db,src}/**/*.{ts,tsx}').filter((file) =>
    /from 'drizzle-orm(?:\/sqlite-core)?'/.test(readFileSync(file, 'utf8')),
  )
  expect(importers).toEqual(['db/core/drizzle.ts'])
})
