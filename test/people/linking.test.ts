import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { memoryContext } from '../../db/conversation/held-sessions.ts'
import type { Address, ChannelType } from '../../flows/engine/types.ts'
import { handleEvent } from '../../src/conversation/handle-event.ts'
import { createWorld, type TestWorld, testVault } from '../helpers/app.ts'
import { applicationLines, identityNumber, numberIn } from '../helpers/applicant.ts'
import { createFakeChannel } from '../helpers/channels/fake-channel.ts'
import { openEverything } from '../helpers/residue.ts'
import { createTalker } from '../helpers/talk.ts'

const CHANNELS = ['web', 'telegram', 'wechat', 'wechat-mp'] as const
let world: TestWorld
beforeEach(async () => {
  world = await createWorld(CHANNELS.map((type) => ({ ...createFakeChannel(), type })))
})
afterEach(() => world.close())

const person = (channel: ChannelType, id: string) => createTalker(world, { channel, id })
type Talker = ReturnType<typeof person>
const rows = async (sql: string, ...args: string[]) =>
  (await world.db.read([{ sql, args }]))[0] ?? []
const contactOf = async ({ from }: Talker) =>
  (await rows('SELECT contact_id FROM addresses WHERE external_id = ?', from.id))[0]?.[0]

const codeIn = (answer: string) => /(\d{3}) (\d{3})/.exec(answer)?.slice(1).join('') ?? 'no code'
const askCode = async (who: Talker) => codeIn(await who.sayAll(['绑定', '要一个代码']))
const enter = (who: Talker, code: string) => who.sayAll(['绑定', code])
/** Applies on a channel, and gives the number. */
const applied = async (who: Talker, as: number) =>
  numberIn(await who.sayAll(applicationLines(as))) ?? 'no number'

describe('two chats of one person', () => {
  it('become one by a code, and the half-filled form goes on at the same step', async () => {
    const [wechat, telegram] = [person('wechat', 'w1'), person('telegram', 't1')]
    const asked = await wechat.sayAll(applicationLines(4).slice(0, 6))
    const code = await askCode(wechat)
    expect(code).toMatch(/^\d{6}$/)
    const answer = await enter(telegram, `${code.slice(0, 3)} ${code.slice(3)}。`)
    expect(answer).toContain('绑定好了')
    expect(answer).toContain(
      asked.split('\n').find((line) => line.startsWith('第')) ?? 'no question',
    )
    expect(await contactOf(telegram)).toBe(await contactOf(wechat))
    const number = numberIn(await telegram.sayAll(applicationLines(4).slice(6)))
    expect(number).not.toBeNull()
    expect(await wechat.sayAll(['菜单', '查进度'])).toContain(number)
    // It is nowhere twice.
    expect(await wechat.say('我要申请')).toContain(number)
  })

  it('have one form each: the person says which is kept', async () => {
    const [web, telegram] = [person('web', 'w1'), person('telegram', 't1')]
    await web.sayAll(applicationLines(4).slice(0, 7))
    await telegram.sayAll(applicationLines(5).slice(0, 3))
    const code = await askCode(web)
    expect(await enter(telegram, code)).toContain('两边都有')
    expect(await telegram.say('嗯')).toContain('两边都有')
    expect(await telegram.say('把那边的搬过来')).toContain('搬到这里')
    expect(numberIn(await telegram.sayAll(applicationLines(4).slice(7)))).not.toBeNull()
  })

  it('and where the one here is kept, the other stays where it is', async () => {
    const [web, telegram] = [person('web', 'w1'), person('telegram', 't1')]
    await web.sayAll(applicationLines(4).slice(0, 7))
    const asked = await telegram.sayAll(applicationLines(5).slice(0, 3))
    await enter(telegram, await askCode(web))
    expect(await telegram.say('接着填这边的')).toContain(asked)
    expect(numberIn(await web.sayAll(applicationLines(4).slice(7)))).not.toBeNull()
  })

  it('fetch a form from each other later on', async () => {
    const [web, telegram] = [person('web', 'w1'), person('telegram', 't1')]
    await web.say('你好')
    await enter(telegram, await askCode(web))
    await web.sayAll(applicationLines(4).slice(0, 7))
    expect(await telegram.sayAll(['绑定', '把填到一半的搬过来'])).toContain('搬到这里')
    expect(numberIn(await telegram.sayAll(applicationLines(4).slice(7)))).not.toBeNull()
    expect(await web.sayAll(['绑定', '把填到一半的搬过来'])).toContain('没有填到一半的表')
  })

  it('become one by a link that leads to the web or to Telegram', async () => {
    world.deps.linkTo = { telegramBot: 'weiqitong_bot' }
    const [wechat, web, telegram] = [
      person('wechat', 'w1'),
      person('web', 'b1'),
      person('telegram', 't1'),
    ]
    const ways = await wechat.sayAll(['绑定', '要一个代码'])
    const token = /t\.me\/weiqitong_bot\?start=link-(\S+)/.exec(ways)?.[1]
    expect(ways).toContain(`https://chat.test/#go=${token}`)
    const start = (payload: string) => ({ type: 'command', name: 'start', payload }) as const
    expect(await telegram.say(start(`link-${token}`))).toContain('绑定好了')
    expect(await web.say(start(`elsewhere-${token}`))).toContain('用过了')
    const again = /#go=(\S+)/.exec(await wechat.sayAll(['绑定', '要一个代码']))?.[1]
    await web.say(start(`elsewhere-${again}`))
    expect(await contactOf(web)).toBe(await contactOf(wechat))
    expect(await contactOf(telegram)).toBe(await contactOf(wechat))
  })

  it('tell the first one that the second has come', async () => {
    const [web, telegram] = [person('web', 'w1'), person('telegram', 't1')]
    await enter(telegram, await askCode(web))
    const notices = await openEverything(world.db, testVault)
    const told = notices.filter(
      ({ table, text }) => table === 'outbox' && text.includes('Telegram'),
    )
    expect(told).toHaveLength(1)
    expect(told[0]?.text).toContain('不是的话')
    expect(await rows('SELECT channel, external_id, kind FROM outbox')).toEqual([
      ['web', 'w1', 'answer'],
    ])
  })
})

describe('a code', () => {
  it('that is wrong, too old, used or replaced gets the same answer', async () => {
    const [web, one] = [person('web', 'w1'), person('telegram', 't1')]
    const wrong = await enter(one, '000000')
    expect(wrong).toContain('不对、用过了，或者已经过期')
    const old = await askCode(web)
    world.tick(601)
    expect(await enter(person('telegram', 't2'), old)).toContain(wrong)
    const replaced = await askCode(web)
    const live = await askCode(web)
    if (replaced !== live) expect(await enter(person('telegram', 't3'), replaced)).toContain(wrong)
    expect(await enter(person('telegram', 't4'), live)).toContain('绑定好了')
    expect(await enter(person('telegram', 't5'), live)).toContain(wrong)
    expect(await rows('SELECT count(*) FROM contacts')).toEqual([[5]])
  })

  it('is not what is typed in words or in other digits', async () => {
    const one = person('telegram', 't1')
    for (const typed of ['12345', '1234567', '代码', '12ab56']) {
      expect(await enter(one, typed)).toContain('6位数字')
    }
    expect(await rows('SELECT count(*) FROM attempts')).toEqual([[0]])
  })

  it('typed by two at once joins one of them', async () => {
    const web = person('web', 'w1')
    const code = await askCode(web)
    const both = [person('telegram', 't1'), person('wechat', 'x1')]
    for (const one of both) await one.say('绑定')
    const answers = await Promise.all(both.map((one) => one.say(code)))
    expect(answers.filter((answer) => answer.includes('绑定好了'))).toHaveLength(1)
    expect(answers.filter((answer) => answer.includes('不对、用过了'))).toHaveLength(1)
    const contacts = await Promise.all([web, ...both].map(contactOf))
    expect(new Set(contacts).size).toBe(2)
  })

  it('delivered twice joins once, with the same answer', async () => {
    const [web, telegram] = [person('web', 'w1'), person('telegram', 't1')]
    const code = await askCode(web)
    await telegram.say('绑定')
    const answers = await Promise.all([telegram.say(code, 'same'), telegram.say(code, 'same')])
    expect(answers[0]).toContain('绑定好了')
    expect(answers[1]).toBe(answers[0])
    expect(await rows('SELECT kind, channel FROM link_events')).toEqual([['linked', 'telegram']])
  })

  it.each(['before', 'after'])('whose turn is cut off %s it is stored joins once', async (when) => {
    const [web, telegram] = [person('web', 'w1'), person('telegram', 't1')]
    const code = await askCode(web)
    await telegram.say('绑定')
    const { db } = world.deps
    let cut = true
    world.deps.db = {
      ...db,
      write: async (statements) => {
        const isTurn = cut && statements.some(({ sql }) => sql.includes('INSERT INTO turns'))
        if (isTurn) cut = false
        if (isTurn && when === 'before') throw new Error('cut off')
        const results = await db.write(statements)
        if (isTurn) throw new Error('cut off')
        return results
      },
    }
    await expect(telegram.say(code, 'same')).rejects.toThrow('cut off')
    expect(await telegram.say(code, 'same')).toContain('绑定好了')
    expect(await rows('SELECT count(*) FROM link_events')).toEqual([[1]])
    expect(await contactOf(telegram)).toBe(await contactOf(web))
  })

  it('cannot be guessed: five tries an hour for one, a hundred for a channel', async () => {
    const code = await askCode(person('wechat', 'w1'))
    const guess = (at: number) => String((Number(code) + 1 + at) % 1_000_000).padStart(6, '0')
    const one = person('telegram', 't0')
    for (let at = 0; at < 5; at++) expect(await enter(one, guess(at))).toContain('不对')
    expect(await enter(one, code)).toContain('试的次数太多')
    for (let at = 5; at < 100; at++) await enter(person('telegram', `t${at}`), guess(at))
    expect(await enter(person('telegram', 'fresh'), code)).toContain('试的次数太多')
    // Another channel is not closed by it, and an hour later all is open again.
    expect(await enter(person('web', 'b1'), code)).toContain('绑定好了')
    world.tick(3601)
    expect(await enter(one, guess(3))).toContain('不对')
  })

  it('and what opens it stand nowhere in the clear', async () => {
    const web = person('web', 'w1')
    const code = await askCode(web)
    const token = /#go=(\S+)/.exec(await person('wechat', 'x').sayAll(['绑定', '要一个代码']))?.[1]
    const plain = await rows('SELECT group_concat(code_index) FROM link_codes')
    expect(JSON.stringify(plain)).not.toContain(code)
    expect(JSON.stringify(await rows('SELECT token_hash FROM links'))).not.toContain(token)
    expect(world.logged.join()).not.toContain(code)
  })

  it('is neither given nor taken where others read along', async () => {
    const room = { channel: 'wechat', id: 'room:1' } as const
    const channel = { ...createFakeChannel({ repliesInResponse: 10 }), type: 'wechat' as const }
    const say = async (text: string, id: string) => {
      const event = { id, from: room as Address, at: world.deps.now(), shared: true } as const
      const reply = await handleEvent(world.deps, channel, {
        ...event,
        input: { type: 'text', text },
      })
      return reply?.messages.map((one) => one.text).join('\n') ?? ''
    }
    const code = await askCode(person('web', 'w1'))
    await say('绑定', 'r1')
    expect(await say('要一个代码', 'r2')).toContain('单独聊')
    await say('绑定', 'r3')
    expect(await say(code, 'r4')).toContain('单独聊')
    expect(await rows('SELECT count(*) FROM link_codes WHERE uses = 0')).toEqual([[1]])
  })
})

describe('where there is a case', () => {
  it('its number or the identity number must be proved, three times at most', async () => {
    const web = person('web', 'w1')
    const number = await applied(web, 4)
    const code = await askCode(web)
    const telegram = person('telegram', 't1')
    expect(await enter(telegram, code)).toContain('要先核对')
    expect(await telegram.say('123456')).toContain('对不上')
    expect(await telegram.say('不知道')).toContain('对不上')
    expect(await telegram.say(number.slice(-6))).toContain('绑定好了')
    expect(await telegram.sayAll(['菜单', '查进度'])).toContain(number)

    const other = person('wechat', 'x1')
    await enter(other, await askCode(web))
    expect(await other.say(identityNumber(4).slice(-6))).toContain('绑定好了')

    const thief = person('wechat', 'x2')
    await enter(thief, await askCode(web))
    for (const guess of ['111111', '222222', '333333']) await thief.say(guess)
    expect(await thief.say(number.slice(-6))).not.toContain('绑定好了')
    expect(await contactOf(thief)).not.toBe(await contactOf(web))
  })

  it('on a channel that takes no personal data only the number is asked for, and no form comes along', async () => {
    await world.close()
    world = await createWorld(
      CHANNELS.map((type) => ({ ...createFakeChannel(), type })),
      { personalData: (channel) => channel === 'web' },
    )
    const web = person('web', 'w1')
    const number = await applied(web, 4)
    await web.sayAll(['菜单', '我要申请'])
    const telegram = person('telegram', 't1')
    expect(await enter(telegram, await askCode(web))).not.toContain('身份证')
    expect(await telegram.say(identityNumber(4).slice(-6))).toContain('对不上')
    const answer = await telegram.say(number)
    expect(answer).toContain('绑定好了')
    expect(await telegram.sayAll(['菜单', '查进度'])).toContain('不放个人信息')
  })

  it('who has one cannot be talked into showing it to whoever sent a code or a link', async () => {
    const [victim, thief] = [person('wechat', 'v1'), person('telegram', 't1')]
    const number = await applied(victim, 4)
    const code = await askCode(thief)
    expect(await enter(victim, code)).toContain('请反过来')
    const way = await thief.sayAll(['绑定', '要一个代码'])
    const token = /#go=(\S+)/.exec(way)?.[1]
    const start = { type: 'command', name: 'start' } as const
    await victim.say({ ...start, payload: `elsewhere-${token}` })
    await victim.say({ ...start, payload: `link-${token}` })
    expect(await contactOf(victim)).not.toBe(await contactOf(thief))
    expect(await thief.sayAll(['菜单', '查进度'])).not.toContain(number)
  })

  it('two people who each have one stay two', async () => {
    const [one, two] = [person('wechat', 'v1'), person('telegram', 't1')]
    await applied(one, 4)
    await applied(two, 5)
    expect(await enter(two, await askCode(one))).toContain('不是同一个人的')
  })
})

describe('unlinking', () => {
  const unlink = async (who: Talker, label: RegExp, proof?: string) => {
    const listed = await who.sayAll(['菜单', { type: 'choice', value: '!link:list' }])
    const entries = await offered(who)
    const entry = entries.find((one) => label.test(one.label))
    if (entry === undefined) throw new Error(`nothing to unlink in ${listed}`)
    await who.say({ type: 'choice', value: entry.value })
    const answer = await who.say('解除')
    return proof === undefined ? answer : who.say(proof)
  }
  const offered = async ({ from }: Talker): Promise<{ value: string; label: string }[]> => {
    const [[id, memory] = []] = await rows(
      'SELECT id, memory FROM sessions WHERE external_id = ?',
      from.id,
    )
    if (!(memory instanceof Uint8Array)) throw new Error('no conversation')
    const opened = await testVault.openText(memory, memoryContext(String(id)))
    return JSON.parse(opened).offered.replies
  }

  it('leaves nothing of a person with the chat that goes', async () => {
    const [web, telegram] = [person('web', 'w1'), person('telegram', 't1')]
    const number = await applied(web, 4)
    await enter(telegram, await askCode(web))
    await telegram.say(number.slice(-6))
    await telegram.sayAll(['菜单', '查进度'])
    expect(await unlink(web, /Telegram/, identityNumber(4).slice(-6))).toContain('已经解除')
    const gone = await contactOf(telegram)
    expect(gone).not.toBe(await contactOf(web))
    const [session = []] = await rows(`SELECT id FROM sessions WHERE external_id = 't1'`)
    const turns = await rows('SELECT event_id FROM turns WHERE session_id = ?', String(session[0]))
    expect(turns).toHaveLength(1)
    expect(await rows(`SELECT count(*) FROM outbox WHERE external_id = 't1'`)).toEqual([[0]])
    expect(await telegram.sayAll(['你好', '查进度'])).not.toContain(number)
    expect(await web.sayAll(['菜单', '查进度'])).toContain(number)
    expect(await rows('SELECT kind, channel FROM link_events')).toHaveLength(2)
  })

  it('of the chat that asks needs no proof, and it begins anew', async () => {
    const [web, telegram] = [person('web', 'w1'), person('telegram', 't1')]
    const number = await applied(web, 4)
    await enter(telegram, await askCode(web))
    await telegram.say(number.slice(-6))
    expect(await unlink(telegram, /就是这里/)).toContain('全新的')
    expect(await contactOf(telegram)).not.toBe(await contactOf(web))
    expect(await telegram.sayAll(['查进度'])).not.toContain(number)
    expect(await web.sayAll(['菜单', '查进度'])).toContain(number)
  })

  it('there is nothing to unlink in a single chat', async () => {
    expect(
      await person('web', 'w1').sayAll([
        '绑定',
        '解除绑定',
        { type: 'choice', value: '!link:list' },
      ]),
    ).toContain('只有这一个聊天')
  })

  it('forgets a draft that was typed there, and codes that were shown there', async () => {
    const [web, telegram] = [person('web', 'w1'), person('telegram', 't1')]
    await web.say('你好')
    await enter(telegram, await askCode(web))
    await telegram.sayAll(applicationLines(5).slice(0, 6))
    const code = await askCode(telegram)
    await unlink(web, /Telegram/)
    expect(await enter(person('wechat', 'x1'), code)).toContain('不对')
    const cells = await openEverything(world.db, testVault)
    expect(cells.filter(({ text }) => text.includes(identityNumber(5)))).toEqual([])
  })

  it('while the other chat is in the middle of a turn, that turn is stepped again', async () => {
    const [web, telegram] = [person('web', 'w1'), person('telegram', 't1')]
    await web.say('你好')
    await enter(telegram, await askCode(web))
    await web.sayAll(applicationLines(4).slice(0, 6))
    await telegram.say('绑定')
    const both = await Promise.all([
      telegram.say('把填到一半的搬过来'),
      web.say(applicationLines(4)[6] ?? ''),
    ])
    expect(both.every((answer) => answer.length > 0)).toBe(true)
    const cells = await openEverything(world.db, testVault)
    const memories = cells.filter(
      ({ table, column }) => table === 'sessions' && column === 'memory',
    )
    const holding = memories.filter(({ text }) => text.includes(identityNumber(4)))
    expect(holding).toHaveLength(1)
  })
})

it('a merge and then an erasure leave no residue of either chat', async () => {
  const [web, telegram] = [person('web', 'w1'), person('telegram', 'secret-t1')]
  await telegram.sayAll(['我有一家小店', ...applicationLines(4).slice(0, 6)])
  await enter(web, await askCode(telegram))
  await web.sayAll(['菜单', { type: 'choice', value: '!my-data:erase' }])
  const answer = await web.say('删除')
  expect(answer).toMatch(/SJ-\d{8}/)
  const cells = await openEverything(world.db, testVault)
  for (const mark of ['secret-t1', identityNumber(4), '我有一家小店']) {
    expect(
      cells.filter(({ text }) => text.includes(mark)),
      mark,
    ).toEqual([])
  }
  expect(await rows('SELECT count(*) FROM link_events')).toEqual([[0]])
})
