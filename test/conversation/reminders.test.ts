import { rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openFile } from '../../db/core/client.node.ts'
import { setReachable } from '../../db/outbox/record.ts'
import type { Reply } from '../../flows/engine/channel.ts'
import type { InboundEvent } from '../../flows/engine/types.ts'
import { handleEvent } from '../../src/conversation/handle-event.ts'
import { sendReminders } from '../../src/conversation/send-reminders.ts'
import { dispatchOutbox } from '../../src/outbox/dispatch-outbox.ts'
import { restFrom, restUntil } from '../../src/outbox/quiet-hours.ts'
import { createWorld, type TestWorld } from '../helpers/app.ts'
import { createFakeChannel, eventOf, type FakeChannel } from '../helpers/channels/fake-channel.ts'

const HOUR = 3600
const DAY = 24 * HOUR

let world: TestWorld
let channel: FakeChannel
let events = 0

beforeEach(async () => {
  channel = createFakeChannel()
  // 10 o'clock in the morning in China.
  world = await createWorld([channel], { start: '2018-06-01T02:00:00.000Z' })
})
afterEach(() => world.close())

const hear = (person: string, input: InboundEvent['input'] | string): Promise<Reply | null> =>
  handleEvent(world.deps, channel, eventOf(person, `e${++events}`, input))
const dispatch = () => dispatchOutbox(world.deps, async () => {})
const words = (person = '1') =>
  channel.sent.filter(({ to }) => to.id === person).map(({ body }) => body.text)
/** Begins an application and leaves it at a question. */
const leave = async (person = '1') => {
  await hear(person, { type: 'choice', value: '!apply' })
  await hear(person, { type: 'choice', value: 'agree' })
}
const rows = async (sql: string) => (await world.db.read([{ sql, args: [] }]))[0] ?? []
const remindAt = async () => (await rows('SELECT remind_at FROM sessions'))[0]?.[0]

describe('reminders', () => {
  it('come after two days of silence and after seven, and never again', async () => {
    await leave()
    world.tick(2 * DAY - 60)
    expect(await sendReminders(world.deps)).toBe(0)
    world.tick(60)
    expect(await sendReminders(world.deps)).toBe(1)
    expect(await sendReminders(world.deps)).toBe(0)
    await dispatch()
    expect(words()).toHaveLength(1)
    expect(words()[0]).toContain('申请填了一半')
    expect(words()[0]).toContain('回复“继续”')
    expect(words()[0]).not.toContain('最后一次')
    world.tick(5 * DAY - 60)
    expect(await sendReminders(world.deps)).toBe(0)
    world.tick(60)
    expect(await sendReminders(world.deps)).toBe(1)
    await dispatch()
    expect(words()).toHaveLength(2)
    expect(words()[1]).toContain('最后一次')
    for (let days = 0; days < 60; days++) {
      world.tick(DAY)
      expect(await sendReminders(world.deps)).toBe(0)
    }
  })

  it('speak the language of the person', async () => {
    await hear('1', 'English')
    await leave()
    world.tick(2 * DAY)
    await sendReminders(world.deps)
    await dispatch()
    expect(words()[0]).toMatch(/^Hello! Your application/)
    expect(channel.sent[0]?.body.quickReplies).toEqual([
      { value: '!apply', label: 'Continue' },
      { value: '!stop', label: 'Stop' },
    ])
  })

  it.each([
    ['继续', 'zh'],
    ['continue', 'en'],
    ['「继续」的按钮', 'tap'],
  ])('are followed up with %s: the form goes on where it was left', async (said, how) => {
    await leave()
    const asked = await hear('1', '帮助')
    const question = asked?.messages.at(-1)?.text.split('\n\n').at(-1) ?? '?'
    world.tick(2 * DAY)
    await sendReminders(world.deps)
    const reply = await hear('1', how === 'tap' ? { type: 'choice', value: '!apply' } : said)
    expect(reply?.messages.at(-1)?.text).toContain(question)
  })

  it('also recall a form that was set aside for the menu', async () => {
    await leave()
    await hear('1', '菜单')
    world.tick(2 * DAY)
    expect(await sendReminders(world.deps)).toBe(1)
    const reply = await hear('1', '继续')
    expect(reply?.messages[0]?.text).toContain('接着上次停下的地方')
  })

  it('leave the open question its own buttons and numbers', async () => {
    await hear('1', { type: 'choice', value: '!apply' })
    world.tick(2 * DAY)
    expect(await sendReminders(world.deps)).toBe(1)
    // 1 is still “同意” of the notice that was left open, and no opt-out.
    const reply = await hear('1', '2')
    expect(reply?.messages.map(({ text }) => text).join()).not.toContain('不再主动')
    const [consents] = await rows('SELECT purpose, granted FROM consents')
    expect(consents).toEqual(['application', 0])
  })

  it('begin anew when the person has said something in between', async () => {
    await leave()
    world.tick(DAY)
    await hear('1', '补助多少钱')
    world.tick(DAY)
    expect(await sendReminders(world.deps)).toBe(0)
    world.tick(DAY)
    expect(await sendReminders(world.deps)).toBe(1)
    await hear('1', '菜单')
    world.tick(2 * DAY)
    expect(await sendReminders(world.deps)).toBe(1)
    const ids = (await rows(`SELECT id FROM outbox WHERE origin = 'notice' ORDER BY rowid`)).map(
      ([id]) => String(id),
    )
    expect(ids.map((id) => id.split(':').slice(2).join(':'))).toEqual(['3:1', '4:1'])
  })

  it('never reach who opted out, nor who cannot be reached', async () => {
    await leave('1')
    await hear('1', '退订')
    await leave('2')
    await world.db.write([setReachable({ channel: 'telegram', id: '2' }, false)])
    world.tick(2 * DAY)
    expect(await sendReminders(world.deps)).toBe(0)
    expect(await rows('SELECT remind_at FROM sessions')).toEqual([[null], [null]])
    expect(await rows('SELECT id FROM outbox')).toEqual([])
  })

  it('let people sleep: what is due at night comes at nine', async () => {
    // 22 o'clock in China.
    world.tick(12 * HOUR)
    await leave()
    world.tick(2 * DAY)
    expect(await sendReminders(world.deps)).toBe(0)
    expect(await remindAt()).toBe('2018-06-04T01:00:00.000Z')
    world.tick(11 * HOUR - 60)
    expect(await sendReminders(world.deps)).toBe(0)
    world.tick(60)
    expect(await sendReminders(world.deps)).toBe(1)
  })

  it('are not sent at night either, when the network was down all day', async () => {
    await leave()
    world.tick(2 * DAY)
    await sendReminders(world.deps)
    channel.results.push({ ok: false, failure: 'unavailable', retryAfter: 12 * HOUR, detail: '' })
    await dispatch()
    world.tick(12 * HOUR)
    await dispatch()
    expect(words()).toEqual([])
    expect(await rows('SELECT status, expires_at FROM outbox')).toEqual([
      ['expired', '2018-06-03T13:00:00.000Z'],
    ])
  })

  it('are held where the person must write first, and dropped by the evening', async () => {
    await leave()
    world.tick(2 * DAY)
    await sendReminders(world.deps)
    channel.results.push({ ok: false, failure: 'window-closed', heldSince: null, detail: 'closed' })
    await dispatch()
    expect(await rows('SELECT status FROM outbox')).toEqual([['temporary-failure']])
    world.tick(DAY)
    await dispatch()
    expect(await rows('SELECT status FROM outbox')).toEqual([['expired']])
    expect(words()).toEqual([])
  })

  it('say nothing where nothing was left half-way', async () => {
    await hear('1', '补助多少钱')
    expect(await remindAt()).toBeNull()
    await leave('2')
    await hear('2', '取消')
    await world.db.write([{ sql: 'UPDATE sessions SET remind_at = ?', args: [world.deps.now()] }])
    // Number 1 has nothing; what number 2 cancelled is kept for them, and they hear of it.
    expect(await sendReminders(world.deps)).toBe(1)
    await dispatch()
    expect(words('1')).toEqual([])
  })

  it('pass over a conversation that does not open, without keeping the others waiting', async () => {
    await leave('1')
    await leave('2')
    await world.db.write([
      {
        sql: `UPDATE sessions SET version = version + 1, memory = x'01026b39000000000000000000000000ff' WHERE external_id = '1'`,
        args: [],
      },
    ])
    world.tick(2 * DAY)
    expect(await sendReminders(world.deps)).toBe(1)
    await dispatch()
    expect(words('2')).toHaveLength(1)
    expect(world.logged.join('\n')).toContain('reminder-not-opened')
    expect(await sendReminders(world.deps)).toBe(0)
  })

  it('come to many people in few commits', async () => {
    for (let person = 1; person <= 120; person++)
      await hear(String(person), { type: 'choice', value: '!apply' })
    world.tick(2 * DAY)
    expect(await sendReminders(world.deps)).toBe(120)
    await dispatch()
    expect(new Set(channel.sent.map(({ to }) => to.id)).size).toBe(120)
    expect(channel.sent).toHaveLength(120)
  })
})

describe('reminders, when things go wrong', () => {
  const path = join(tmpdir(), `weiqitong-reminders-${process.pid}.db`)
  const remove = () => {
    for (const end of ['', '-wal', '-shm']) rmSync(path + end, { force: true })
  }
  afterEach(remove)

  it('come once, however many processes sweep at once', async () => {
    const db = openFile(path)
    const first = await createWorld([channel], { db })
    for (let person = 1; person <= 20; person++) {
      const event = eventOf(String(person), `f${person}`, { type: 'choice', value: '!apply' })
      await handleEvent(first.deps, channel, event)
    }
    const other = openFile(path)
    const second = await createWorld([channel], { db: other, start: '2018-06-03T02:00:00.000Z' })
    first.tick(2 * DAY)
    const counts = await Promise.all(
      [first, second, first, second].map(({ deps }) => sendReminders(deps)),
    )
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(20)
    const [[count]] = (await db.read([{ sql: 'SELECT count(*) FROM outbox', args: [] }]))[0] as [
      [number],
    ]
    expect(count).toBe(20)
    const [left = []] = await db.read([
      { sql: 'SELECT DISTINCT reminders FROM sessions', args: [] },
    ])
    expect(left).toEqual([[1]])
    await other.close()
    await db.close()
  })

  it('are not lost and not doubled when the commit fails or the process dies after it', async () => {
    await leave()
    world.tick(2 * DAY)
    const { write } = world.db
    world.db.write = async () => {
      throw new Error('the disk is full')
    }
    await expect(sendReminders(world.deps)).rejects.toThrow('the disk is full')
    world.db.write = write
    expect(await rows('SELECT id FROM outbox')).toEqual([])
    expect(await sendReminders(world.deps)).toBe(1)
    // Killed here, before the dispatcher came to it: the next process sends what stands in the outbox.
    const heir = await createWorld([channel], { db: world.db, start: world.deps.now() })
    expect(await sendReminders(heir.deps)).toBe(0)
    await dispatchOutbox(heir.deps, async () => {})
    expect(words()).toHaveLength(1)
  })

  it('stay unsaid when the person speaks between the look and the commit', async () => {
    await leave()
    world.tick(2 * DAY)
    const { write } = world.db
    world.db.write = async (statements) => {
      world.db.write = write
      await hear('1', '补助多少钱')
      return write.call(world.db, statements)
    }
    expect(await sendReminders(world.deps)).toBe(0)
    expect(await rows(`SELECT id FROM outbox WHERE origin = 'notice'`)).toEqual([])
    expect(await rows('SELECT reminders FROM sessions')).toEqual([[0]])
  })
})

describe('the hours of rest', () => {
  it.each([
    ['2018-06-01T12:59:59.000Z', null],
    ['2018-06-01T13:00:00.000Z', '2018-06-02T01:00:00.000Z'],
    ['2018-06-01T16:30:00.000Z', '2018-06-02T01:00:00.000Z'],
    ['2018-06-01T23:59:59.000Z', '2018-06-02T01:00:00.000Z'],
    ['2018-06-02T00:00:00.000Z', null],
    ['2018-12-31T20:00:00.000Z', '2019-01-01T01:00:00.000Z'],
  ])('%s', (at, until) => {
    expect(restUntil(at)).toBe(until)
  })

  it('begin at nine in the evening', () => {
    expect(restFrom('2018-06-01T02:00:00.000Z')).toBe('2018-06-01T13:00:00.000Z')
    expect(restFrom('2018-06-01T13:00:00.000Z')).toBe('2018-06-02T13:00:00.000Z')
  })
})
