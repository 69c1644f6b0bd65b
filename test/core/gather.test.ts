import { afterEach, beforeEach, expect, it } from 'vitest'
import { openFile } from '../../db/core/client.node.ts'
import { ConstraintError, type Database } from '../../db/core/database.ts'
import { gather } from '../../db/core/gather.ts'

let db: Database
let batches: number[]
let gathered: Database
beforeEach(async () => {
  db = openFile(':memory:')
  await db.write([{ sql: 'CREATE TABLE things (id INTEGER PRIMARY KEY)', args: [] }])
  batches = []
  const write = db.write
  const counting: Database = {
    ...db,
    write: (statements) => {
      batches.push(statements.length)
      return write(statements)
    },
  }
  gathered = gather(counting, () => new Promise((resolve) => setTimeout(resolve, 20)))
})
afterEach(() => db.close())

const add = (id: number) => ({ sql: 'INSERT INTO things VALUES (?) RETURNING id', args: [id] })
const ids = async () =>
  (await db.read([{ sql: 'SELECT id FROM things ORDER BY id', args: [] }]))[0]?.flat()

it('what comes while one waits goes in one batch, and each is given its own rows', async () => {
  const answers = await Promise.all([
    gathered.write([add(1), add(2)]),
    gathered.write([]),
    gathered.write([add(3)]),
  ])
  expect(answers).toEqual([[[[1]], [[2]]], [], [[[3]]]])
  expect(batches).toEqual([3])
  await gathered.write([add(4)])
  expect(batches).toEqual([3, 1])
})

it('one to whom a key says no takes nobody along', async () => {
  await db.write([add(2)])
  const [one, two, three] = await Promise.allSettled(
    [1, 2, 3].map((id) => gathered.write([add(id)])),
  )
  expect([one?.status, two?.status, three?.status]).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect(two).toMatchObject({ reason: expect.any(ConstraintError) })
  expect(await ids()).toEqual([1, 2, 3])
})

it('any other failure is told to all, and none is tried again', async () => {
  const failing = gather(
    { ...db, write: () => Promise.reject(new Error('the line is cut')) },
    async () => {},
  )
  const ends = await Promise.allSettled([failing.write([add(1)]), failing.write([add(2)])])
  expect(ends.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  expect(await ids()).toEqual([])
})
