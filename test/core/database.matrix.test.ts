import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openFile } from '../../db/core/client.node.ts'
import { openRemote } from '../../db/core/client.web.ts'
import { ConstraintError, type Database } from '../../db/core/database.ts'
import { migrate } from '../../db/core/migrate.ts'
import { packs } from '../../db/policy/index.ts'
import { currentRevision, loadPack } from '../../db/policy/packs.ts'
import { savePack } from '../../src/kernel/commit/save-pack.ts'
import { startHranaServer } from '../fixtures/hrana-server.ts'

const NOW = '2018-06-01T00:00:00.000Z'
const folder = mkdtempSync(join(tmpdir(), 'weiqitong-db-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

type Opened = { db: Database; close: () => Promise<void> }
const kinds: [string, () => Promise<Opened>][] = [
  [
    'memory',
    async () => {
      const db = openFile(':memory:')
      return { db, close: () => db.close() }
    },
  ],
  [
    'a file',
    async () => {
      const db = openFile(join(folder, 'a.db'))
      return { db, close: () => db.close() }
    },
  ],
  [
    'a server over HTTP',
    async () => {
      const server = await startHranaServer({ token: 'secret' })
      const db = openRemote({ url: server.url, authToken: 'secret' })
      return {
        db,
        close: async () => {
          await db.close()
          await server.close()
        },
      }
    },
  ],
]

describe.each(kinds)('%s', (_, open) => {
  let db: Database
  let close: () => Promise<void>
  beforeAll(async () => {
    ;({ db, close } = await open())
    await db.write([
      { sql: 'CREATE TABLE parents (id INTEGER PRIMARY KEY) STRICT', args: [] },
      {
        sql: `CREATE TABLE things (id INTEGER PRIMARY KEY, name TEXT UNIQUE, size REAL, body BLOB,
          parent INTEGER REFERENCES parents (id), CHECK (size IS NULL OR size >= 0)) STRICT`,
        args: [],
      },
    ])
  })
  afterAll(() => close())

  const insert = (id: number, name: string | null = null) => ({
    sql: 'INSERT INTO things (id, name) VALUES (?, ?)',
    args: [id, name],
  })
  const count = async () => {
    const [rows] = await db.read([{ sql: 'SELECT count(*) FROM things', args: [] }])
    return rows?.[0]?.[0]
  }

  it('gives every kind of value back as it was', async () => {
    const values = ['汉字 ’ " \\ 🙂', 2 ** 53 - 1, 1.5, null]
    await db.write([
      {
        sql: 'INSERT INTO things (id, name, size, body) VALUES (?, ?, ?, ?)',
        args: [2 ** 53 - 1, values[0] as string, 1.5, new Uint8Array([0, 255])],
      },
    ])
    const [rows] = await db.read([
      { sql: 'SELECT name, id, size, parent, body FROM things', args: [] },
    ])
    const [name, id, size, parent, body] = rows?.[0] ?? []
    expect([name, id, size, parent]).toEqual(values)
    expect([...(body as Uint8Array)]).toEqual([0, 255])
    await db.write([{ sql: 'DELETE FROM things', args: [] }])
  })

  it('answers each statement in order, and rows in the order of their columns', async () => {
    const [first, second] = await db.read([
      { sql: 'SELECT 2 AS same, 1 AS same', args: [] },
      { sql: 'SELECT ?', args: ['x'] },
    ])
    expect(first).toEqual([[2, 1]])
    expect(second).toEqual([['x']])
  })

  it('writes all of a batch or nothing, and names the key that said no', async () => {
    await db.write([insert(1, 'one')])
    const failing = db.write([insert(2, 'two'), insert(3, 'one')])
    await expect(failing).rejects.toBeInstanceOf(ConstraintError)
    await expect(failing).rejects.toMatchObject({ columns: ['things.name'] })
    expect(await count()).toBe(1)
  })

  it('keeps foreign keys and checks', async () => {
    const orphan = { sql: 'INSERT INTO things (id, parent) VALUES (9, 99)', args: [] }
    const negative = { sql: 'INSERT INTO things (id, size) VALUES (9, -1)', args: [] }
    await expect(db.write([orphan])).rejects.toBeInstanceOf(ConstraintError)
    await expect(db.write([negative])).rejects.toBeInstanceOf(ConstraintError)
  })

  it('does not take a mistake of ours for a constraint', async () => {
    const wrong = db.write([{ sql: 'INSERT INTO nowhere VALUES (1)', args: [] }])
    await expect(wrong).rejects.toThrow('no such table')
    await expect(wrong).rejects.not.toBeInstanceOf(ConstraintError)
  })

  it('takes 200 batches at once; those that fail disturb no neighbour', async () => {
    const before = Number(await count())
    const results = await Promise.allSettled(
      Array.from({ length: 200 }, (_, index) =>
        db.write([insert(1000 + index), insert(index % 4 === 0 ? 1 : 5000 + index)]),
      ),
    )
    expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(50)
    expect(await count()).toBe(before + 300)
  })

  it('returns rows from a write', async () => {
    const [rows] = await db.write([
      { sql: 'UPDATE things SET size = 3 WHERE id = 1 RETURNING id, size', args: [] },
    ])
    expect(rows).toEqual([[1, 3]])
  })

  it('migrates once, however many do it at once', async () => {
    await Promise.all([migrate(db, NOW), migrate(db, NOW)])
    await migrate(db, NOW)
    const [rows] = await db.read([{ sql: 'SELECT count(*) FROM migrations', args: [] }])
    expect(rows?.[0]?.[0]).toBeGreaterThan(0)
  })

  it('keeps each revision of a pack, and never undoes a later one', async () => {
    const pack = packs['guiyang-2018']?.()
    if (pack === undefined) throw new Error('no pack')
    const first = await savePack(db, pack, NOW)
    expect(await savePack(db, pack, NOW)).toBe(first)
    expect(await loadPack(db, first)).toEqual(pack)
    const changed = structuredClone(pack)
    const entry = changed.faq[0]
    if (entry === undefined) throw new Error('no entry')
    entry['zh-Hans'].answer = '改过的答案。'
    const second = await savePack(db, changed, NOW)
    expect(await currentRevision(db, 'guiyang-2018')).toBe(second)
    await savePack(db, pack, NOW)
    expect(await currentRevision(db, 'guiyang-2018')).toBe(second)
    expect((await loadPack(db, first)).faq[0]?.['zh-Hans'].answer).toBe(
      pack.faq[0]?.['zh-Hans'].answer,
    )
    expect((await loadPack(db, second)).faq[0]?.['zh-Hans'].answer).toBe('改过的答案。')
  })
})

describe('a server over HTTP', () => {
  it('refuses a wrong token, and its troubles are no constraints', async () => {
    const server = await startHranaServer({ token: 'secret' })
    const stranger = openRemote({ url: server.url, authToken: 'wrong' })
    await expect(stranger.read([{ sql: 'SELECT 1', args: [] }])).rejects.toThrow()
    const db = openRemote({ url: server.url, authToken: 'secret' })
    for (const kind of ['unavailable', 'reset'] as const) {
      server.trouble(kind)
      await expect(db.write([{ sql: 'SELECT 1', args: [] }])).rejects.not.toBeInstanceOf(
        ConstraintError,
      )
    }
    expect(await db.read([{ sql: 'SELECT 1', args: [] }])).toEqual([[[1]]])
    await db.close()
    await server.close()
  })
})

describe('SIGKILL', () => {
  const WRITER = `
    const { openFile } = await import(process.argv[1])
    const db = openFile(process.argv[2])
    await db.write([{ sql: 'CREATE TABLE IF NOT EXISTS acknowledged (id TEXT PRIMARY KEY)', args: [] }])
    for (let round = 0; ; round++) {
      await Promise.all(Array.from({ length: 8 }, async (_, index) => {
        const id = process.argv[3] + '-' + round + '-' + index
        await db.write([{ sql: 'INSERT INTO acknowledged VALUES (?)', args: [id] }])
        process.stdout.write(id + '\\n')
      }))
    }`

  it('loses nothing that was acknowledged', async () => {
    const path = join(folder, 'killed.db')
    const acknowledged: string[] = []
    for (let kill = 0; kill < 8; kill++) {
      const client = new URL('../../db/core/client.node.ts', import.meta.url).href
      const child = spawn(
        process.execPath,
        ['--input-type=module', '-e', WRITER, client, path, String(kill)],
        {
          stdio: ['ignore', 'pipe', 'inherit'],
        },
      )
      let heard = ''
      child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
        heard += chunk
      })
      await once(child.stdout, 'data')
      await new Promise((resolve) => setTimeout(resolve, 20 + kill * 15))
      child.kill('SIGKILL')
      await once(child, 'close')
      acknowledged.push(...heard.split('\n').slice(0, -1))
    }
    const db = openFile(path)
    const [rows = []] = await db.read([{ sql: 'SELECT id FROM acknowledged', args: [] }])
    const kept = new Set(rows.map(([id]) => id))
    expect(acknowledged.length).toBeGreaterThan(100)
    expect(acknowledged.filter((id) => !kept.has(id))).toEqual([])
    await db.close()
  })
})
