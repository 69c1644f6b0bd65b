import { afterEach, describe, expect, it } from 'vitest'
import { openFile } from '../../db/core/client.node.ts'
import { enqueue } from '../../db/outbox/outbox.ts'
import { dispatchOutbox } from '../../src/outbox/dispatch-outbox.ts'
import { createPace } from '../../src/outbox/pace.ts'
import { createWorld, type TestWorld, testVault } from '../helpers/app.ts'
import { seedPeople } from '../helpers/campaigns.ts'
import { createFakeChannel } from '../helpers/channels/fake-channel.ts'
import { createVirtualTime } from './virtual-time.ts'

const START = '2018-06-01T02:00:00.000Z'
const RATE = 30

let world: TestWorld | null = null
afterEach(() => world?.close())

/** So many processes that share a database send so many notices; when each arrived, in milliseconds. */
async function arrivals(options: { processes: number; notices: number; stalls: boolean }) {
  const time = createVirtualTime(START)
  const db = openFile(':memory:')
  const arrived: number[] = []
  let seed = 20181123
  const random = () => {
    seed = (seed * 48_271) % 2_147_483_647
    return seed / 2_147_483_647
  }
  world = await createWorld([createFakeChannel()], { db })
  const { deps } = world
  await seedPeople(deps, options.notices)
  const rows = Array.from({ length: options.notices }, (_, index) =>
    enqueue(testVault, {
      id: `notice:${index}`,
      to: { channel: 'telegram', id: `a${String(index + 1).padStart(6, '0')}` },
      origin: 'notice',
      kind: 'case',
      body: { text: String(index), quickReplies: [] },
      at: START,
      expiresAt: '2018-07-01T00:00:00.000Z',
    }),
  )
  await db.write(await Promise.all(rows))
  const process = async () => {
    let busyUntil = 0
    const pause = async (milliseconds: number) => {
      await time.pause(milliseconds + random() * 3)
      if (options.stalls && random() < 0.02) busyUntil = time.ms() + 50 + random() * 900
      while (time.ms() < busyUntil) await time.pause(busyUntil - time.ms())
    }
    const network = createFakeChannel({ ratePerSecond: RATE })
    network.send = async () => {
      arrived.push(time.ms())
      await time.pause(20 + random() * 60)
      return { ok: true, externalId: '' }
    }
    const own = { ...deps, channels: new Map([['telegram' as const, network]]), now: time.now }
    while (arrived.length < options.notices) {
      await dispatchOutbox(own, pause)
      await time.pause(100)
    }
  }
  await time.run(Promise.all(Array.from({ length: options.processes }, process)))
  return arrived.sort((one, other) => one - other)
}

/** The most that arrived in any second. */
function fullest(arrived: readonly number[]): number {
  return Math.max(
    ...arrived.map((from) => arrived.filter((at) => at >= from && at < from + 1000).length),
  )
}

describe('the pace', () => {
  it('is at least 99 % of what the network takes, and never more in any second', async () => {
    const arrived = await arrivals({ processes: 1, notices: 900, stalls: false })
    expect(fullest(arrived)).toBe(RATE)
    const seconds = ((arrived.at(-1) ?? 0) - (arrived[0] ?? 0)) / 1000
    expect((arrived.length - 1) / seconds / RATE).toBeGreaterThan(0.99)
  })

  it('is the same of several processes', async () => {
    const arrived = await arrivals({ processes: 3, notices: 900, stalls: false })
    expect(fullest(arrived)).toBe(RATE)
    const seconds = ((arrived.at(-1) ?? 0) - (arrived[0] ?? 0)) / 1000
    expect((arrived.length - 1) / seconds / RATE).toBeGreaterThan(0.99)
  })

  it('is never more where processes stand still for a while and take over from each other', async () => {
    const arrived = await arrivals({ processes: 3, notices: 900, stalls: true })
    expect(arrived).toHaveLength(900)
    expect(fullest(arrived)).toBeLessThanOrEqual(RATE)
  })

  it('is as slow as a network wants that takes less than one a second', () => {
    const pace = createPace(0.5)
    const from = [0, 0, 0].map((now) => pace.reserve(now).from)
    expect(from).toEqual([0, 2004, 4008])
  })
})
