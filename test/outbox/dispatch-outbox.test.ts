import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { enqueue } from '../../db/outbox/outbox.ts'
import { handleEvent } from '../../src/conversation/handle-event.ts'
import { dispatchOutbox } from '../../src/outbox/dispatch-outbox.ts'
import { createWorld, type TestWorld, testVault } from '../helpers/app.ts'
import { createFakeChannel, eventOf, type FakeChannel } from '../helpers/channels/fake-channel.ts'

let world: TestWorld
let channel: FakeChannel
beforeEach(async () => {
  channel = createFakeChannel()
  world = await createWorld([channel])
  for (const person of ['1', '2']) {
    await handleEvent(world.deps, channel, eventOf(person, `hello-${person}`, '你好'))
  }
})
afterEach(() => world.close())

const pauses: number[] = []
const dispatch = () =>
  dispatchOutbox(world.deps, async (wait) => {
    pauses.push(wait)
    world.tick(wait / 1000)
  })
const notice = (id: string, person: string, hours = 72) =>
  enqueue(testVault, {
    id,
    origin: 'notice',
    to: { channel: 'telegram', id: person },
    body: { text: id, quickReplies: [] },
    at: world.deps.now(),
    expiresAt: new Date(Date.parse(world.deps.now()) + hours * 3_600_000).toISOString(),
  })
const statuses = async () =>
  Object.fromEntries(
    (await world.db.read([{ sql: 'SELECT id, status FROM outbox', args: [] }]))[0] ?? [],
  )

describe('the outbox', () => {
  it('sends what did not fit the response, in order', async () => {
    const long = createFakeChannel({ textLength: 40 })
    const small = await createWorld([long])
    const reply = await handleEvent(small.deps, long, eventOf('1', 'a', '重点人群有哪些'))
    expect(reply?.messages).toHaveLength(1)
    const news = await notice('news', '1')
    await small.db.write([news])
    await dispatchOutbox(small.deps, async () => {})
    expect(long.sent, 'the response has not had time to arrive').toEqual([])
    small.tick(0.5)
    await dispatchOutbox(small.deps, async () => {})
    expect(long.sent.pop()?.body.text).toBe('news')
    expect(long.sent.length).toBeGreaterThan(0)
    const all = [...(reply?.messages ?? []), ...long.sent.map(({ body }) => body)]
    expect(all.every(({ text }) => text.length <= 40)).toBe(true)
    expect(all.map(({ text }) => text).join('')).toContain('农民市民化')
    await small.close()
  })

  it('sends each row once, in order for each person, with any number of dispatchers', async () => {
    await world.db.write(
      await Promise.all(
        ['a', 'b', 'c'].flatMap((id) => [notice(`${id}1`, '1'), notice(`${id}2`, '2')]),
      ),
    )
    await Promise.all([dispatch(), dispatch(), dispatch()])
    await dispatch()
    const to = (person: string) =>
      channel.sent.filter(({ to }) => to.id === person).map(({ body }) => body.text)
    expect(to('1')).toEqual(['a1', 'b1', 'c1'])
    expect(to('2')).toEqual(['a2', 'b2', 'c2'])
  })

  it('the same notice enqueued twice is one message', async () => {
    await world.db.write([await notice('a', '1')])
    await world.db.write([await notice('a', '1')])
    await dispatch()
    expect(channel.sent).toHaveLength(1)
  })

  it('waits as long as the network says and keeps the order meanwhile', async () => {
    channel.results.push({ ok: false, failure: 'throttled', retryAfter: 7, detail: '429' })
    await world.db.write([await notice('a', '1'), await notice('b', '1')])
    await dispatch()
    expect(channel.sent).toHaveLength(0)
    world.tick(4)
    await dispatch()
    expect(channel.sent).toHaveLength(0)
    world.tick(3)
    await dispatch()
    expect(channel.sent.map(({ body }) => body.text)).toEqual(['a', 'b'])
  })

  it('gives up on a person who blocked us and remembers it', async () => {
    channel.results.push({ ok: false, failure: 'blocked', detail: '403' })
    await world.db.write([await notice('a', '1')])
    await dispatch()
    expect(await statuses()).toEqual({ a: 'permanent-failure' })
    const [rows] = await world.db.read([
      { sql: "SELECT reachable FROM addresses WHERE external_id = '1'", args: [] },
    ])
    expect(rows).toEqual([[0]])
  })

  it('follows a person to a new id', async () => {
    channel.results.push({ ok: false, failure: 'unavailable', detail: 'moved', movedTo: '-100' })
    await world.db.write([await notice('a', '1')])
    await dispatch()
    world.tick(60)
    await dispatch()
    expect(channel.sent.map(({ to }) => to.id)).toEqual(['-100'])
  })

  it.each([
    ['rejected', 'permanent-failure'],
    ['window-closed', 'permanent-failure'],
    ['misconfigured', 'technical-failure'],
    ['unavailable', 'temporary-failure'],
  ] as const)('%s becomes %s', async (failure, status) => {
    channel.results.push({ ok: false, failure, detail: 'x' })
    await world.db.write([await notice('a', '1')])
    await dispatch()
    expect(await statuses()).toEqual({ a: status })
  })

  it('what is held for the person is not tried again by itself, and expires', async () => {
    channel.results.push({ ok: false, failure: 'window-closed', heldSince: null, detail: 'x' })
    await world.db.write([await notice('a', '1')])
    await dispatch()
    expect(await statuses()).toEqual({ a: 'temporary-failure' })
    world.tick(3600)
    await dispatch()
    expect([channel.sent, await statuses()]).toEqual([[], { a: 'temporary-failure' }])
    world.tick(73 * 3600)
    await dispatch()
    expect(await statuses()).toEqual({ a: 'expired' })
  })

  it('a sender that died leaves a notice in doubt, and a reply is said again', async () => {
    await world.db.write([
      await notice('a', '1'),
      { sql: "UPDATE outbox SET status = 'sending', leased_until = ?", args: [world.deps.now()] },
    ])
    world.tick(1)
    await dispatch()
    expect(await statuses()).toEqual({ a: 'in-doubt' })
    await world.db.write([
      {
        sql: "UPDATE outbox SET status = 'sending', origin = 'reply', leased_until = ?",
        args: [world.deps.now()],
      },
    ])
    world.tick(1)
    await dispatch()
    expect(await statuses()).toEqual({ a: 'sent' })
  })

  it('lets what is overdue expire', async () => {
    await world.db.write([await notice('a', '1', 1)])
    world.tick(3601)
    await dispatch()
    expect(await statuses()).toEqual({ a: 'expired' })
    expect(channel.sent).toHaveLength(0)
  })
})
