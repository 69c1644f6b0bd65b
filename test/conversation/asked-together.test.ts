import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type CaseTalk, createCaseTalk } from '../helpers/case-talk.ts'

describe('what is asked of the plan and of us in one message', () => {
  let talk: CaseTalk
  beforeAll(async () => {
    talk = await createCaseTalk()
  })
  afterAll(() => talk.world.close())

  const offers = async (text: string) => {
    const messages = await talk.reply(text, { type: 'text', text })
    const values = messages
      .flatMap(({ quickReplies = [] }) => quickReplies)
      .map(({ value }) => value)
    return { said: messages.map((one) => one.text).join('\n'), values }
  }

  it.each([
    ['我的申请到哪一步了，另外一户补多少', '4.5万元', ['!status']],
    ['退伍军人优先吗，我要人工', '复员退伍军人', ['!person']],
    ['有哪些产业支持，我要申请，你们办公室在哪', '食用菌', ['!apply', '!service:office']],
    ['哪些人优先，怎么申请，电话多少', '残疾人', ['!apply', '!service:office']],
    ['how much is it, i want to apply', '45,000', ['!apply']],
  ])('%s: answered, and each service has its button', async (text, word, wanted) => {
    const { said, values } = await offers(text)
    expect(said).toContain(word)
    expect(values).toEqual(expect.arrayContaining(wanted))
    expect(new Set(values).size).toBe(values.length)
  })

  it('keeps a wish that stands beside a greeting, and a question of another office beside a wish', async () => {
    expect((await offers('你好，我想查进度，交了好久了')).values).toContain('!status')
    const both = await offers('公积金怎么提取，我要人工')
    expect(both.said).toContain('公积金')
    expect(both.values).toContain('!person')
  })

  it('tells what to do about a lost identity card, and leaves a lost cat alone', async () => {
    expect((await offers('身份证掉了咋办')).said).toContain('派出所')
    expect((await offers('我家的猫跑丢了，找了一晚上没找到')).values).not.toContain(
      '!service:lost-card',
    )
  })
})
