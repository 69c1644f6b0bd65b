import { describe, expect, it } from 'vitest'
import { memoryContext } from '../../db/conversation/stored-sessions.ts'
import type { Address } from '../../flows/engine/types.ts'
import { handleEvent } from '../../src/conversation/handle-event.ts'
import { testVault } from '../helpers/app.ts'
import { applicationLines, identityNumber } from '../helpers/applicant.ts'
import { createFakeChannel } from '../helpers/channels/fake-channel.ts'
import {
  applied,
  askCode,
  beginAnew,
  codeIn,
  contactOf,
  enter,
  join,
  onlyWebIsPersonal,
  person,
  rows,
  start,
  type Talker,
  told,
  world,
} from '../helpers/people/linking.ts'
import { openEverything } from '../helpers/residue.ts'

beginAnew()

describe('two chats of one person', () => {
  it('become one only after both said yes', async () => {
    const [wechat, telegram] = [person('wechat', 'w1'), person('telegram', 't1')]
    const code = await askCode(wechat)
    expect(code).toMatch(/^\d{6}$/)
    const shown = await enter(telegram, `${code.slice(0, 3)} ${code.slice(3)}。`)
    expect(shown).toContain('微信（2018-06-01起）')
    expect(await contactOf(telegram)).not.toBe(await contactOf(wechat))
    expect(await telegram.say('嗯')).toContain('请选“同意”或者“不同意”')
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
    await onlyWebIsPersonal()
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
