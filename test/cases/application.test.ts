import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loadCase } from '../../db/cases/cases.ts'
import type { Input } from '../../flows/engine/types.ts'
import type { Locale } from '../../locales/keys.ts'
import { handleEvent } from '../../src/conversation/handle-event.ts'
import { createWorld, type TestWorld } from '../helpers/app.ts'
import { createFakeChannel, eventOf, type FakeChannel } from '../helpers/channels/fake-channel.ts'

const IDENTITY = '11010519491231002X'

let world: TestWorld
let channel: FakeChannel
let events = 0
beforeEach(async () => {
  channel = createFakeChannel({ repliesInResponse: 10 })
  world = await createWorld([channel], { start: '2018-06-01T02:00:00.000Z' })
})
afterEach(() => world.close())

/** What is said to a person's words or tap. */
async function say(person: string, input: Input | string, id = `e${++events}`): Promise<string> {
  const reply = await handleEvent(world.deps, channel, eventOf(person, id, input))
  return (reply?.messages ?? []).map(({ text }) => text).join('\n')
}

const tap = (person: string, value: string) => say(person, { type: 'choice', value })

async function begin(person: string, locale: Locale = 'zh-Hans'): Promise<string> {
  if (locale === 'en') await say(person, 'English')
  await tap(person, '!apply')
  return say(person, locale === 'en' ? 'I agree' : '同意')
}

/** Up to the review, with the fewest words. */
async function fill(person: string, identity = IDENTITY): Promise<string> {
  await begin(person)
  await say(person, `我叫张三，身份证${identity}，电话13800138000，在花溪区`)
  for (const words of [
    '青岩镇',
    '跳过',
    '不清楚',
    '同意',
    '3',
    '就这些',
    '退伍证',
    '青岩刺梨小铺',
    '否',
    '茶叶',
  ]) {
    await say(person, words)
  }
  for (const words of ['十万', '4', '1', '没有合作', '买设备和租房子']) await say(person, words)
  return say(person, '是')
}

const count = async (sql: string) => (await world.db.read([{ sql, args: [] }]))[0]?.[0]?.[0]
const numberIn = (text: string) => /GY18-\d\d-\d{5}[\dX]/.exec(text)?.[0] ?? ''

describe('consent', () => {
  it('comes before the first personal field, is recorded, and a no is taken', async () => {
    expect(await tap('1', '!apply')).toContain('您同意这样用您的信息吗')
    expect(await say('1', '不同意')).toContain('不会再追着您问')
    expect(await count('SELECT granted FROM consents')).toBe(0)
    expect(await tap('1', '!apply')).toContain('您同意')
    expect(await say('1', '同意')).toContain('请写姓名')
    expect(await count("SELECT count(*) FROM consents WHERE purpose = 'application'")).toBe(2)
  })

  it('is asked again in short after a question in between', async () => {
    await tap('1', '!apply')
    const answered = await say('1', '能补多少钱')
    expect(answered).toContain('4.5万')
    expect(answered).not.toContain('加密存放')
    expect(answered).toContain('刚才说的那些，您同意吗')
  })

  it('is separate for what is sensitive, and a no leaves those fields out', async () => {
    await begin('1')
    await say('1', `我叫张三，身份证${IDENTITY}，电话13800138000，在花溪区`)
    for (const words of ['跳过', '跳过', '不清楚']) await say('1', words)
    expect(await say('1', '什么意思呀')).toContain('同意填')
    const after = await say('1', '不同意')
    expect(after).toContain('不影响您申请')
    expect(after).toContain('企业叫什么名字')
    expect(await count("SELECT granted FROM consents WHERE purpose = 'sensitive'")).toBe(0)
  })
})

describe('filling in', () => {
  it('takes several answers at once, and says what it noted', async () => {
    await begin('1')
    const after = await say('1', `我叫张三，身份证${IDENTITY}，电话13800138000`)
    expect(after).toContain('第2/')
  })

  it.each([
    ['a typing error', '110105194912310021', '最后一位'],
    ['too short', '1101051949', '18位'],
    ['a day that is none', '520102199002300017', '日历上没有'],
    ['a minor', '520102201501010006', '18'],
    ['words', '忘带了', '身份证号码'],
  ])(
    'says of an identity number that is %s what is wrong, and keeps the rest',
    async (_, typed, hint) => {
      await begin('1')
      await say('1', '张三')
      expect(await say('1', typed)).toContain(hint)
      expect(await say('1', IDENTITY)).toContain('手机号码是多少')
    },
  )

  it('says so where a number in a sentence is wrong, and takes the rest', async () => {
    await begin('1')
    const after = await say('1', '我叫张三，身份证110105194912310021，电话13800138000')
    expect(after).toContain('最后一位')
    expect(after).toContain('身份证号码是多少')
  })

  it('says that a field cannot be left out, and no policy answer instead', async () => {
    await begin('1')
    await say('1', '张三')
    const after = await say('1', '跳过')
    expect(after).toContain('不能跳过')
    expect(after).not.toContain('依据')
  })

  it('answers a policy question in the middle and asks the same field again', async () => {
    await begin('1')
    await say('1', '张三')
    const answered = await say('1', '能补多少钱')
    expect(answered).toContain('4.5万')
    expect(answered).toContain('身份证号码是多少')
  })

  it('keeps all for months, and goes on at the same field', async () => {
    await begin('1')
    await say('1', '张三')
    await say('1', '菜单')
    world.tick(90 * 86_400)
    const back = await tap('1', '!apply')
    expect(back).toContain('接着上次')
    expect(back).toContain('身份证号码是多少')
  })

  it('goes back to an item with its answer, which stays until it is given anew', async () => {
    await begin('1')
    await say('1', '张三丰')
    await say('1', IDENTITY)
    const back = await say('1', '返回')
    expect(back).toContain('身份证号码是多少')
    expect(back).toContain('现在填的是：1101**********002X')
    expect(await say('1', '上一步')).toContain('现在填的是：张**')
    // Its number is that of the item that is open, as if nobody had gone back.
    expect(await say('1', '不改')).toContain('第3/')
    await say('1', '返回')
    await say('1', '返回')
    expect(await say('1', '李四')).toContain('手机号码是多少')
    await say('1', '返回')
    expect(await say('1', '返回')).toContain('现在填的是：李*')
  })

  it('numbers its items without a gap, and the sum never grows', async () => {
    await begin('1')
    const seen: [number, number][] = []
    const note = (text: string) => {
      const [, number, of] = /第(\d+)\/(\d+)项/.exec(text) ?? []
      if (number !== undefined) seen.push([Number(number), Number(of)])
    }
    const lines: string[] = [
      `我叫张三，电话13800138000`,
      IDENTITY,
      '花溪区',
      '跳过',
      '跳过',
      '不清楚',
    ]
    lines.push('同意', '3', '就这些', '跳过', '刺梨小铺', '有', '91520102MA6DXXXX0X')
    lines.push('返回', '返回', '否')
    for (const words of [...lines, '茶叶', '十万', '4', '1', '没有合作', '买设备和租房子']) {
      note(await say('1', words))
    }
    const numbers = seen.map(([number]) => number)
    expect(numbers.length).toBeGreaterThan(10)
    for (const [at, number] of numbers.entries()) {
      const before = numbers[at - 1] ?? 1
      expect(number - before).toBeLessThanOrEqual(1)
    }
    const sums = seen.map(([, of]) => of)
    expect(sums).toEqual(sums.toSorted((one, other) => other - one))
    expect(numbers.at(-1)).toBe(sums.at(-1))
  })

  it('carries the answers of the pre-screen over, after consent', async () => {
    await tap('1', '!prescreen')
    await say('1', '同意')
    await say('1', '花溪区')
    await say('1', '复员退伍军人')
    let said = ''
    for (let question = 0; question < 8 && !said.includes('结果编号'); question++) {
      said = await say('1', '说不准')
    }
    expect(await tap('1', await stampedValue('1', '现在就申请'))).toContain('加密存放')
    expect(await say('1', '同意')).toContain('请写姓名')
    await say('1', `我叫张三，身份证${IDENTITY}`)
    expect(await say('1', '13800138000')).toContain('乡镇')
  })

  /** The stamped value of a quick reply that was offered last. */
  async function stampedValue(person: string, label: string): Promise<string> {
    const reply = await handleEvent(world.deps, channel, eventOf(person, `e${++events}`, '返回'))
    const again = await handleEvent(world.deps, channel, eventOf(person, `e${++events}`, '说不准'))
    const replies = [...(reply?.messages ?? []), ...(again?.messages ?? [])].flatMap(
      ({ quickReplies }) => quickReplies,
    )
    return replies.findLast((one) => one.label === label)?.value ?? 'missing'
  }
})

describe('the review', () => {
  it('masks what identifies, and each line can be changed by its number or name', async () => {
    const review = await fill('1')
    expect(review).toContain('1. 姓名：张*')
    expect(review).toContain('1101**********002X')
    expect(review).not.toContain(IDENTITY)
    expect(await say('1', '3')).toContain('手机号码是多少？\n现在填的是：138****8000')
    expect(await say('1', '13900139000')).toContain('139****9000')
    expect(await say('1', '改企业名称')).toContain('企业叫什么名字')
    expect(await say('1', '返回')).toContain('青岩刺梨小铺')
    expect(await say('1', '99')).toContain('1到18')
  })

  it('hands in once: a number, the next step, and the case on disk', async () => {
    await fill('1')
    const said = await say('1', '提交', 'submit-1')
    expect(await say('1', '提交', 'submit-1')).toBe(said)
    const number = numberIn(said)
    expect(number).not.toBe('')
    const head = await loadCase(world.db, { number })
    expect(head).toMatchObject({ stage: 'submitted', hasKeyGroup: true, keyGroupJobs: 1 })
    expect(await count('SELECT count(*) FROM case_events')).toBe(1)
    expect(await tap('1', '!apply')).toContain(number)
  })

  it('takes an application of an identity number that another chat has, and marks it for staff', async () => {
    await fill('1')
    await fill('2')
    const said = await Promise.all([say('1', '提交'), say('2', '提交')])
    expect(said.filter((text) => numberIn(text) !== '')).toHaveLength(2)
    expect(await count('SELECT count(*) FROM cases')).toBe(2)
    expect(await count('SELECT sum(is_double) FROM cases')).toBe(1)
  })

  it('takes one of a person, of two linked chats at once', async () => {
    await fill('1')
    await fill('2')
    await world.db.write([
      {
        sql: `UPDATE sessions SET contact_id = (SELECT min(contact_id) FROM sessions), version = version + 1`,
        args: [],
      },
    ])
    const said = await Promise.all([say('1', '提交'), say('2', '提交')])
    const number = said.map(numberIn).find((one) => one !== '') ?? 'none'
    expect(said.filter((text) => text.includes('交上了'))).toHaveLength(1)
    expect(
      said.filter((text) => text.includes('交过一份申请了') && text.includes(number)),
    ).toHaveLength(1)
    expect(await count('SELECT count(*) FROM cases')).toBe(1)
  })

  it('speaks English as well', async () => {
    await begin('1', 'en')
    expect(await say('1', 'my name is John Smith')).toContain('identity number')
  })
})

describe('a channel that may not take personal data', () => {
  it('gives a way to the web chat that works once and carries the answers', async () => {
    const web = { ...createFakeChannel({ repliesInResponse: 10 }), type: 'web' as const }
    const away = await createWorld([channel, web], { personalData: (type) => type === 'web' })
    const onTelegram = (input: Input | string) =>
      handleEvent(away.deps, channel, eventOf('1', `t${++events}`, input))
    const onWeb = (person: string, input: Input) =>
      handleEvent(away.deps, web, {
        ...eventOf(person, `w${++events}`, input),
        from: { channel: 'web', id: person },
      })
    const way = await onTelegram({ type: 'choice', value: '!apply' })
    const text = way?.messages.map((message) => message.text).join() ?? ''
    expect(text).toContain('https://chat.test/#go=')
    const [, token = ''] = /#go=([\w-]+)/.exec(text) ?? []
    const start = (payload: string): Input => ({ type: 'command', name: 'start', payload })
    const shown = await onWeb('w', start(`elsewhere-${token}`))
    expect(shown?.messages.at(-1)?.text).toContain('要接着填吗')
    const opened = await onWeb('w', { type: 'text', text: '接着填' })
    expect(opened?.messages.at(-1)?.text).toContain('您同意这样用您的信息吗')
    const again = await onWeb('other', start(`elsewhere-${token}`))
    expect(again?.messages.at(-1)?.text).toContain('这个链接用过了')
    const [rows] = await away.db.read([
      {
        sql: 'SELECT DISTINCT contact_id FROM addresses WHERE external_id IN (?, ?)',
        args: ['1', 'w'],
      },
    ])
    expect(rows).toHaveLength(2)
    await away.close()
  })
})
