import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FakeBotApi, startFakeBotApi } from '../fakes/bot-api.ts'
import { startTestServer } from '../helpers/server.ts'

const SECRET = 'a-webhook-secret-for-tests'
const until = async (holds: () => boolean) => {
  for (let tries = 0; tries < 400 && !holds(); tries++) {
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  expect(holds()).toBe(true)
}

type Server = Awaited<ReturnType<typeof startTestServer>>

describe('telegram by long polling, without a public URL', () => {
  let api: FakeBotApi
  let server: Server
  beforeAll(async () => {
    api = await startFakeBotApi()
    server = await startTestServer({ TELEGRAM_BOT_TOKEN: api.token, TELEGRAM_API_ROOT: api.url })
  })
  afterAll(async () => {
    await server.stop()
    await api.close()
  })

  it('makes itself known in both languages', async () => {
    await until(() => api.calls.some(({ method }) => method === 'deleteWebhook'))
    const languages = api.calls.filter(({ method }) => method === 'setMyDescription')
    expect(languages.map(({ body }) => body.language_code)).toEqual([undefined, 'zh', 'en'])
  })

  it('answers a person, button by button', async () => {
    const person = api.person(501)
    await person.type('/start')
    await until(() => person.messages.length === 1)
    expect(person.messages[0]?.text).toContain('您好')
    await person.tap('问政策')
    await until(() => person.messages.length === 2)
    await person.tap('哪些人优先')
    await until(() => person.messages.length === 3)
    expect(person.messages[2]?.text).toContain('复员退伍军人')
    await person.tap('看原文')
    await until(() => person.messages.length === 4)
    expect(person.messages[3]?.text).toContain('着力加大对重点人群的支持')
    await until(
      () => api.calls.filter(({ method }) => method === 'answerCallbackQuery').length === 3,
    )
  })

  it('speaks English to an English phone', async () => {
    const person = api.person(502, 'en')
    await person.type('how much money')
    await until(() => person.messages.length === 1)
    expect(person.messages[0]?.text).toContain('45,000 yuan')
  })

  it('sends again what the network would not take', async () => {
    const person = api.person(503)
    api.trouble('sendMessage', {
      kind: 'error',
      code: 429,
      description: 'Too Many Requests: retry after 1',
      parameters: { retry_after: 1 },
    })
    await person.type('钱多少')
    await until(() => person.messages.length > 0)
    expect(person.messages).toHaveLength(1)
    expect(person.messages[0]?.text).toContain('4.5万')
  })
})

describe('telegram by webhook', () => {
  it('registers itself with its secret and answers in the response', async () => {
    const api = await startFakeBotApi()
    const server = await startTestServer({
      TELEGRAM_BOT_TOKEN: api.token,
      TELEGRAM_API_ROOT: api.url,
      TELEGRAM_WEBHOOK_SECRET: SECRET,
      PUBLIC_URL: 'https://chat.test',
    })
    await until(() => api.calls.some(({ method }) => method === 'setWebhook'))
    expect(api.calls.find(({ method }) => method === 'setWebhook')?.body).toMatchObject({
      url: 'https://chat.test/webhooks/telegram',
      secret_token: SECRET,
    })
    const near = await startFakeBotApi({
      token: api.token,
      webhook: { url: `${server.url}/webhooks/telegram`, secret: SECRET },
    })
    const person = near.person(7)
    await person.type('钱多少')
    await person.type('🙂')
    await person.type('重点人群有哪些')
    expect(person.messages.map(({ text }) => text.slice(0, 6))).toHaveLength(3)
    expect(person.messages[2]?.text).toContain('失业人员')
    // The answer was carried out from the webhook's response: no call was made for it.
    expect(api.calls.filter(({ method }) => method === 'sendMessage')).toEqual([])
    await server.stop()
    await Promise.all([api.close(), near.close()])
  })
})
