import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loadSessionTranscript } from '../../db/conversation/transcripts.ts'
import { ConstraintError } from '../../db/core/database.ts'
import { listInbox } from '../../db/handoffs/inbox.ts'
import type { Input } from '../../flows/engine/types.ts'
import { handleEvent } from '../../src/conversation/handle-event.ts'
import { sendReminders } from '../../src/conversation/send-reminders.ts'
import { runHandoffCommand } from '../../src/handoffs/cli.ts'
import { giveBack } from '../../src/handoffs/give-back.ts'
import { sweepHandoffs } from '../../src/handoffs/sweep-handoffs.ts'
import type { Deps } from '../../src/kernel/deps.ts'
import { dispatchOutbox } from '../../src/outbox/dispatch-outbox.ts'
import { createWorld, type TestWorld, testVault } from '../helpers/app.ts'
import { createFakeChannel, eventOf, type FakeChannel } from '../helpers/channels/fake-channel.ts'
import { fileOf } from '../helpers/files.ts'
import { actAsStaff, closeHandoff, firstHandoff } from '../helpers/hand-off.ts'

const HOUR = 3600

let world: TestWorld
let channel: FakeChannel
let events = 0

beforeEach(async () => {
  const fetchMedia = async () => ({ ok: true, bytes: fileOf('jpeg', 'x') }) as const
  channel = { ...createFakeChannel({ repliesInResponse: 10 }), fetchMedia }
  // Friday, 10 o'clock in China.
  world = await createWorld([channel], { start: '2018-06-01T02:00:00.000Z' })
})
afterEach(() => world.close())

const say = async (input: Input | string, id = `e${++events}`, deps: Deps = world.deps) =>
  (await handleEvent(deps, channel, eventOf('1', id, input)))?.messages.map(({ text }) => text) ??
  null
const inForm = async () => {
  for (const line of ['我要申请', '同意，开始填', '王小明']) await say(line)
}
const QUESTION = '身份证号码是多少'
const dispatch = async () => {
  await dispatchOutbox(world.deps, async () => {})
  return channel.sent.splice(0).map(({ body }) => body.text)
}
const rows = async (sql: string) => (await world.db.read([{ sql, args: [] }]))[0] ?? []
const releasedBy = async () => (await rows('SELECT released_by FROM handoffs')).map(([by]) => by)

describe('while a hand-off is held', () => {
  it('what is said is kept and not answered; a redelivery is the same silence', async () => {
    await inForm()
    expect((await say('人工'))?.join()).toContain('返回机器人')
    expect(await say('我的身份证丢了怎么办', 'lost')).toEqual([])
    expect(await say('我的身份证丢了怎么办', 'lost')).toEqual([])
    expect(await say('1')).toEqual([])
    const { sessionId } = await firstHandoff(world)
    const heard = (await loadSessionTranscript(world.db, testVault, sessionId, 0, 9)).filter(
      ({ direction }) => direction === 'in',
    )
    expect(heard.slice(-2).map(({ body }) => body.text)).toEqual(['我的身份证丢了怎么办', '1'])
    expect(await rows('SELECT count(*) FROM turns')).toEqual([[6]])
    expect(await rows('SELECT count(*) FROM handoffs')).toEqual([[1]])
    expect((await say('返回机器人'))?.join()).toContain(QUESTION)
    expect(await releasedBy()).toEqual(['person'])
    expect(
      (await listInbox(world.db, { district: null }, { closed: false, limit: 9 })).rows,
    ).toEqual([])
    expect((await say('520113196001010005'))?.join()).not.toContain(QUESTION)
  })

  it('a photo is kept, and seen by staff', async () => {
    await say('人工')
    expect(await say({ type: 'media', kind: 'image', mediaId: 'm1' })).toEqual([])
    expect(await rows('SELECT status FROM attachments')).toEqual([['loose']])
  })

  it('the person hears again only after hours why nobody speaks, and no reminder comes', async () => {
    await inForm()
    await say('人工')
    world.tick(4 * HOUR - 1)
    expect(await say('还在吗')).toEqual([])
    world.tick(1)
    expect((await say('还在吗'))?.join()).toContain('工作人员还没有回复')
    expect(await say('还在吗')).toEqual([])
    world.tick(68 * HOUR)
    expect(await sendReminders(world.deps)).toBe(0)
    await say('返回机器人')
    world.tick(48 * HOUR)
    expect(await sendReminders(world.deps)).toBe(1)
  })

  it('takes no more statements on the way in than any other turn', async () => {
    let reads = 0
    const counting = {
      ...world.db,
      read: (asked: Parameters<typeof world.db.read>[0]) => {
        reads += asked.length
        return world.db.read(asked)
      },
    }
    const deps = { ...world.deps, db: counting }
    await say('钱多少', 'a', deps)
    expect(reads).toBe(1)
    await say('人工', 'b', deps)
    await say('你好', 'c', deps)
    expect(reads).toBe(3)
  })
})

describe('staff', () => {
  it('answer and close from the command line; the person reads it and is back at the question', async () => {
    await inForm()
    await say('人工')
    await say('临时身份证行不行')
    const cli = (...args: string[]) => runHandoffCommand(world.deps, args, 9)
    const { lines } = await cli('list')
    expect(lines.join('\n')).toMatch(/waiting\n.*临时身份证行不行/)
    const id = lines[0]?.split('  ')[0] ?? ''
    expect((await cli('show', id)).lines.join('\n')).toContain('> 人工')
    expect(await cli('answer', id, '可以', '用')).toMatchObject({ ok: true })
    expect(await dispatch()).toEqual(['工作人员回复：\n可以 用'])
    expect((await cli('list')).lines[0]).toContain('answered')
    expect((await cli('close', id)).lines).toEqual(['Closed. The bot has the conversation again.'])
    const [back] = await dispatch()
    expect(back).toContain('已经办结')
    expect(back).toContain(QUESTION)
    expect((await cli('close', id)).lines).toEqual(['It was closed before.'])
    expect(await cli('answer', id, '还在吗')).toMatchObject({ ok: false })
    expect(await dispatch()).toEqual([])
    expect(await releasedBy()).toEqual(['staff'])
    expect(
      await rows("SELECT actor, action FROM audit_entries WHERE subject LIKE 'handoff:%'"),
    ).toEqual([
      ['cli', 'handoff.answered'],
      ['cli', 'handoff.closed'],
    ])
    expect((await say('520113196001010005'))?.join()).not.toContain(QUESTION)
  })

  it.each([
    ['an unknown one', ['show', 'nothing']],
    ['no words', ['answer']],
    ['no command', []],
    ['another command', ['delete', 'x']],
  ])('get a clear word for %s', async (_, args) => {
    const { ok, lines } = await runHandoffCommand(world.deps, args, 9)
    expect(ok).toBe(false)
    expect(lines.join()).toMatch(/handoff (list|--help)/)
  })

  it('close twice at once: the person is told once', async () => {
    await inForm()
    await say('人工')
    const handoff = await firstHandoff(world)
    const closed = await Promise.all([1, 2, 3].map(() => closeHandoff(world, handoff)))
    expect(closed.filter(Boolean)).toHaveLength(1)
    expect(await dispatch()).toHaveLength(1)
    expect(
      await rows("SELECT count(*) FROM audit_entries WHERE action = 'handoff.closed'"),
    ).toEqual([[1]])
  })
})

/** A database in which something happens just before a certain write, once. */
function racing(when: (sql: string) => boolean, before: () => Promise<unknown>): Deps {
  let raced = false
  const write: Deps['db']['write'] = async (asked) => {
    if (!raced && asked.some(({ sql }) => when(sql))) {
      raced = true
      await before()
    }
    return world.db.write(asked)
  }
  return { ...world.deps, db: { ...world.db, write } }
}

const isTurn = (sql: string) => sql.startsWith('INSERT INTO turns')

describe('at the same moment', () => {
  it('staff close while the person speaks: the words are answered as any others', async () => {
    await inForm()
    await say('人工')
    const handoff = await firstHandoff(world)
    const deps = racing(isTurn, () => closeHandoff(world, handoff))
    const said = await say('520113196001010005', 'race', deps)
    expect(said?.join()).not.toContain(QUESTION)
    expect(said?.join()).not.toBe('')
    expect(await dispatch()).toHaveLength(1)
    expect(await rows("SELECT count(*) FROM turns WHERE event_id LIKE 'telegram:%:race'")).toEqual([
      [1],
    ])
  })

  it('the person speaks while staff close: the closing words come after', async () => {
    await inForm()
    await say('人工')
    const handoff = await firstHandoff(world)
    const deps = racing(isTurn, () => say('等一下', 'late'))
    expect(await closeHandoff({ ...world, deps }, handoff)).toBe(true)
    expect(await dispatch()).toHaveLength(1)
    expect(await say('等一下', 'late')).toEqual([])
    const last = await loadSessionTranscript(world.db, testVault, handoff.sessionId, 0, 3)
    expect(last.at(-1)?.body.text).toContain('已经办结')
  })

  it('both the person and staff end it: once', async () => {
    await inForm()
    await say('人工')
    const handoff = await firstHandoff(world)
    const deps = racing(isTurn, () => say('返回机器人', 'back'))
    expect(await closeHandoff({ ...world, deps }, handoff)).toBe(false)
    expect(await releasedBy()).toEqual(['person'])
    expect(await dispatch()).toEqual([])
  })

  it('somebody answers as the wait runs out: no apology', async () => {
    await say('人工')
    world.tick(75 * HOUR)
    const deps = racing(isTurn, () => actAsStaff(world, 'answer 来了'))
    expect(await sweepHandoffs(deps)).toBe(0)
    expect(await dispatch()).toEqual(['工作人员回复：\n来了'])
    expect(await releasedBy()).toEqual([null])
  })

  it('two people ask for a person in one breath on two processes: one hand-off', async () => {
    await inForm()
    const deps = racing(isTurn, () => say('人工', 'first'))
    expect((await say('人工', 'second', deps))?.join()).toContain('已经在等')
    expect(await rows('SELECT count(*) FROM handoffs')).toEqual([[1]])
  })

  it('a kill as it is written leaves it as it was; the next try does it', async () => {
    await inForm()
    await say('人工')
    const handoff = await firstHandoff(world)
    const dies = racing(isTurn, async () => {
      throw new Error('killed')
    })
    await expect(closeHandoff({ ...world, deps: dies }, handoff)).rejects.toThrow('killed')
    expect(await releasedBy()).toEqual([null])
    expect(await closeHandoff(world, handoff)).toBe(true)
    expect(await dispatch()).toHaveLength(1)
  })
})

describe('a wait that is too long', () => {
  it('ends with an apology and the question, once, by any number of processes; it stays in the inbox', async () => {
    await inForm()
    await say('人工')
    await say('有人吗')
    // Eight hours of work from Friday 10:00: Monday 12:00.
    world.tick(74 * HOUR - 1)
    expect(await sweepHandoffs(world.deps)).toBe(0)
    world.tick(1)
    const swept = await Promise.all([1, 2, 3].map(() => sweepHandoffs(world.deps)))
    expect(swept.reduce((sum, count) => sum + count)).toBe(1)
    const said = await dispatch()
    expect(said).toHaveLength(1)
    expect(said[0]).toContain('对不起，让您久等了')
    expect(said[0]).toContain(QUESTION)
    const handoff = await firstHandoff(world)
    expect(handoff).toMatchObject({ state: 'timed-out', closedAt: null })
    expect((await say('520113196001010005'))?.join()).not.toBe('')
    // Staff may still answer, and close it without a word.
    await actAsStaff(world, 'answer 抱歉，刚看到')
    expect(await dispatch()).toEqual(['工作人员回复：\n抱歉，刚看到'])
    await actAsStaff(world, 'close')
    expect(await dispatch()).toEqual([])
    expect(await releasedBy()).toEqual(['time'])
  })

  it('is none while staff have answered, and begins anew when the person asks again', async () => {
    await say('人工')
    await actAsStaff(world, 'answer 您说')
    world.tick(200 * HOUR)
    expect(await sweepHandoffs(world.deps)).toBe(0)
    await say('那我再问一句')
    expect(await sweepHandoffs(world.deps)).toBe(0)
    world.tick(200 * HOUR)
    expect(await sweepHandoffs(world.deps)).toBe(1)
  })

  it('is replaced when the person calls again', async () => {
    await say('人工')
    world.tick(75 * HOUR)
    await sweepHandoffs(world.deps)
    await say('人工')
    const { rows: open } = await listInbox(
      world.db,
      { district: null },
      { closed: false, limit: 9 },
    )
    expect(open.map(({ state }) => state)).toEqual(['waiting'])
  })

  it('of one conversation that fails does not keep the others waiting', async () => {
    await say('人工')
    await handleEvent(world.deps, channel, eventOf('2', 'other', '人工'))
    const { inTurn } = world.deps
    const failing: typeof inTurn = (key, task) =>
      key.endsWith(':1') ? Promise.reject(new Error('broken')) : inTurn(key, task)
    world.tick(75 * HOUR)
    expect(await sweepHandoffs({ ...world.deps, inTurn: failing })).toBe(1)
    expect(world.logged.join()).toContain('hand-off-sweep-failed')
  })
})

describe('the schema', () => {
  it('holds one hand-off of a conversation at most', async () => {
    await say('人工')
    const again = world.db.write([
      {
        sql: `INSERT INTO handoffs (id, session_id, turn, reason, opened_at)
          SELECT 'x', session_id, 9, 'asked', 'x' FROM handoffs`,
        args: [],
      },
    ])
    await expect(again).rejects.toThrow(ConstraintError)
  })

  it('gives nothing back of what is unknown', async () => {
    const handoff = { id: 'nothing', to: { channel: 'telegram', id: 'nobody' } } as const
    expect(await giveBack(world.deps, handoff, { by: 'time', dueAt: 'x' })).toBe(false)
  })
})
