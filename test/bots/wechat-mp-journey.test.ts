import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Channel } from '../../flows/engine/channel.ts'
import { createApp } from '../../src/app.ts'
import { dispatchOutbox } from '../../src/outbox/dispatch-outbox.ts'
import { type FakeWechatMp, startFakeWechatMp } from '../fakes/wechat-mp.ts'
import { createWorld, type TestWorld } from '../helpers/app.ts'
import { createTestMp, openDatabase } from '../helpers/channels/wechat-mp.ts'

/** How long a second of the network takes here, in milliseconds, and how soon we answer. */
const SECOND = 800
const ANSWER_SECONDS = 0.3

let fake: FakeWechatMp
let world: TestWorld
let slow: Promise<void>
let close: () => Promise<void>
beforeEach(async () => {
  slow = Promise.resolve()
  let now = () => ''
  const clock = () => now()
  fake = await startFakeWechatMp({ second: SECOND, now: () => Date.parse(clock()) })
  const db = await openDatabase()
  const { channel } = await createTestMp(fake, { now: clock, db })
  const quick: Channel = {
    ...channel,
    limits: { ...channel.limits, answerWithinSeconds: ANSWER_SECONDS },
  }
  const waiting = {
    ...db,
    read: async (...args: Parameters<typeof db.read>) => {
      await slow
      return db.read(...args)
    },
  }
  now = () => '2018-06-01T02:00:00.000Z'
  world = await createWorld([quick], { db: waiting })
  now = world.deps.now
  const server = serve({ fetch: createApp(world.deps).fetch, port: 0, hostname: '127.0.0.1' })
  if (!server.listening) await once(server, 'listening')
  fake.webhook = `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks/wechat-mp`
  close = async () => {
    server.close()
    if ('closeAllConnections' in server) server.closeAllConnections()
    await fake.close()
    await world.close()
  }
})
afterEach(() => close())

const dispatch = async () => {
  await Promise.all(world.background.splice(0))
  await dispatchOutbox(world.deps, async () => {})
}
const statuses = async () => {
  const [rows = []] = await world.db.read([{ sql: 'SELECT status FROM outbox', args: [] }])
  return rows.map(([status]) => status)
}
const hold = () => {
  let open = () => {}
  slow = new Promise((resolve) => {
    open = resolve
  })
  return open
}

describe('an answer that takes longer than WeChat waits', () => {
  it('is acknowledged at once and comes as a message of its own', async () => {
    const person = fake.person('oA')
    const open = hold()
    await person.type('钱多少')
    expect([person.seen, fake.attempts]).toEqual([[], [1]])
    open()
    await dispatch()
    expect(person.seen.map(({ by }) => by)).toEqual(['service'])
    expect(person.texts()[0]).toContain('4.5万')
    await dispatch()
    expect(person.seen).toHaveLength(1)
  })

  it('waits for the person where the windows are closed, and then comes first of all that waits', async () => {
    const person = fake.person('oA')
    const open = hold()
    await person.type('钱多少')
    person.windows.messages = 5
    open()
    await dispatch()
    expect([person.seen, await statuses()]).toEqual([[], ['temporary-failure']])
    world.tick(3600)
    await dispatch()
    expect(fake.calls).toHaveLength(1)
    await person.type('菜单')
    await dispatch()
    expect(person.seen.map(({ by }) => by)).toEqual(['reply', 'service'])
    expect(person.texts()[1]).toContain('4.5万')
    expect(await statuses()).toEqual(['sent'])
  })

  it('is not sent to who left in the meantime', async () => {
    const person = fake.person('oA')
    const open = hold()
    await person.type('钱多少')
    world.tick(10)
    const leaving = person.unfollow()
    open()
    await leaving
    await dispatch()
    expect([person.seen, await statuses()]).toEqual([[], ['permanent-failure']])
    const [rows] = await world.db.read([{ sql: 'SELECT reachable FROM addresses', args: [] }])
    expect(rows).toEqual([[0]])
  })
})

describe('a webhook that is away', () => {
  it('is tried three times; then WeChat excuses it, and the next message is answered', async () => {
    const person = fake.person('oA')
    const real = fake.webhook
    fake.webhook = 'http://127.0.0.1:9/'
    await person.type('钱多少')
    expect(person.texts()).toEqual(['该公众号提供的服务出现故障，请稍后再试'])
    expect(fake.attempts).toEqual([3])
    fake.webhook = real
    await person.type('钱多少')
    expect(person.texts()[1]).toContain('4.5万')
  })
})

it('deliveries in the wrong order leave who follows reachable', async () => {
  const person = fake.person('oA')
  await person.type('你好')
  fake.postpones = true
  world.tick(10)
  await person.unfollow()
  world.tick(10)
  await person.follow()
  fake.postpones = false
  await fake.deliverPostponed()
  const [rows] = await world.db.read([{ sql: 'SELECT reachable FROM addresses', args: [] }])
  expect(rows).toEqual([[1]])
  expect(person.texts()).toHaveLength(2)
})

it('the same delivery five times at once is one turn', async () => {
  const person = fake.person('oA')
  fake.postpones = true
  await person.type('钱多少')
  fake.postpones = false
  const [again] = fake.kept()
  await Promise.all(Array.from({ length: 5 }, () => again?.()))
  expect(new Set(person.texts()).size).toBe(1)
  expect(person.seen).toHaveLength(5)
  const [rows] = await world.db.read([{ sql: 'SELECT count(*) FROM turns', args: [] }])
  expect(rows).toEqual([[1]])
})
