import { afterEach, describe, expect, it } from 'vitest'
import { openFile } from '../../db/core/client.node.ts'
import type { Database } from '../../db/core/database.ts'
import type { NoticeKind } from '../../db/outbox/kinds.ts'
import { enqueue } from '../../db/outbox/outbox.ts'
import type { Channel, SendResult } from '../../flows/engine/channel.ts'
import { dispatchOutbox } from '../../src/outbox/dispatch-outbox.ts'
import { createWorld, type TestWorld, testVault } from '../helpers/app.ts'
import { createVirtualTime, type VirtualTime } from './virtual-time.ts'

/** Ten in the morning in China. */
const START = '2018-06-01T02:00:00.000Z'
const NOTICES = 5000
const PEOPLE = 700
const DISPATCHERS = 4
const RATE = 30
const KINDS: readonly NoticeKind[] = ['case', 'voucher', 'answer', 'reminder', 'campaign']

/** Chance that a test can have again: mulberry32. */
function dice(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

type Arrival = { to: string; text: string; at: number }

/**
 * A network that is in a bad way: it answers late, throttles the whole bot, breaks down, cuts the
 * line before or after a message has arrived, and never says which. It measures what it is asked.
 */
function createBadNetwork(time: VirtualTime, random: () => number) {
  const arrived: Arrival[] = []
  const asked: { at: number; to: string }[] = []
  let closedUntil = 0
  const channel: Channel = {
    type: 'telegram',
    limits: {
      textLength: 4096,
      quickReplies: 12,
      ratePerSecond: RATE,
      secondsBetween: 1,
      sessionWindowHours: null,
      repliesInResponse: 1,
    },
    receive: async () => new Response(null, { status: 501 }),
    send: async ({ to, body }) => {
      asked.push({ at: time.ms(), to: to.id })
      const fate = random()
      const arrive = () => void arrived.push({ to: to.id, text: body.text, at: time.ms() })
      await time.pause(20 + random() * 400)
      if (time.ms() < closedUntil || fate < 0.01) {
        if (time.ms() >= closedUntil) closedUntil = time.ms() + 3000 + random() * 20_000
        const retryAfter = Math.ceil((closedUntil - time.ms()) / 1000)
        return { ok: false, failure: 'throttled', retryAfter, detail: '429' }
      }
      if (fate < 0.08) return { ok: false, failure: 'unavailable', detail: '500' }
      if (fate < 0.12) return lost('reset')
      if (fate < 0.14) {
        arrive()
        return lost('reset')
      }
      if (fate < 0.16) {
        arrive()
        await time.pause(10_000)
        return lost('no answer')
      }
      if (fate < 0.17) return { ok: false, failure: 'rejected', detail: '400' }
      arrive()
      return { ok: true, externalId: String(arrived.length) }
    },
  }
  const lost = (detail: string): SendResult => ({
    ok: false,
    failure: 'unavailable',
    detail,
    unsure: true,
  })
  return { channel, arrived, asked }
}

let world: TestWorld | null = null
afterEach(() => world?.close())

async function fill(world: TestWorld): Promise<void> {
  const at = world.deps.now()
  const expiresAt = new Date(Date.parse(at) + 30 * 86_400_000).toISOString()
  for (let person = 0; person < PEOPLE; person++) {
    await world.db.write([
      {
        sql: 'INSERT INTO contacts (id, locale, created_at) VALUES (?, ?, ?)',
        args: [`c${person}`, 'zh-Hans', at],
      },
      {
        sql: 'INSERT INTO addresses (channel, external_id, contact_id, created_at) VALUES (?, ?, ?, ?)',
        args: ['telegram', String(person), `c${person}`, at],
      },
    ])
  }
  const rows = await Promise.all(
    Array.from({ length: NOTICES }, (_, index) =>
      enqueue(testVault, {
        id: `notice:${index}`,
        to: { channel: 'telegram', id: String(index % PEOPLE) },
        origin: 'notice',
        // One kind a person, so that their messages have one order.
        kind: KINDS[(index % PEOPLE) % KINDS.length] ?? 'case',
        body: { text: String(index), quickReplies: [] },
        at,
        expiresAt,
      }),
    ),
  )
  await world.db.write(rows)
}

/** A process that is killed now and then before it has written something down, or just after. */
function dying(db: Database, random: () => number): Database {
  return {
    ...db,
    write: async (statements) => {
      const fate = random()
      if (fate < 0.003) throw new Error('killed before the commit')
      const rows = await db.write(statements)
      if (fate < 0.006) throw new Error('killed after the commit')
      return rows
    },
  }
}

function killed(error: unknown): void {
  expect(String(error)).toContain('killed')
}

describe('a network in a bad way', () => {
  it('gets 5,000 notices from four dispatchers, each in a named end, in order, within the rate', async () => {
    const time = createVirtualTime(START)
    const random = dice(20181123)
    const network = createBadNetwork(time, random)
    world = await createWorld([network.channel], { db: openFile(':memory:') })
    const { deps, db } = world
    await fill(world)
    const own = { ...deps, db: dying(db, random), now: time.now, random }
    let open = NOTICES
    const dispatcher = async () => {
      while (open > 0) {
        await dispatchOutbox(own, time.pause).catch(killed)
        await time.pause(1000 + random() * 4000)
        const [rows = []] = await db.read([
          {
            sql: `SELECT count(*) FROM outbox WHERE status IN ('created', 'sending', 'temporary-failure')`,
            args: [],
          },
        ])
        open = Number(rows[0]?.[0])
      }
    }
    await time.run(Promise.all(Array.from({ length: DISPATCHERS }, dispatcher)))

    const [rows = []] = await db.read([
      { sql: 'SELECT id, status, doubted_at, attempts, kind, last_error FROM outbox', args: [] },
    ])
    expect(rows).toHaveLength(NOTICES)
    const count = (text: string) => network.arrived.filter((one) => one.text === text).length
    const ends = new Map<string, number>()
    for (const [id, status, doubtedAt, , kind, error] of rows) {
      ends.set(String(status), (ends.get(String(status)) ?? 0) + 1)
      const arrivals = count(String(id).split(':')[1] ?? '')
      switch (status) {
        case 'sent':
          expect(arrivals).toBeGreaterThan(0)
          if (doubtedAt === null) expect(arrivals).toBe(1)
          break
        case 'permanent-failure':
          expect(error).toBe('400')
          if (doubtedAt === null) expect(arrivals).toBe(0)
          break
        case 'in-doubt':
          expect([kind, arrivals < 2]).toEqual(['campaign', true])
          break
        default:
          expect.unreachable(`a notice ended as ${status}`)
      }
    }
    expect([...ends.keys()].sort()).toEqual(['in-doubt', 'permanent-failure', 'sent'])

    const inOrder = new Map<string, number>()
    const seen = new Set<string>()
    for (const { to, text } of network.arrived) {
      if (seen.has(text)) continue
      seen.add(text)
      expect(Number(text), `person ${to}`).toBeGreaterThan(inOrder.get(to) ?? -1)
      inOrder.set(to, Number(text))
    }

    const { asked } = network
    asked.forEach(({ at }, index) => {
      const before = asked[index - RATE]
      if (before !== undefined) expect(at - before.at).toBeGreaterThanOrEqual(1000)
    })
    const last = new Map<string, number>()
    for (const { at, to } of asked) {
      expect(at - (last.get(to) ?? 0), `person ${to}`).toBeGreaterThanOrEqual(1000)
      last.set(to, at)
    }
    console.info(
      Object.fromEntries(ends),
      'asked',
      asked.length,
      'virtual s',
      (time.ms() - Date.parse(START)) / 1000,
    )
  }, 60_000)
})
