import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loadTranscript } from '../../db/conversation/transcripts.ts'
import { listUnanswered } from '../../db/knowledge/unanswered.ts'
import { handleEvent } from '../../src/conversation/handle-event.ts'
import { createWorld, type TestWorld, testVault } from '../helpers/app.ts'
import { createFakeChannel, eventOf, type FakeChannel } from '../helpers/channels/fake-channel.ts'

let world: TestWorld
let channel: FakeChannel
beforeEach(async () => {
  channel = createFakeChannel()
  world = await createWorld([channel])
})
afterEach(() => world.close())

const send = (person: string, id: string, input: Parameters<typeof eventOf>[2]) =>
  handleEvent(world.deps, channel, eventOf(person, id, input))
const count = async (sql: string) => Number((await world.db.read([{ sql, args: [] }]))[0]?.[0]?.[0])

describe('a turn', () => {
  it('answers with the amount and the clause it comes from', async () => {
    const reply = await send('1', 'a', '钱多少')
    expect(reply?.messages[0]?.text).toContain('4.5万')
    expect(reply?.messages[0]?.text).toContain('二、工作目标')
  })

  it('gives the same stored reply to the same event, however often and however late', async () => {
    const first = await send('1', 'a', '钱多少')
    await send('1', 'b', '哪些人优先')
    world.tick(3600 * 24 * 30)
    expect(await send('1', 'a', '钱多少')).toEqual(first)
    expect(await count('SELECT count(*) FROM turns')).toBe(2)
  })

  it('answers five deliveries at once with one turn and one reply', async () => {
    const replies = await Promise.all(Array.from({ length: 5 }, () => send('1', 'a', '钱多少')))
    for (const reply of replies) expect(reply).toEqual(replies[0])
    expect(await count('SELECT count(*) FROM turns')).toBe(1)
    expect(await count('SELECT count(*) FROM contacts')).toBe(1)
  })

  it('takes two different messages at once one after the other', async () => {
    await send('1', 'start', { type: 'command', name: 'start' })
    const [first, second] = await Promise.all([
      send('1', 'a', '钱多少'),
      send('1', 'b', '重点人群有哪些'),
    ])
    expect(new Set([first?.turn, second?.turn])).toEqual(new Set([2, 3]))
    expect(first?.messages[0]?.text).toContain('4.5万')
    expect(second?.messages[0]?.text).toContain('失业人员')
  })

  it('keeps people apart', async () => {
    await Promise.all(
      Array.from({ length: 50 }, (_, index) => send(String(index), `e${index}`, '钱多少')),
    )
    expect(await count('SELECT count(*) FROM sessions')).toBe(50)
    expect(await count('SELECT count(DISTINCT session_id) FROM turns')).toBe(50)
  })

  it('writes down what was heard and what was said, word for word', async () => {
    const reply = await send('1', 'a', '钱多少')
    const lines = await loadTranscript(world.db, testVault, { channel: 'telegram', id: '1' }, 0, 10)
    expect(lines.map(({ direction, body }) => [direction, body.text])).toEqual([
      ['in', '钱多少'],
      ['out', reply?.messages[0]?.text],
    ])
  })

  it('remembers the language for the next time', async () => {
    await send('1', 'a', 'English')
    const reply = await send('1', 'b', { type: 'command', name: 'help' })
    expect(reply?.messages[0]?.text).toMatch(/^Type a question/)
  })

  it('answers in the language of the question', async () => {
    await send('1', 'a', '你好')
    expect((await send('1', 'b', 'how much money per household'))?.messages[0]?.text).toContain(
      '45,000 yuan',
    )
    expect((await send('1', 'c', '钱多少'))?.messages[0]?.text).toContain('每户4.5万元')
    expect((await send('1', 'd', 'e-voucher'))?.messages[0]?.text).toMatch(/电子券/)
  })

  it('understands a typed number and a label as the option that was shown', async () => {
    const menu = await send('1', 'a', { type: 'command', name: 'start' })
    const byNumber = await send('1', 'b', '1')
    await send('1', 'c', '菜单')
    const byLabel = await send('1', 'd', menu?.messages[0]?.quickReplies[0]?.label ?? '')
    expect(byNumber?.messages[0]?.text).toContain('直接打字')
    expect(byLabel?.messages).toEqual(byNumber?.messages)
  })

  it('stores what it could not answer, with what was shown', async () => {
    const reply = await send('1', 'a', '钱多少')
    const unhelpful = reply?.messages[0]?.quickReplies.find(({ label }) => label === '没帮上')
    await send('1', 'b', { type: 'choice', value: unhelpful?.value ?? '' })
    await send('1', 'c', '补助几天能到账')
    const [last, first] = await listUnanswered(world.db, testVault, 9)
    expect([first?.reason, last?.reason]).toEqual(['not-helpful', 'not-stated'])
    expect(last?.question).toBe('补助几天能到账')
  })
})

describe('wrong input', () => {
  it.each([
    ['empty', ''],
    ['spaces', '  \n '],
    ['emoji', '🙂🙂🙂'],
    ['5000 characters', '补'.repeat(5000)],
    ['binary', '\u0000\u0001\ufffd\ud800'],
    ['a number', '99'],
    ['markup', '<script>alert(1)</script>'],
    ['a sign of ours', '!policy-question:entry:nothing'],
  ])('%s gets a clear answer and the session goes on', async (_, text) => {
    const reply = await send('1', 'a', text)
    expect(reply?.messages[0]?.text.length).toBeGreaterThan(5)
    const next = await send('1', 'b', '钱多少')
    expect(next?.messages[0]?.text).toContain('4.5万')
  })
})

describe('a bug of ours', () => {
  it('is said kindly, handed to staff and acknowledged; nothing personal is logged', async () => {
    await send('1', 'a', '钱多少')
    const broken = {
      ...world.deps,
      step: () => {
        throw new Error('张三 13800138000')
      },
    }
    const reply = await handleEvent(broken, channel, eventOf('1', 'b', '我叫张三'))
    expect(reply?.messages[0]?.text).toContain('不是您的问题')
    expect(await count("SELECT count(*) FROM handoffs WHERE reason = 'bug'")).toBe(1)
    expect(world.logged.join()).toContain('turn-failed')
    expect(world.logged.join()).not.toMatch(/张三|13800138000/)
    expect((await send('1', 'c', '返回机器人'))?.messages[0]?.text).toContain('我回来了')
    expect((await send('1', 'd', '菜单'))?.messages[0]?.text).toContain('微企通')
  })
})

describe('a memory that does not open any more', () => {
  it.each([
    ['is of another key', 'x'.repeat(60)],
    ['is cut', ''],
  ])(
    'lets that person begin anew with an apology and nobody else, where it %s',
    async (_, bytes) => {
      await send('1', 'a', '我要申请')
      await send('2', 'b', '我要申请')
      await world.db.write([
        {
          sql: "UPDATE sessions SET memory = ?, version = version + 1 WHERE external_id = '1'",
          args: [new TextEncoder().encode(bytes)],
        },
        {
          sql: 'UPDATE turns SET body = ? WHERE event_id LIKE ?',
          args: [new Uint8Array(40), '%a'],
        },
      ])
      const apology = await send('1', 'c', '继续')
      expect(apology?.messages.map(({ text }) => text).join()).toContain('从头开始')
      const after = await send('1', 'd', '钱多少')
      expect(after?.messages[0]?.text).toContain('4.5万')
      expect((await send('2', 'e', '菜单'))?.messages.map(({ text }) => text).join()).not.toContain(
        '从头开始',
      )
      await Promise.all(world.background)
      expect(world.logged.join()).toContain('memory-lost')
      const lines = await loadTranscript(world.db, testVault, eventOf('1', 'f', '').from, 0, 20)
      expect(lines.length).toBeGreaterThan(1)
    },
  )
})

describe('blocking', () => {
  it('marks the address and says nothing', async () => {
    await send('1', 'a', '钱多少')
    expect(await send('1', 'b', { type: 'membership', state: 'left' })).toBeNull()
    expect(await count('SELECT reachable FROM addresses')).toBe(0)
    await send('1', 'c', { type: 'membership', state: 'joined' })
    expect(await count('SELECT reachable FROM addresses')).toBe(1)
  })
})
