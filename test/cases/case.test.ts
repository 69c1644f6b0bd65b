import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loadCase } from '../../db/cases/cases.ts'
import { type CaseTalk, createCaseTalk } from '../helpers/case-talk.ts'
import { IDENTITY, otherApplicant } from '../helpers/cases.ts'

let talk: CaseTalk
beforeEach(async () => {
  talk = await createCaseTalk()
})
afterEach(() => talk.world.close())

const PURPOSE = { kind: 'field', id: 'purpose' } as const

describe('status', () => {
  it('offers what there is to do where nothing was handed in', async () => {
    const [message] = await talk.reply('1', '进度')
    expect(message?.text).toContain('还没有在这里交过申请')
    const values = message?.quickReplies.map(({ value }) => value)
    expect(values).toEqual(['!apply', '!prescreen', '!case-lookup', '!menu'])
  })

  it('shows the one case at once: stage, since when, what it means, who decides, no promise', async () => {
    const { number } = await talk.handIn('1')
    const said = await talk.say('1', '查进度')
    expect(said).toContain(number)
    expect(said).toContain('南明区')
    expect(said).toContain('已提交，从2018年6月1日起')
    expect(said).toContain('①已提交（现在在这里） → ②已受理')
    expect(said).toContain('区（市、县）微企办')
    expect(said).toContain('每一步要几天，方案没有写')
  })

  it('dates by the day in China, and speaks English', async () => {
    const { number } = await talk.handIn('1')
    talk.world.tick(15 * 3600)
    await talk.move(number, 'accept')
    await talk.say('1', 'English')
    const said = await talk.say('1', 'Status')
    expect(said).toContain(`Application ${number}`)
    expect(said).toContain('Accepted for review, since 2 June 2018')
    expect(said).toContain('The plan does not say how many days')
  })

  it('lists several, and one can be picked, left again, and asked for by its number', async () => {
    await talk.handIn('1', 1)
    const { number } = await talk.handIn('1', 2, { applicant: otherApplicant(2) })
    expect(await talk.say('1', '进度')).toContain('想看哪一份')
    expect(await talk.say('1', '1')).toContain(number)
    expect(await talk.say('1', '返回')).toContain('想看哪一份')
    expect(await talk.say('1', number.toLowerCase())).toContain('这一步是什么意思')
  })

  it('tells nobody of a case of somebody else', async () => {
    const { number } = await talk.handIn('1')
    await talk.say('2', '进度')
    expect(await talk.say('2', number)).toContain('没有这个编号')
  })

  it('tells reasons and names what is missing after a return', async () => {
    const { number } = await talk.handIn('1')
    await talk.move(number, 'return', [PURPOSE])
    const said = await talk.say('1', '进度')
    expect(said).toContain('材料看不清楚')
    expect(said).toContain('照片糊了')
    expect(said).toContain('要补的')
  })

  it('says number and stage only where nothing personal may be told', async () => {
    const { number } = await talk.handIn('1')
    await talk.move(number, 'return', [PURPOSE])
    talk.personal = false
    const said = await talk.say('1', '进度')
    expect(said).toContain(number)
    expect(said).toContain('退回补正')
    expect(said).not.toContain('照片糊了')
    expect(said).not.toContain('南明区')
    expect(said).not.toContain('撤回')
    expect(await talk.say('1', '补材料')).toContain('https://chat.test/#go=')
  })

  it('withdraws only after a yes, once', async () => {
    const one = await talk.handIn('1')
    await talk.say('1', '进度')
    expect(await talk.say('1', '撤回申请')).toContain('您确定撤回吗')
    expect(await talk.say('1', '嗯嗯啊啊')).toContain('先不撤')
    expect(await talk.say('1', '先不撤')).toContain('申请照常办')
    await talk.say('1', '撤回申请')
    expect(await talk.say('1', '返回')).toContain('这一步是什么意思')
    await talk.say('1', '撤回申请')
    expect(await talk.say('1', '确定撤回', 'w1')).toContain('已经撤回')
    expect(await talk.say('1', '确定撤回', 'w1')).toContain('已经撤回')
    expect((await talk.eventsOf(one)).map(({ move: id }) => id)).toEqual(['submit', 'withdraw'])
    expect(await talk.say('1', '进度')).not.toContain('每一步要几天')
  })

  it('does not withdraw what has gone too far meanwhile', async () => {
    const { number } = await talk.handIn('1')
    await talk.say('1', '进度')
    await talk.say('1', '撤回申请')
    await talk.world.db.write([{ sql: `UPDATE cases SET contact_id = NULL`, args: [] }])
    expect(await talk.say('1', '确定撤回')).toContain('现在不能撤回')
    expect((await loadCase(talk.world.db, { number }))?.stage).toBe('submitted')
  })
})

describe('look-up', () => {
  it('finds a paper case by number, last six and name', async () => {
    const { number } = await talk.handIn('9', 7, { contactId: null, origin: 'paper' })
    expect(await talk.tap('1', '!case-lookup')).toContain('申请编号')
    expect(await talk.say('1', '我忘了')).toContain('没有看到编号')
    expect(await talk.say('1', 'GY12-345')).toContain('不像我们的编号')
    expect(
      await talk.say('1', `${number.slice(0, -2)}${number.endsWith('1') ? '22' : '11'}`),
    ).toContain('写错了')
    expect(await talk.say('1', number.replaceAll('-', ' '))).toContain('后六位')
    expect(await talk.say('1', '123')).toContain('最后六位')
    expect(await talk.say('1', IDENTITY.slice(-6))).toContain('叫什么名字')
    expect(await talk.say('1', '123')).toContain('不带数字')
    const said = await talk.say('1', '张三')
    expect(said).toContain(number)
    expect(said).not.toContain('撤回')
  })

  it('says the same of a wrong proof and of no case, and stops after five', async () => {
    const { number } = await talk.handIn('9', 7, { contactId: null, origin: 'paper' })
    const tryOnce = async (name: string) => {
      await talk.tap('1', '!case-lookup')
      await talk.say('1', number)
      await talk.say('1', '010009')
      return talk.say('1', name)
    }
    const wrong = await tryOnce('李四')
    expect(wrong).toContain('没有查到')
    await talk.tap('1', '!menu')
    for (let tries = 1; tries < 5; tries++) {
      await talk.tap('1', '!menu')
      expect(await tryOnce('王五')).toBe(wrong)
    }
    await talk.tap('1', '!menu')
    expect(await tryOnce('张三')).toContain('一个小时以后')
  })

  it('goes elsewhere where nothing personal may be asked', async () => {
    talk.personal = false
    expect(await talk.tap('1', '!case-lookup')).toContain('https://chat.test/#go=')
  })
})
