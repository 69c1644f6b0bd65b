import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FakeWechatMp, startFakeWechatMp } from '../fakes/wechat-mp.ts'
import { sha1 } from '../fakes/wechat-mp-envelope.ts'
import { settingsOf } from '../helpers/channels/wechat-mp.ts'
import { startTestServer } from '../helpers/server.ts'
import { SETTINGS, startWorkerd } from './start-workerd.ts'

describe.each([
  ['node', startTestServer],
  ['workerd', startWorkerd],
] as const)('an official account on %s', (_, start) => {
  let fake: FakeWechatMp
  let server: { url: string; stop: () => Promise<void> }
  beforeAll(async () => {
    fake = await startFakeWechatMp()
    server = await start({ ...SETTINGS, ...settingsOf(fake) })
    fake.webhook = `${server.url}/webhooks/wechat-mp`
  })
  afterAll(async () => {
    await server.stop()
    await fake.close()
  })

  it('proves that the address is ours', async () => {
    const timestamp = String(Math.floor(Date.now() / 1000))
    const ask = (signature: string) =>
      fetch(
        `${fake.webhook}?signature=${signature}&timestamp=${timestamp}&nonce=1&echostr=4375120948`,
      )
    const response = await ask(sha1(fake.account.token, timestamp, '1'))
    expect([response.status, await response.text()]).toEqual([200, '4375120948'])
    expect((await ask('0')).status).toBe(403)
  })

  it('greets who follows, answers, takes numbers and taps, each in the response', async () => {
    const person = fake.person('oA1')
    await person.follow('from-a-poster')
    await person.type('钱多少')
    await person.type('菜单')
    await person.type('1')
    await person.tap('!person')
    expect(person.seen.map(({ by }) => by)).toEqual(Array(5).fill('reply'))
    const [greeting, money, menu, first, staff] = person.texts()
    expect(greeting).toContain('您好')
    expect(greeting).toMatch(/\n1\. .+\n2\. /)
    expect(money).toContain('4.5万')
    expect(menu).toMatch(/\n1\. /)
    expect(first?.length).toBeGreaterThan(20)
    expect(staff).toContain('工作人员')
    expect(fake.attempts.every((attempt) => attempt === 1)).toBe(true)
    // Nothing of this needs a token.
    expect([fake.tokenCalls, fake.calls]).toEqual([[], []])
  })

  it('understands what is no text, and says nothing to who leaves', async () => {
    const person = fake.person('oA2')
    await person.send({ MsgType: 'image', PicUrl: 'http://x', MediaId: 'm1' })
    await person.send({ MsgType: 'link', Title: 'x', Url: 'http://x' })
    expect(person.seen).toHaveLength(2)
    await person.unfollow()
    await person.answer('T1', true)
    expect(person.seen).toHaveLength(2)
  })
})
