import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { memoryContext } from '../../db/conversation/held-sessions.ts'
import { outboxContext } from '../../db/outbox/outbox.ts'
import type { Address, ChannelType, Input, RenderedMessage } from '../../flows/engine/types.ts'
import { flows } from '../../flows/index.ts'
import { STARTS } from '../../flows/starts.ts'
import type { MessageKey } from '../../locales/keys.ts'
import { handleEvent } from '../../src/conversation/handle-event.ts'
import { copyOf } from '../../src/people/my-data/copy.ts'
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
/** Uses a code, agrees, and has the chat that made it say yes too: what is said in the one and in the other. */
const join = async (who: Talker, maker: Talker, code: string, ...proof: string[]) => {
  await enter(who, code)
  for (const line of proof) await who.say(line)
  const agreed = await who.say('同意')
  return { agreed, joined: await maker.say('是我，合在一起') }
}
const start = (payload: string) => ({ type: 'command', name: 'start', payload }) as const
/** The last notice that waits for a chat, with its buttons. */
const told = async ({ from }: Talker) => {
  const [[id, body] = []] = await rows(
    'SELECT id, body FROM outbox WHERE external_id = ? ORDER BY seq DESC LIMIT 1',
    from.id,
  )
  if (!(body instanceof Uint8Array)) throw new Error('nothing was told')
  const { text, quickReplies } = JSON.parse(
    await testVault.openText(body, outboxContext(String(id))),
  ) as RenderedMessage
  const button = (label: string): Input => {
    const found = quickReplies.find((one) => one.label === label)
    if (found === undefined) throw new Error(`no button ${label} under ${text}`)
    return { type: 'choice', value: found.value }
  }
  return { text, button }
}
/** Applies on a channel, and gives the number. */
const applied = async (who: Talker, as: number) =>
  numberIn(await who.sayAll(applicationLines(as))) ?? 'no number'

describe('two chats of one person', () => {
  it('become one only after both said yes', async () => {
    const [wechat, telegram] = [person('wechat', 'w1'), person('telegram', 't1')]
    const code = await askCode(wechat)
    expect(code).toMatch(/^\d{6}$/)
    const shown = await enter(telegram, `${code.slice(0, 3)} ${code.slice(3)}。`)
    expect(shown).toContain('微信（2018-06-01起）')
    expect(await contactOf(telegram)).not.toBe(await contactOf(wechat))
    expect(await telegram.say('嗯')).toContain('请点“同意”或者“不同意”')
    expect(await telegram.say('同意')).toContain('还差一步')
    expect(await contactOf(telegram)).not.toBe(await contactOf(wechat))
    expect(await rows('SELECT count(*) FROM link_events')).toEqual([[0]])
    const asked = await told(wechat)
    expect(asked.text).toContain('在 Telegram（电报）上，10:00')
    expect(await wechat.say(asked.button('是我，合在一起'))).toContain('绑定好了')
    expect(await contactOf(telegram)).toBe(await contactOf(wechat))
    expect((await told(telegram)).text).toContain('绑定好了')
    // The second tap on the same button finds nothing.
    expect(await wechat.say(asked.button('是我，合在一起'))).toContain('没有等着您回答的')
  })

  it('stay two where either says no', async () => {
    const [web, telegram] = [person('web', 'w1'), person('telegram', 't1')]
    await enter(telegram, await askCode(web))
    expect(await telegram.say('不同意')).toContain('什么都没变')
    expect(await rows('SELECT count(*) FROM outbox')).toEqual([[0]])
    await enter(telegram, await askCode(web))
    await telegram.say('同意')
    expect(await web.say('不是我，不要合')).toContain('没有合在一起')
    expect((await told(telegram)).text).toContain('没有同意')
    expect(await contactOf(telegram)).not.toBe(await contactOf(web))
    expect(await web.say('是我，合在一起')).toContain('没有等着您回答的')
  })

  it('are asked in vain after half an hour', async () => {
    const [web, telegram] = [person('web', 'w1'), person('telegram', 't1')]
    await enter(telegram, await askCode(web))
    await telegram.say('同意')
    world.tick(1801)
    expect(await web.say('是我，合在一起')).toContain('没有等着您回答的')
    expect(await contactOf(telegram)).not.toBe(await contactOf(web))
  })

  it('see each other’s cases, and speak English where English is spoken', async () => {
    const [web, telegram] = [person('web', 'w1'), person('telegram', 't1')]
    await web.say('English')
    const code = codeIn(await web.sayAll(['link', 'Get a code']))
    await telegram.say('English')
    expect(await telegram.sayAll(['link', code])).toContain('Web page (since 2018-06-01)')
    expect(await telegram.say('Agree')).toContain('one more step')
    expect((await told(web)).text).toContain('A chat (on Telegram, 10:00)')
    expect(await web.say('It is me')).toContain('Linked.')
    await web.say('中文')
    const number = await applied(web, 4)
    expect(await telegram.sayAll(['菜单', '查进度'])).toContain(number)
  })

  it('are told whose chat it is, masked, where a case names somebody', async () => {
    const [web, telegram] = [person('web', 'w1'), person('telegram', 't1')]
    const number = await applied(web, 4)
    const before = await enter(telegram, await askCode(web))
    expect(before).not.toContain('*')
    const shown = await telegram.say(number.slice(-6))
    expect(shown).toMatch(/办过申请的人：.\*+/)
    expect(shown).toContain('网页（2018-06-01起）')
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
    expect(await telegram.say(start(`link-${token}`))).toContain('想跟这里合在一起')
    // Looking uses nothing up.
    expect(await web.say(start(`elsewhere-${token}`))).toContain('想跟这里合在一起')
    await telegram.say('同意')
    expect(await web.say('同意')).toContain('用过了')
    await wechat.say('是我，合在一起')
    expect(await contactOf(telegram)).toBe(await contactOf(wechat))
    expect(await contactOf(web)).not.toBe(await contactOf(wechat))
  })

  it('that both ask at once are told apart by their buttons', async () => {
    const [web, one, two] = [person('web', 'w1'), person('telegram', 't1'), person('wechat', 'x1')]
    await enter(one, await askCode(web))
    await one.say('同意')
    const first = await told(web)
    await enter(two, await askCode(web))
    await two.say('同意')
    // Words alone do not say which.
    expect(await web.say('是我，合在一起')).toContain('没有等着您回答的')
    expect(await web.say(first.button('是我，合在一起'))).toContain('绑定好了')
    expect(await contactOf(one)).toBe(await contactOf(web))
    expect(await contactOf(two)).not.toBe(await contactOf(web))
  })
})

describe('what a stranger sends', () => {
  it('changes nothing by being opened, whatever it is', async () => {
    const [thief, victim] = [person('telegram', 't1'), person('web', 'v1')]
    await victim.sayAll(applicationLines(4).slice(0, 7))
    const before = await contactOf(victim)
    const token = /#go=(\S+)/.exec(await thief.sayAll(['绑定', '要一个代码']))?.[1]
    await victim.say(start(`elsewhere-${token}`))
    await victim.say(start(`link-${token}`))
    expect(await contactOf(victim)).toBe(before)
    expect(await rows('SELECT count(*) FROM outbox')).toEqual([[0]])
    expect(await thief.sayAll(['菜单', '绑定', '把填到一半的搬过来'])).toContain('没有填到一半的表')
    // The form goes on where it was.
    expect(await victim.say('不同意')).toContain('什么都没变')
    expect(
      numberIn(await victim.sayAll(['我要申请', ...applicationLines(4).slice(7)])),
    ).not.toBeNull()
    expect(await thief.sayAll(['菜单', '查进度'])).not.toContain('待受理')
  })

  it.each([
    ...['link-make', 'link-list', 'link-bring', 'link-qr', 'link-yes', 'link-no', 'link-part'],
    ...['link-give', 'link-yes:id000001', 'news-id000001:stop', 'events-leave-id000001'],
    ...['my-data-erase', 'my-data-copy', 'voucher-ask:id000001', 'staff-broadcasts', 'staff-leave'],
    ...['policy-question-entry', 'no-such-flow', 'toString', '__proto__', '-', 'apply-x'],
  ])('leads home by %s, which is on no list', async (payload) => {
    const who = person('web', 'w1')
    const home = await who.say(start(''))
    expect(await who.say(start(payload))).toBe(home)
  })

  it('opens what is on the list', async () => {
    const who = person('web', 'w1')
    const home = await who.say(start(''))
    for (const [flow, takes] of Object.entries(STARTS)) {
      expect(flows.map(({ id }) => id)).toContain(flow)
      if (takes.test('')) expect(await who.say(start(flow)), flow).not.toBe(home)
    }
  })
})

describe('a way on to the web', () => {
  const go = async (who: Talker) =>
    /#go=(\S+)/.exec(await who.say({ type: 'choice', value: '!apply' }))?.[1]
  const closed = async () => {
    await world.close()
    world = await createWorld(
      CHANNELS.map((type) => ({ ...createFakeChannel(), type })),
      { personalData: (channel) => channel === 'web' },
    )
  }
  /** Half a pre-screen that leads to a way on to the web, on a channel that takes nothing personal. */
  const prescreened = async (who: Talker) => {
    let answer = await who.sayAll(['预审', '同意'])
    for (let asked = 0; asked < 12 && !answer.includes('我要申请'); asked++) {
      answer = await who.say({ type: 'choice', value: 'unsure' })
    }
    return /#go=(\S+)/.exec(await who.say({ type: 'choice', value: 'apply' }))?.[1]
  }

  it('copies the answers after one tap, joins nobody, and tells its maker nothing', async () => {
    await closed()
    const [telegram, web] = [person('telegram', 't1'), person('web', 'b1')]
    const token = await prescreened(telegram)
    expect(token).toBeDefined()
    const before = await rows('SELECT count(*) FROM contacts')
    expect(await web.say(start(`elsewhere-${token}`))).toContain('预审答过的可以带到这里')
    expect(await rows('SELECT uses FROM links')).toEqual([[0]])
    await web.say('接着填')
    expect(await rows('SELECT uses FROM links')).toEqual([[1]])
    expect(await contactOf(web)).not.toBe(await contactOf(telegram))
    expect(await rows('SELECT count(*) FROM contacts')).not.toEqual(before)
    expect(await rows('SELECT count(*) FROM outbox')).toEqual([[0]])
    expect(await rows('SELECT count(*) FROM link_events')).toEqual([[0]])
    const cells = await openEverything(world.db, testVault)
    const memories = cells.filter(
      ({ table, column }) => table === 'sessions' && column === 'memory',
    )
    expect(memories.filter(({ text }) => /"prescreen":\{"/.test(text))).toHaveLength(1)
    const number = numberIn(await web.sayAll(applicationLines(4).slice(1)))
    expect(await telegram.sayAll(['菜单', '查进度'])).not.toContain(number ?? '待受理')
    expect(await person('web', 'b2').say(start(`elsewhere-${token}`))).toContain('用过了')
  })

  it('asks where there is a half-filled form already', async () => {
    await closed()
    const [telegram, web] = [person('telegram', 't1'), person('web', 'b1')]
    const asked = await web.sayAll(applicationLines(4).slice(0, 7))
    const token = await prescreened(telegram)
    expect(await web.say(start(`elsewhere-${token}`))).toContain('已经有一份填到一半的')
    expect(await web.say('不用了')).toContain('没有变')
    await web.say(start(`elsewhere-${token}`))
    expect(await web.say('接着填这里的')).toContain(asked.split('\n').at(0))
    await web.say(start(`elsewhere-${token}`))
    await web.say('换成带来的')
    const cells = await openEverything(world.db, testVault)
    const memories = cells.filter(
      ({ table, column }) => table === 'sessions' && column === 'memory',
    )
    expect(memories.filter(({ text }) => text.includes(identityNumber(4)))).toEqual([])
    expect(memories.filter(({ text }) => /"prescreen":\{"/.test(text))).toHaveLength(1)
  })

  it('opens nothing but what any link may open', async () => {
    await closed()
    const telegram = person('telegram', 't1')
    const way = await telegram.say({ type: 'choice', value: '!my-data:erase' })
    const token = /#go=(\S+)/.exec(way)?.[1]
    const web = person('web', 'b1')
    await web.say('你好')
    await web.say(start(`elsewhere-${token}`))
    // The menu of one's own data, not its erasure.
    expect(await web.say('接着填')).toContain('想做哪一样')
    expect(await go(telegram)).toBeDefined()
  })
})

describe('a half-filled form', () => {
  const both = async (make: ChannelType = 'web') => {
    const [maker, taker] = [person(make, 'm1'), person('telegram', 't1')]
    await maker.say('你好')
    const pair = await join(taker, maker, await askCode(maker))
    expect(pair.joined).toContain('绑定好了')
    return { maker, taker }
  }

  it('stays in its chat when two are joined that no case proves to be one person', async () => {
    const [web, telegram] = [person('web', 'w1'), person('telegram', 't1')]
    await telegram.sayAll(applicationLines(5).slice(0, 6))
    await web.sayAll(applicationLines(4).slice(0, 7))
    await join(telegram, web, await askCode(web))
    const overview = await web.sayAll(['菜单', { type: 'choice', value: '!my-data:see' }])
    expect(overview).toContain('139****0004')
    expect(overview).not.toContain('139****0005')
    for (const [who, mark] of [
      [web, identityNumber(5)],
      [telegram, identityNumber(4)],
    ] as const) {
      const contactId = String(await contactOf(who))
      const copy = await copyOf(world.deps, { contactId, from: who.from })
      expect(copy?.unsentApplications).toHaveLength(1)
      expect(JSON.stringify(copy)).not.toContain(mark)
    }
  })

  it('crosses by the yes of the chat that gives it, and goes on at the same step', async () => {
    const { maker, taker } = await both()
    const asked = await maker.sayAll(applicationLines(4).slice(0, 7))
    expect(await taker.sayAll(['绑定', '把填到一半的搬过来'])).toContain('请到那边点')
    const request = await told(maker)
    expect(request.text).toContain('里面有您填的个人信息')
    expect(await maker.say(request.button('把这里的搬过去'))).toContain('搬过去了')
    const got = await told(taker)
    expect(await taker.say(got.button('继续申请'))).toContain(
      asked.split('\n').find((line) => line.startsWith('第')) ?? 'no question',
    )
    expect(numberIn(await taker.sayAll(applicationLines(4).slice(7)))).not.toBeNull()
    // It is nowhere twice.
    const cells = await openEverything(world.db, testVault)
    const memories = cells.filter(
      ({ table, column }) => table === 'sessions' && column === 'memory',
    )
    expect(memories.filter(({ text }) => text.includes(identityNumber(4)))).toEqual([])
  })

  it('is given right after the joining where there is one', async () => {
    const [wechat, telegram] = [person('wechat', 'w1'), person('telegram', 't1')]
    await wechat.sayAll(applicationLines(4).slice(0, 6))
    const { joined } = await join(telegram, wechat, await askCode(wechat))
    expect(joined).toContain('想到那边接着填')
    expect(await wechat.say('把这里的搬过去')).toContain('搬过去了')
    expect(
      numberIn(await telegram.sayAll(['我要申请', ...applicationLines(4).slice(6)])),
    ).not.toBeNull()
  })

  it('is never written over from the other chat', async () => {
    const { maker, taker } = await both()
    await maker.sayAll(applicationLines(4).slice(0, 7))
    await taker.sayAll(applicationLines(5).slice(0, 6))
    expect(await maker.say('把这里的搬过去')).toContain('怕把它盖掉')
    expect(numberIn(await taker.sayAll(applicationLines(5).slice(6)))).not.toBeNull()
  })

  it('of chats that a case proves to be one person may be fetched at once', async () => {
    const [web, telegram] = [person('web', 'w1'), person('telegram', 't1')]
    const number = await applied(web, 4)
    await world.db.write([
      { sql: `UPDATE cases SET outcome = 'withdrawn', identity_index = identity_index`, args: [] },
    ])
    await applied(telegram, 4)
    await join(telegram, web, await askCode(web), number.slice(-6))
    expect(await contactOf(telegram)).toBe(await contactOf(web))
    await web.sayAll(['菜单', '预审', '同意'])
    expect(await telegram.sayAll(['菜单', '绑定', '把填到一半的搬过来'])).toContain('搬到这里')
  })
})

it.each(flows.filter(({ resumable }) => resumable === true))(
  '$id has a word that opens it again where it was given to another chat',
  ({ id, words }) => {
    for (const locale of ['zh-Hans', 'en'] as const) {
      const key = `link.go${id.charAt(0).toUpperCase()}${id.slice(1)}` as MessageKey
      expect(words).toContain(world.deps.translate(locale, key).toLowerCase())
    }
  },
)

describe('a joining', () => {
  const owned = (who: Talker) => who.sayAll(['菜单', '查进度']).then((answer) => numberIn(answer))

  it.each(['maker', 'taker'] as const)('is undone by the %s within 30 days', async (by) => {
    const [web, telegram] = [person('web', 'w1'), person('telegram', 't1')]
    await web.say('你好')
    await join(telegram, web, await askCode(web))
    const number = await applied(telegram, 4)
    expect(await owned(web)).toBe(number)
    world.tick(29 * 24 * 3600)
    const [who, other] = by === 'maker' ? [web, telegram] : [telegram, web]
    expect(await who.say('分开')).toContain('确定分开吗')
    expect(await who.say('分开')).toContain('已经分开了')
    expect((await told(other)).text).toContain('分开了')
    expect(await contactOf(web)).not.toBe(await contactOf(telegram))
    // Who handed it in has it, and nobody else.
    expect(await owned(telegram)).toBe(number)
    expect(await owned(web)).toBeNull()
    expect(await web.say('分开')).toContain('确定分开吗')
    expect(await web.say({ type: 'choice', value: 'part' })).toContain('没有可以分开的')
    expect(await rows('SELECT kind FROM link_events ORDER BY at, kind')).toEqual([
      ['linked'],
      ['unlinked'],
    ])
    expect(await rows('SELECT count(*) FROM link_join_rows')).toEqual([[0]])
  })

  it('is not undone after them, nor by somebody else', async () => {
    const [web, telegram, other] = [
      person('web', 'w1'),
      person('telegram', 't1'),
      person('wechat', 'x1'),
    ]
    await web.say('你好')
    await join(telegram, web, await askCode(web))
    const [[id] = []] = await rows('SELECT id FROM link_joins')
    await other.say({ type: 'choice', value: `!link:part:${String(id)}` })
    expect(await other.say({ type: 'choice', value: 'part' })).toContain('没有可以分开的')
    world.tick(30 * 24 * 3600 + 1)
    await web.say('分开')
    expect(await web.say({ type: 'choice', value: 'part' })).toContain('没有可以分开的')
    expect(await contactOf(web)).toBe(await contactOf(telegram))
  })

  it('gives back what was there before: papers, sign-ups, receipts and consents', async () => {
    const [web, telegram] = [person('web', 'w1'), person('telegram', 't1')]
    await web.say('你好')
    await telegram.sayAll(applicationLines(5).slice(0, 6))
    const count = async (who: Talker) => {
      const contact = String(await contactOf(who))
      return rows('SELECT count(*) FROM consents WHERE contact_id = ?', contact)
    }
    const before = await count(telegram)
    expect(before).not.toEqual([[0]])
    await join(telegram, web, await askCode(web))
    expect(await count(web)).toEqual(before)
    await web.sayAll(['分开', '分开'])
    expect(await count(web)).toEqual([[0]])
    expect(await count(telegram)).toEqual(before)
    // The draft never left.
    expect(
      numberIn(await telegram.sayAll(['我要申请', ...applicationLines(5).slice(6)])),
    ).not.toBeNull()
  })

  it('fails and is tried anew where the other chat has handed in a case meanwhile', async () => {
    const [web, telegram] = [person('web', 'w1'), person('telegram', 't1')]
    await web.say('你好')
    await telegram.sayAll(applicationLines(5).slice(0, -1))
    await telegram.say('菜单')
    await enter(telegram, await askCode(web))
    await telegram.sayAll(['同意', '我要申请'])
    const { db } = world.deps
    let meanwhile = true
    world.deps.db = {
      ...db,
      write: async (statements) => {
        if (meanwhile && statements.some(({ sql }) => sql.includes('INTO link_joins'))) {
          meanwhile = false
          await telegram.say(applicationLines(5).at(-1) ?? '')
        }
        return db.write(statements)
      },
    }
    await web.say('是我，合在一起')
    expect(await contactOf(telegram)).not.toBe(await contactOf(web))
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
    const used = person('telegram', 't4')
    expect(await enter(used, live)).toContain('想跟这里合在一起')
    await used.say('同意')
    expect(await enter(person('telegram', 't5'), live)).toContain(wrong)
    expect(await rows('SELECT count(*) FROM contacts')).toEqual([[6]])
  })

  it('is not what is typed in words or in other digits', async () => {
    const one = person('telegram', 't1')
    for (const typed of ['12345', '1234567', '代码', '12ab56']) {
      expect(await enter(one, typed)).toContain('6位数字')
    }
    expect(await rows('SELECT count(*) FROM attempts')).toEqual([[0]])
  })

  it('agreed to by two at once asks for one of them', async () => {
    const web = person('web', 'w1')
    const code = await askCode(web)
    const both = [person('telegram', 't1'), person('wechat', 'x1')]
    for (const one of both) await enter(one, code)
    const answers = await Promise.all(both.map((one) => one.say('同意')))
    expect(answers.filter((answer) => answer.includes('还差一步'))).toHaveLength(1)
    expect(answers.filter((answer) => answer.includes('不对、用过了'))).toHaveLength(1)
    await web.say('是我，合在一起')
    const contacts = await Promise.all([web, ...both].map(contactOf))
    expect(new Set(contacts).size).toBe(2)
  })

  it('whose yes is delivered twice joins once, with the same answer', async () => {
    const [web, telegram] = [person('web', 'w1'), person('telegram', 't1')]
    const code = await askCode(web)
    await enter(telegram, code)
    await telegram.say('同意')
    const yes = '是我，合在一起'
    const answers = await Promise.all([web.say(yes, 'same'), web.say(yes, 'same')])
    expect(answers[0]).toContain('绑定好了')
    expect(answers[1]).toBe(answers[0])
    expect(await rows('SELECT kind, channel FROM link_events')).toEqual([['linked', 'telegram']])
  })

  it.each(['before', 'after'])('whose yes is cut off %s it is stored joins once', async (when) => {
    const [web, telegram] = [person('web', 'w1'), person('telegram', 't1')]
    const code = await askCode(web)
    await enter(telegram, code)
    await telegram.say('同意')
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
    const yes = '是我，合在一起'
    await expect(web.say(yes, 'same')).rejects.toThrow('cut off')
    expect(await web.say(yes, 'same')).toContain('绑定好了')
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
    expect(await enter(person('web', 'b1'), code)).toContain('想跟这里合在一起')
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
    expect(await telegram.say(number.slice(-6))).toContain('想跟这里合在一起')
    await telegram.say('同意')
    expect(await web.say('是我，合在一起')).toContain('绑定好了')
    expect(await telegram.sayAll(['菜单', '查进度'])).toContain(number)

    const other = person('wechat', 'x1')
    await enter(other, await askCode(web))
    expect(await other.say(identityNumber(4).slice(-6))).toContain('想跟这里合在一起')

    const thief = person('wechat', 'x2')
    await enter(thief, await askCode(web))
    for (const guess of ['111111', '222222', '333333']) await thief.say(guess)
    expect(await thief.say(number.slice(-6))).not.toContain('合在一起')
    expect(await contactOf(thief)).not.toBe(await contactOf(web))
  })

  it('on a channel that takes no personal data only the number is asked for, and no form is offered', async () => {
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
    expect(await telegram.say(number)).toContain('想跟这里合在一起')
    await telegram.say('同意')
    expect(await web.say('是我，合在一起')).not.toContain('把这里的搬过去')
    expect(await telegram.sayAll(['菜单', '查进度'])).toContain('不放个人信息')
  })

  it('who has one cannot be talked into showing it to whoever sent a code or a link', async () => {
    const [victim, thief] = [person('wechat', 'v1'), person('telegram', 't1')]
    const number = await applied(victim, 4)
    const code = await askCode(thief)
    expect(await enter(victim, code)).toContain('请反过来')
    const way = await thief.sayAll(['绑定', '要一个代码'])
    const token = /#go=(\S+)/.exec(way)?.[1]
    await victim.say(start(`elsewhere-${token}`))
    expect(await victim.say(start(`link-${token}`))).toContain('请反过来')
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
    await join(telegram, web, await askCode(web), number.slice(-6))
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
    expect(await rows('SELECT count(*) FROM link_join_rows')).toEqual([[0]])
  })

  it('of the chat that asks needs no proof, and it begins anew', async () => {
    const [web, telegram] = [person('web', 'w1'), person('telegram', 't1')]
    const number = await applied(web, 4)
    await join(telegram, web, await askCode(web), number.slice(-6))
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
    await join(telegram, web, await askCode(web))
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
    await join(telegram, web, await askCode(web))
    await web.sayAll(applicationLines(4).slice(0, 6))
    await telegram.say('你好')
    const both = await Promise.all([web.say('把这里的搬过去'), telegram.say('补助多少钱')])
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
  await join(web, telegram, await askCode(telegram))
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
