import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { enqueue } from '../../db/outbox/outbox.ts'
import { startChores } from '../../src/chores.node.ts'
import { readConfig } from '../../src/kernel/config.ts'
import type { Deps } from '../../src/kernel/deps.ts'
import { createWorld, type TestWorld, testVault } from '../helpers/app.ts'
import { createFakeChannel } from '../helpers/channels/fake-channel.ts'
import { createTalker } from '../helpers/talk.ts'

const network = createFakeChannel({ repliesInResponse: 10 })
let world: TestWorld
let deps: Deps
let requests: number
let ending: AbortController
let chores: ReturnType<typeof startChores> | null = null
beforeEach(async () => {
  world = await createWorld([network])
  await createTalker(world, { channel: network.type, id: 'ada' }).say('你好')
  vi.useFakeTimers({
    toFake: ['setTimeout', 'clearTimeout', 'Date'],
    now: Date.parse('2018-06-02T02:00:00.000Z'),
  })
  requests = 0
  const { read, write } = world.db
  const db = {
    ...world.db,
    read: (...asked: Parameters<typeof read>) => {
      requests++
      return read(...asked)
    },
    write: async (...asked: Parameters<typeof write>) => {
      requests++
      const rows = await write(...asked)
      chores?.written()
      return rows
    },
  }
  deps = { ...world.deps, db, now: () => new Date().toISOString() }
  ending = new AbortController()
  chores = startChores(deps, readConfig({ DATABASE_URL: 'https://db.test' }), ending.signal)
})
afterEach(async () => {
  ending.abort()
  await chores?.ended
  chores = null
  vi.useRealTimers()
  await world.close()
})

const notice = (id: string, dueIn = 0) =>
  enqueue(testVault, {
    id,
    origin: 'notice',
    // By night everything else would wait.
    kind: 'answer',
    to: { channel: network.type, id: 'ada' },
    body: { text: '好了。', quickReplies: [] },
    at: deps.now(),
    notBefore: new Date(Date.now() + dueIn).toISOString(),
    expiresAt: '2999-01-01T00:00:00.000Z',
  })

describe('a process in which nothing happens', () => {
  it('asks the database at most once in five seconds, over an hour', async () => {
    await vi.advanceTimersByTimeAsync(60_000)
    requests = 0
    await vi.advanceTimersByTimeAsync(3600_000)
    expect(requests / 3600).toBeLessThanOrEqual(0.2)
    expect(requests / 3600).toBeGreaterThan(0.05)
  })

  it('sees what another process has made due within twelve seconds, and what was made here within two', async () => {
    const sent = async () =>
      Number(
        (
          await world.db.read([
            { sql: "SELECT count(*) FROM outbox WHERE status = 'sent'", args: [] },
          ])
        )[0]?.[0]?.[0],
      )
    await vi.advanceTimersByTimeAsync(600_000)
    // By another process: nobody here hears of it.
    await world.db.write([await notice('elsewhere')])
    await vi.advanceTimersByTimeAsync(14_000)
    expect(await sent()).toBe(1)
    await vi.advanceTimersByTimeAsync(600_000)
    await deps.db.write([await notice('here')])
    await vi.advanceTimersByTimeAsync(2500)
    expect(await sent()).toBe(2)
    await vi.advanceTimersByTimeAsync(600_000)
    await world.db.write([await notice('woken')])
    chores?.wake()
    for (let step = 0; step < 20; step++) await vi.advanceTimersByTimeAsync(50)
    expect(await sent()).toBe(3)
  })
})
