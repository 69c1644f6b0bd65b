import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { guiyang2018 } from '../../../db/policy/guiyang-2018/pack.ts'
import { dangerIn } from '../../../flows/services/danger.ts'

const kindOf = (said: string) => dangerIn(said)?.opens.replace('!service:', '') ?? null

describe('danger', () => {
  it.each([
    ['我不想活了', 'distress'],
    ['家里孩子三天没吃饭了', 'distress'],
    ['不如死了算了', 'distress'],
    ['I want to kill myself', 'distress'],
    ['there is no reason to live', 'distress'],
    ['我要去死', 'distress'],
    ['我孩子发烧39度', 'emergency'],
    ['房子着火了快来人', 'emergency'],
    ['外面有人拿刀砍人', 'emergency'],
    ['my husband beats me', 'emergency'],
    ['再不给钱我就去砸了你们办公室', 'threat'],
    ['I will burn your office down', 'threat'],
    ['工作人员说给他五千块就能批，这个怎么办', 'tip-off'],
    ['匿名举报 有人乱收费', 'tip-off'],
    ['I want to report a bribe', 'tip-off'],
    ['有人冒充你们让我转账交保证金', 'scam'],
    ['我今年15岁，可以申请补助开店吗', 'minor'],
    ['I am 16, can I apply', 'minor'],
  ])('%s: %s', (said, kind) => {
    expect(kindOf(said)).toBe(kind)
  })

  it.each([
    '公司撑不下去了能不能多补点',
    '生意做不下去了怎么办',
    '店子活不下去了',
    '累死我了，表太长',
    '骗子去死吧',
    '送礼能帮我拿到补助吗',
    '找中介代办要交钱吗，可信吗？',
    '名额会不会被抢光',
    '申请被打回来了怎么办',
    '我的猪都快死光了，有补助吗',
    '请两个18岁以上的人',
    'the deadline is killing time',
    '死亡证明要交吗',
    '我儿子15岁的时候我就开店了',
  ])('%s is none', (said) => {
    expect(kindOf(said)).toBeNull()
  })

  it('is heard before conduct, and staff hear of distress and threats alone', () => {
    expect(dangerIn('我要去死')).toMatchObject({ urgent: 'distress', always: true, goesOn: false })
    expect(dangerIn('砸了你们办公室')).toMatchObject({ urgent: 'threat', always: true })
    expect(dangerIn('着火了')?.urgent).toBeUndefined()
  })

  it('takes no question of the plan, but those about bribes and complaints', () => {
    const asked = guiyang2018().faq.flatMap(({ id, 'zh-Hans': zh, en }) =>
      [zh, en].flatMap(({ question, variants }) => [question, ...variants].map((q) => ({ id, q }))),
    )
    const alarms = asked.filter(
      ({ id, q }) => kindOf(q) !== null && !['ns-complaint', 'integrity'].includes(id),
    )
    expect(alarms).toEqual([])
    const rows = ['questions-own', 'questions-own-2', 'questions-own-3'].flatMap((name) =>
      readFileSync(`test/eval/${name}.jsonl`, 'utf8').split('\n').filter(Boolean),
    )
    const inScope = rows
      .map((line): { q: string; clause: unknown } => JSON.parse(line))
      .filter(({ clause, q }) => clause !== 'OUT' && kindOf(q) !== null)
    expect(inScope).toEqual([])
  })
})
