import { describe, expect, it } from 'vitest'
import type { ChannelType } from '../../flows/engine/types.ts'
import { flows } from '../../flows/index.ts'
import type { MessageKey } from '../../locales/keys.ts'
import { copyOf } from '../../src/people/my-data/copy.ts'
import { testVault } from '../helpers/app.ts'
import { applicationLines, identityNumber, numberIn } from '../helpers/applicant.ts'
import {
  applied,
  askCode,
  beginAnew,
  contactOf,
  enter,
  join,
  person,
  rows,
  type Talker,
  told,
  world,
} from '../helpers/people/linking.ts'
import { openEverything } from '../helpers/residue.ts'

beginAnew()

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
    expect(await taker.sayAll(['绑定', '把填到一半的搬过来'])).toContain('请到那边选')
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

  it('is said yes to by the chat that made the code alone, and by nobody once there is a case to prove', async () => {
    const [maker, taker, third] = [
      person('telegram', 'a1'),
      person('web', 'b1'),
      person('web', 'c1'),
    ]
    await third.say('你好')
    await enter(taker, await askCode(maker))
    await taker.say('同意')
    const yes = (await told(maker)).button('是我，合在一起')
    for (const other of [third, taker]) {
      expect(await other.say(yes)).toContain('没有等着您回答的绑定')
      expect(await contactOf(other)).not.toBe(await contactOf(maker))
    }
    // The case came after the yes here, and nobody has proved it over there.
    expect(await applied(taker, 4)).not.toBe('no number')
    expect(await maker.say(yes)).toContain('没有等着您回答的绑定')
    expect(await contactOf(taker)).not.toBe(await contactOf(maker))
  })

  it('gives a form to nobody who presses the button that was meant for the other chat', async () => {
    const [thief, victim] = [person('telegram', 't1'), person('web', 'v1')]
    await thief.say('你好')
    await victim.sayAll(applicationLines(4).slice(0, 7))
    await join(victim, thief, await askCode(thief))
    expect(await thief.sayAll(['绑定', '把填到一半的搬过来'])).toContain('请到那边选')
    const give = (await told(victim)).button('把这里的搬过去')
    expect(await thief.say(give)).toContain('没有可以搬过去的表')
    const seen = await thief.sayAll(['菜单', { type: 'choice', value: '!my-data:see' }])
    expect(seen).not.toContain('139****0004')
    const contactId = String(await contactOf(thief))
    const copy = await copyOf(world.deps, { contactId, from: thief.from })
    expect(JSON.stringify(copy)).not.toContain(identityNumber(4))
  })

  it('that is undone takes along who came by the chat that goes, and nobody else keeps them', async () => {
    const [first, second, third] = [
      person('telegram', 'a1'),
      person('web', 'b1'),
      person('wechat', 'c1'),
    ]
    for (const who of [first, second, third]) await who.say('你好')
    await join(second, first, await askCode(first))
    await join(third, second, await askCode(second))
    const number = await applied(third, 4)
    await first.sayAll(['菜单', '分开', '分开'])
    expect(await owned(first)).toBeNull()
    expect(await owned(second)).toBe(number)
    expect(await contactOf(second)).toBe(await contactOf(third))
    // What the other two agreed on can still be undone.
    await third.sayAll(['菜单', '分开', '分开'])
    expect(await owned(second)).toBeNull()
    expect(await owned(third)).toBe(number)
    expect(await rows('SELECT count(*) FROM link_join_rows')).toEqual([[0]])
  })

  it('of who then comes to a third one can be undone after that one was', async () => {
    const [first, second, third] = [
      person('telegram', 'a1'),
      person('web', 'b1'),
      person('wechat', 'c1'),
    ]
    for (const who of [first, second, third]) await who.say('你好')
    await join(second, first, await askCode(first))
    await join(first, third, await askCode(third))
    await third.sayAll(['菜单', '分开', '分开'])
    expect(await contactOf(second)).toBe(await contactOf(first))
    expect(await contactOf(third)).not.toBe(await contactOf(first))
    expect(await second.sayAll(['菜单', '分开', '分开'])).toContain('已经分开了')
    expect(await contactOf(second)).not.toBe(await contactOf(first))
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
