import { describe, expect, it } from 'vitest'
import { flows } from '../../flows/index.ts'
import { STARTS } from '../../flows/starts.ts'
import { testVault } from '../helpers/app.ts'
import { applicationLines, identityNumber, numberIn } from '../helpers/applicant.ts'
import {
  beginAnew,
  contactOf,
  onlyWebIsPersonal,
  person,
  rows,
  start,
  type Talker,
  world,
} from '../helpers/people/linking.ts'
import { openEverything } from '../helpers/residue.ts'

beginAnew()

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
    'link-make',
    'link-list',
    'link-bring',
    'link-qr',
    'link-yes',
    'link-no',
    'link-part',
    'link-give',
    'link-yes:id000001',
    'news-id000001:stop',
    'events-leave-id000001',
    'my-data-erase',
    'my-data-copy',
    'voucher-ask:id000001',
    'staff-broadcasts',
    'staff-leave',
    'policy-question-entry',
    'no-such-flow',
    'toString',
    '__proto__',
    '-',
    'apply-x',
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
    await onlyWebIsPersonal()
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
