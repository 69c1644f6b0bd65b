import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openRemote } from '../../db/core/client.web.ts'
import type { Database } from '../../db/core/database.ts'
import { BatchTooLargeError } from '../../db/core/remote-trouble.ts'
import { handleEvent } from '../../src/conversation/handle-event.ts'
import { type HranaServer, type HranaTrouble, startHranaServer } from '../fixtures/hrana-server.ts'
import { createWorld, type TestWorld } from '../helpers/app.ts'
import { createFakeChannel, eventOf } from '../helpers/channels/fake-channel.ts'

let server: HranaServer
let db: Database
beforeAll(async () => {
  server = await startHranaServer()
  db = openRemote({ url: server.url })
  await db.write([
    { sql: 'CREATE TABLE sums (id INTEGER PRIMARY KEY, n INTEGER NOT NULL)', args: [] },
  ])
})
beforeEach(() => db.write([{ sql: 'INSERT OR REPLACE INTO sums VALUES (1, 0)', args: [] }]))
afterAll(async () => {
  await db.close()
  await server.close()
})

const more = { sql: 'UPDATE sums SET n = n + 1 WHERE id = 1', args: [] }
const sum = async () =>
  (await db.read([{ sql: 'SELECT n FROM sums WHERE id = 1', args: [] }]))[0]?.[0]?.[0]

describe('a database behind a network', () => {
  it.each<HranaTrouble>(['busy', 'transaction-busy', 'transaction-timeout', 'too-many'])(
    'does anything once more where nothing was done: %s',
    async (kind) => {
      server.trouble(kind, kind)
      await db.write([more])
      expect(await sum()).toBe(1)
    },
  )

  it.each<HranaTrouble>(['unavailable', 'bad-gateway', 'reset', 'lost-reset', 'lost-bad-gateway'])(
    'tells of a write whose answer is lost, and does it no second time: %s',
    async (kind) => {
      server.trouble(kind)
      await expect(db.write([more])).rejects.toThrow()
      expect(await sum()).toBe(kind.startsWith('lost') ? 1 : 0)
    },
  )

  it.each<HranaTrouble>(['unavailable', 'bad-gateway', 'reset', 'busy', 'too-many'])(
    'reads once more: %s',
    async (kind) => {
      server.trouble(kind, kind, kind)
      expect(await sum()).toBe(0)
    },
  )

  it.each<[HranaTrouble, number]>([
    ['silent', 0],
    ['lost-silent', 1],
  ])('does not wait for an answer that does not come: %s', async (kind, written) => {
    const hasty = openRemote({ url: server.url, patience: 1000 })
    // The first request of all asks which versions there are.
    await hasty.read([{ sql: 'SELECT 1', args: [] }])
    server.trouble(kind)
    await expect(hasty.write([more])).rejects.toThrow()
    expect(await sum()).toBe(written)
    server.trouble('silent')
    expect(await hasty.read([{ sql: 'SELECT 1', args: [] }])).toEqual([[[1]]])
    await hasty.close()
  })

  it('gives up after some tries, and takes what is final as it is', async () => {
    const before = server.requests()
    server.trouble('busy', 'busy', 'busy', 'busy', 'busy')
    await expect(db.write([more])).rejects.toThrow('locked')
    server.trouble('too-large')
    await expect(sum()).rejects.toThrow('too large')
    expect(server.requests() - before).toBe(6)
  })

  it('does not send what is too large for one batch', async () => {
    const before = server.requests()
    const large = { sql: 'SELECT ?', args: [new Uint8Array(20 * 1024 * 1024)] }
    await expect(db.write([large])).rejects.toThrow(BatchTooLargeError)
    expect(server.requests() - before).toBe(0)
  })
})

describe('a turn over a network that fails', () => {
  const network = createFakeChannel({ repliesInResponse: 10 })
  let world: TestWorld
  let remote: HranaServer
  beforeEach(async () => {
    remote = await startHranaServer()
    world = await createWorld([network], { db: openRemote({ url: remote.url }) })
  })
  afterEach(async () => {
    await world.close()
    await remote.close()
  })

  it.each<HranaTrouble>([
    'reset',
    'lost-reset',
    'bad-gateway',
    'lost-bad-gateway',
    'busy',
    'too-many',
  ])(
    'is answered, and taken once, whether its writing was lost before or after: %s',
    async (kind) => {
      await handleEvent(world.deps, network, eventOf('ada', 'm1', '你好'))
      const { write } = world.db
      // The look goes through; the writing of the turn does not.
      world.db.write = (...batch) => {
        remote.trouble(kind)
        world.db.write = write
        return write(...batch)
      }
      const reply = await handleEvent(world.deps, network, eventOf('ada', 'm2', '钱多少'))
      expect(reply?.turn).toBe(2)
      expect(reply?.messages.length).toBeGreaterThan(0)
      const [rows = []] = await world.db.read([
        { sql: 'SELECT turn FROM turns ORDER BY turn', args: [] },
      ])
      expect(rows).toEqual([[1], [2]])
    },
  )
})
