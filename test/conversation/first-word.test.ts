import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type CaseTalk, createCaseTalk } from '../helpers/case-talk.ts'

describe('the first word of somebody new', () => {
  let talk: CaseTalk
  beforeAll(async () => {
    talk = await createCaseTalk()
  })
  afterAll(() => talk.world.close())

  it.each(['你好', '您好啊', 'hello', '嗯'])('%s: they are greeted', async (words) => {
    const said = await talk.say(words, { type: 'text', text: words })
    expect(said).toContain('我是微企通')
    expect(await talk.say(words, { type: 'text', text: '好' })).not.toContain('我是微企通')
  })
})
