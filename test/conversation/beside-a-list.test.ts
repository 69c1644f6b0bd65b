import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type CaseTalk, createCaseTalk } from '../helpers/case-talk.ts'

describe('beside a list that only shows something', () => {
  let talk: CaseTalk
  beforeAll(async () => {
    talk = await createCaseTalk()
  })
  afterAll(() => talk.world.close())

  it.each([
    ['我的电子券', '深圳的补贴怎么申请', '深圳'],
    ['通知设置', '公积金怎么提取', '公积金'],
    ['我的电子券', '明天会不会下雨？', '答不了'],
  ])(
    '%s: what is asked of something else is answered, and the list is left',
    async (list, question, word) => {
      const person = `${list}${question}`
      await talk.say(person, { type: 'text', text: list })
      const said = await talk.say(person, { type: 'text', text: question })
      expect(said).toContain(word)
      expect(said).not.toMatch(/没看明白|请点下面|请从下面/)
    },
  )
})
