import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as pause } from 'node:timers/promises'
import Libsql from 'libsql'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openFile } from '../../db/core/client.node.ts'
import type { Database } from '../../db/core/database.ts'
import { migrate } from '../../db/core/migrate.ts'
import { probeWrite } from '../../db/core/probe-write.ts'
import { createApp } from '../../src/app.ts'
import { createWorld } from '../helpers/app.ts'

const AT = '2018-06-01T00:00:00.000Z'
const folder = mkdtempSync(join(tmpdir(), 'weiqitong-locked-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let db: Database
let files = 0
let path = ''
beforeEach(async () => {
  path = join(folder, `${++files}.db`)
  db = openFile(path)
  await migrate(db, AT)
})
afterEach(() => db.close())

/** Another process that holds the file. */
function hold() {
  const other = new Libsql(path)
  other.exec('BEGIN IMMEDIATE')
  return {
    release: () => {
      other.exec('ROLLBACK')
      other.close()
    },
  }
}
const put = (key: string) =>
  db.write([
    { sql: 'INSERT INTO attempts (key, count, ends_at) VALUES (?, 1, ?)', args: [key, AT] },
  ])
const keys = async () =>
  (await db.read([{ sql: 'SELECT key FROM attempts ORDER BY key', args: [] }]))[0]?.flat()

describe('a file that another process holds', () => {
  it('lets the event loop go on, and takes what waited in its order', async () => {
    const holder = hold()
    const delay = monitorEventLoopDelay({ resolution: 5 })
    delay.enable()
    const writes = [put('a'), put('b'), put('c')]
    await pause(900)
    writes.push(put('d'))
    expect(await keys()).toEqual([])
    holder.release()
    await Promise.all(writes)
    delay.disable()
    expect(await keys()).toEqual(['a', 'b', 'c', 'd'])
    expect(delay.max / 1e6).toBeLessThan(500)
  })

  it('fails what has waited three seconds, and works again after', async () => {
    const holder = hold()
    const began = performance.now()
    await expect(put('a')).rejects.toThrow(/locked/)
    expect(performance.now() - began).toBeLessThan(8000)
    holder.release()
    await put('b')
    expect(await keys()).toEqual(['b'])
  }, 20_000)

  it('is closed without losing what waits', async () => {
    const holder = hold()
    const written = put('a')
    const closed = db.close()
    await pause(100)
    holder.release()
    await Promise.all([written, closed])
    db = openFile(path)
    expect(await keys()).toEqual(['a'])
  })
})

describe('whether something can be written', () => {
  it('is said with the reason, and by /readyz', async () => {
    const world = await createWorld([], { db })
    const app = createApp(world.deps)
    const ready = async () => {
      const response = await app.request('/readyz')
      return [response.status, ((await response.json()) as { problem?: string }).problem]
    }
    expect(await ready()).toEqual([200, undefined])

    const holder = hold()
    expect(await ready()).toEqual([503, 'locked'])
    holder.release()
    expect(await ready()).toEqual([200, undefined])

    await db.read([{ sql: 'PRAGMA query_only = 1', args: [] }])
    expect(await ready()).toEqual([503, 'read-only'])
    await db.read([{ sql: 'PRAGMA query_only = 0', args: [] }])
    expect(await ready()).toEqual([200, undefined])
  }, 20_000)

  it('knows a full disk', async () => {
    const full: Database = {
      ...db,
      write: () => Promise.reject(new Error('SqliteError: database or disk is full')),
    }
    expect(await probeWrite(full, AT)).toBe('disk-full')
  })
})
