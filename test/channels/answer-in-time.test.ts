import { afterEach, describe, expect, it } from 'vitest'
import { createApp } from '../../src/app.ts'
import { answerInTime } from '../../src/channels/answer-in-time.ts'
import { recoverLate } from '../../src/conversation/late-events.ts'
import { createReplyDeadline } from '../../src/conversation/reply-deadline.ts'
import { dispatchOutbox } from '../../src/outbox/dispatch-outbox.ts'
import { createWorld, type TestWorld } from '../helpers/app.ts'
import { createFakeChannel, eventOf, type FakeChannel } from '../helpers/channels/fake-channel.ts'
import { openDatabase } from '../helpers/channels/wechat-mp.ts'

const SECONDS = 0.5
const worlds: TestWorld[] = []
afterEach(async () => {
  for (const world of worlds.splice(0)) await world.close()
})

/** A world whose channel hangs up early, and whose database can be made to wait. */
async function create() {
  const channel = createFakeChannel({ answerWithinSeconds: SECONDS })
  const world = await createWorld([channel], { db: await openDatabase() })
  worlds.push(world)
  const gates = { reads: Promise.resolve(), writes: Promise.resolve(), writing: 0 }
  const db = {
    ...world.db,
    read: async (...args: Parameters<typeof world.db.read>) => {
      await gates.reads
      return world.db.read(...args)
    },
    write: async (...args: Parameters<typeof world.db.write>) => {
      gates.writing++
      await gates.writes
      return world.db.write(...args)
    },
  }
  const deps = { ...world.deps, db }
  const answer = (id: string) => answerInTime(deps, channel, [eventOf('1', id, '钱多少')])
  return { world, channel, deps, gates, answer }
}
const gate = () => {
  let open = () => {}
  const closed = new Promise<void>((resolve) => {
    open = resolve
  })
  return { closed, open }
}
const later = (seconds: number) => new Promise((resolve) => setTimeout(resolve, seconds * 1000))
const sendAll = async ({ world }: { world: TestWorld }) => {
  await Promise.all(world.background)
  await dispatchOutbox(world.deps, async () => {})
}
const said = (channel: FakeChannel) => channel.sent.map(({ body }) => body.text.includes('4.5万'))

describe('an answer', () => {
  it('that is ready rides on the response, and a repeated delivery gets the same', async () => {
    const one = await create()
    const first = await one.answer('a')
    expect(first[0]?.messages[0]?.text).toContain('4.5万')
    expect(await one.answer('a')).toEqual(first)
    await sendAll(one)
    expect([one.channel.sent, one.world.background]).toEqual([[], []])
  })

  it('that is late is acknowledged in time and sent afterwards, once', async () => {
    const one = await create()
    const { closed, open } = gate()
    one.gates.reads = closed
    const began = Date.now()
    expect(await one.answer('a')).toEqual([null])
    expect(Date.now() - began).toBeLessThan(SECONDS * 1000 + 3000)
    open()
    await sendAll(one)
    expect(said(one.channel)).toEqual([true])
    const [kept] = await one.world.db.read([{ sql: 'SELECT * FROM late_events', args: [] }])
    expect(kept).toEqual([])
    // WeChat did not hear our acknowledgement and delivers again: all has been said.
    expect((await one.answer('a'))[0]?.messages).toEqual([])
    await sendAll(one)
    expect(said(one.channel)).toEqual([true])
  })

  it('that is being written when time is up is waited for', async () => {
    const one = await create()
    const { closed, open } = gate()
    one.gates.writes = closed
    const answering = one.answer('a')
    await later(2 * SECONDS)
    open()
    expect((await answering)[0]?.messages[0]?.text).toContain('4.5万')
    await sendAll(one)
    expect(one.channel.sent).toEqual([])
  })

  it('of a first attempt that was cut is not swallowed by the second', async () => {
    const one = await create()
    const { closed, open } = gate()
    one.gates.writes = closed
    // Its response is waited for, but nobody listens any more: the network hung up.
    const cut = one.answer('a')
    while (one.gates.writing === 0) await later(0.01)
    one.gates.writes = Promise.resolve()
    one.gates.reads = closed
    const second = await one.answer('a')
    expect(second).toEqual([null])
    open()
    expect((await cut)[0]?.messages).toHaveLength(1)
    await sendAll(one)
    expect(said(one.channel)).toEqual([true])
    const third = await one.answer('a')
    expect(third[0]?.messages).toHaveLength(1)
    await sendAll(one)
    expect(said(one.channel)).toEqual([true])
  })

  it('whose turn dies after the acknowledgement is taken up by whoever comes next', async () => {
    const one = await create()
    one.gates.reads = new Promise(() => {})
    expect(await one.answer('a')).toEqual([null])
    const left = async () => {
      const [rows = []] = await one.world.db.read([
        { sql: 'SELECT body FROM late_events', args: [] },
      ])
      return rows
    }
    expect(await left()).toHaveLength(1)
    expect(Buffer.from((await left())[0]?.[0] as Uint8Array).toString()).not.toContain('钱多少')
    // The process is gone; another one looks after it.
    await recoverLate(one.world.deps)
    await dispatchOutbox(one.world.deps, async () => {})
    expect(said(one.channel)).toEqual([])
    one.world.tick(61)
    await Promise.all([recoverLate(one.world.deps), recoverLate(one.world.deps)])
    await dispatchOutbox(one.world.deps, async () => {})
    expect(said(one.channel)).toEqual([true])
    expect(await left()).toEqual([])
  })

  it('is not acknowledged where it could not be kept either', async () => {
    const one = await create()
    const { closed, open } = gate()
    one.gates.reads = closed
    const full = Promise.reject(new Error('disk full'))
    full.catch(() => {})
    one.gates.writes = full
    await expect(one.answer('a')).rejects.toThrow('disk full')
    one.gates.writes = Promise.resolve()
    open()
    await sendAll(one)
    expect(said(one.channel)).toEqual([true])
  })

  it('that fails in time fails, so that the network delivers again', async () => {
    const one = await create()
    const away = Promise.reject(new Error('away'))
    away.catch(() => {})
    one.gates.reads = away
    await expect(one.answer('a')).rejects.toThrow('away')
    one.gates.reads = Promise.resolve()
    expect((await one.answer('a'))[0]?.messages).toHaveLength(1)
  })

  it('that fails after the acknowledgement is tried again', async () => {
    const one = await create()
    let fail = (_: Error) => {}
    one.gates.reads = new Promise((_, reject) => {
      fail = reject
    })
    expect(await one.answer('a')).toEqual([null])
    fail(new Error('away'))
    one.gates.reads = Promise.resolve()
    await sendAll(one)
    expect(said(one.channel)).toEqual([true])
  })
})

it('a ride is boarded or left, never both', () => {
  const boarded = createReplyDeadline()
  expect([boarded.claim(), boarded.expire(), boarded.claim()]).toEqual([true, false, true])
  const left = createReplyDeadline()
  expect([left.expire(), left.claim(), left.expire()]).toEqual([true, false, true])
})

it('a channel that is asked by GET whether the address is ours answers, others do not', async () => {
  const asked = createFakeChannel()
  const world = await createWorld([
    { ...asked, type: 'wechat-mp', verify: async () => new Response('echo') },
    asked,
  ])
  worlds.push(world)
  const app = createApp(world.deps)
  expect(await (await app.request('/webhooks/wechat-mp?echostr=echo')).text()).toBe('echo')
  expect((await app.request('/webhooks/telegram')).status).toBe(404)
  expect((await app.request('/webhooks/nobody')).status).toBe(404)
})
