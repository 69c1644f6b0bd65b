import { afterEach, beforeEach, expect, it } from 'vitest'
import { openRemote } from '../../db/core/client.web.ts'
import type { Database } from '../../db/core/database.ts'
import { migrate } from '../../db/core/migrate.ts'
import { type HranaServer, startHranaServer } from '../fixtures/hrana-server.ts'

const NOW = '2018-06-01T00:00:00.000Z'
const ROWS = 10_000
const SLICE = 1500
const LIST = [
  {
    name: '0001-things',
    sql: `CREATE TABLE things (id INTEGER PRIMARY KEY, word TEXT NOT NULL);
INSERT INTO things WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${ROWS}) SELECT i, 'w' || i FROM n;
`,
  },
  {
    name: '0002-length',
    sql: 'ALTER TABLE things ADD COLUMN letters INTEGER;\n',
    slice: `UPDATE things SET letters = length(word) WHERE id IN (SELECT id FROM things WHERE letters IS NULL LIMIT ${SLICE}) RETURNING 1`,
  },
]

let server: HranaServer
let db: Database
beforeEach(async () => {
  server = await startHranaServer()
  db = openRemote({ url: server.url })
})
afterEach(async () => {
  await db.close()
  await server.close()
})

const one = async (sql: string) => (await db.read([{ sql, args: [] }]))[0]?.[0]?.[0]
const left = () => one('SELECT count(*) FROM things WHERE letters IS NULL')
const names = () => one('SELECT group_concat(name) FROM (SELECT name FROM migrations ORDER BY 1)')

it('what touches many rows is done in slices over a network, each a batch of its own', async () => {
  const before = server.requests()
  await migrate(db, NOW, LIST)
  expect(await left()).toBe(0)
  expect(server.requests() - before).toBeGreaterThan(ROWS / SLICE)
  expect(await names()).toBe('0001-things,0002-length,0002-length#begun')
  const after = server.requests()
  await migrate(db, NOW, LIST)
  expect(server.requests() - after).toBe(2)
})

it('goes on where it was broken off, without what was done before', async () => {
  const { write } = db
  let slices = 0
  const breaking: Database = {
    ...db,
    write: (batch, options) => {
      if (batch[0]?.sql.startsWith('UPDATE things') === true && ++slices > 3) {
        return Promise.reject(new Error('killed'))
      }
      return write(batch, options)
    },
  }
  await expect(migrate(breaking, NOW, LIST)).rejects.toThrow('killed')
  expect(await left()).toBe(ROWS - 3 * SLICE)
  expect(await names()).toBe('0001-things,0002-length#begun')
  await Promise.all([migrate(db, NOW, LIST), migrate(db, NOW, LIST)])
  expect(await left()).toBe(0)
})

it.each(['busy', 'transaction-timeout', 'lost-reset', 'reset', 'too-many'] as const)(
  'is done as a whole where the server is in trouble meanwhile: %s',
  async (trouble) => {
    const { write } = db
    let writes = 0
    db.write = (...batch) => {
      if (++writes % 3 === 0) server.trouble(trouble)
      return write(...batch)
    }
    await migrate(db, NOW, LIST)
    db.write = write
    expect([await left(), await one('SELECT count(*) FROM things')]).toEqual([0, ROWS])
  },
)
