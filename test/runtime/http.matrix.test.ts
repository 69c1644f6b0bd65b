import { afterAll, describe, expect, it } from 'vitest'
import { type FakeBotApi, startFakeBotApi } from '../fakes/bot-api.ts'
import { describeMatrix } from './matrix.ts'
import { SETTINGS } from './start-workerd.ts'

type Answer = {
  turn: number
  replies: { text: string; quickReplies: { value: string; label: string }[] }[]
}

let api: FakeBotApi | undefined
afterAll(() => api?.close())
const fakeBotApi = async () => {
  api ??= await startFakeBotApi({ token: SETTINGS.TELEGRAM_BOT_TOKEN })
  return { TELEGRAM_API_ROOT: api.url }
}

describeMatrix(
  'the product',
  ({ fetch }) => {
    const post = (body: string, headers: Record<string, string> = {}) =>
      fetch('/webhooks/web', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'accept-language': 'zh-CN', ...headers },
        body,
      })
    const say = (body: object, token?: string) =>
      post(JSON.stringify(body), token === undefined ? {} : { authorization: `Bearer ${token}` })
    const begin = async () => {
      const response = await say({ id: 'start', command: 'start' })
      return response.headers.get('x-conversation') ?? ''
    }

    describe('health', () => {
      it('is alive and ready', async () => {
        expect(await (await fetch('/healthz')).text()).toBe('ok')
        const ready = await fetch('/readyz')
        expect([ready.status, await ready.json()]).toEqual([200, { ready: true }])
      })

      it('sends its safety headers and an id with every answer', async () => {
        for (const path of ['/', '/healthz', '/nowhere', '/assets/chat.js']) {
          const { headers } = await fetch(path)
          expect(headers.get('content-security-policy'), path).toContain("default-src 'none'")
          expect(headers.get('x-content-type-options')).toBe('nosniff')
          if (path !== '/assets/chat.js') {
            expect(headers.get('x-request-id')).toMatch(/^[\w-]{8,}$/)
          }
        }
      })

      it('takes no id from anybody: it would stand in the log', async () => {
        const { headers } = await fetch('/nowhere', { headers: { 'x-request-id': '13912345678' } })
        expect(headers.get('x-request-id')).toMatch(/^[\w-]{36}$/)
      })

      it('says plainly that there is nothing', async () => {
        for (const path of ['/nowhere', '/.env', '/webhooks/web/x']) {
          const response = await fetch(path)
          expect([response.status, (await response.json()).error]).toEqual([404, 'not-found'])
        }
        for (const channel of ['carrier-pigeon', 'terminal']) {
          const response = await fetch(`/webhooks/${channel}`, { method: 'POST', body: '{}' })
          expect([response.status, (await response.json()).error]).toEqual([404, 'not-found'])
        }
      })
    })

    describe('the page', () => {
      it('is served in the language that is asked for, with its script and style', async () => {
        const chinese = await (await fetch('/')).text()
        expect(chinese).toContain('<html lang="zh-Hans">')
        const english = await fetch('/?lang=en')
        expect(await english.text()).toContain('<html lang="en">')
        const script = await fetch('/assets/chat.js')
        expect([script.status, script.headers.get('content-type')]).toEqual([
          200,
          expect.stringContaining('javascript'),
        ])
        expect((await fetch('/assets/chat.css')).status).toBe(200)
        expect((await fetch('/assets/../package.json')).status).toBe(404)
      })
    })

    describe('the web chat', () => {
      it('answers "钱多少" with the amount and the clause', async () => {
        const answer = (await (await say({ id: 'a', text: '钱多少' })).json()) as Answer
        expect(answer.replies[0]?.text).toContain('4.5万')
        expect(answer.replies[0]?.text).toContain('依据：')
      })

      it('answers a veteran in Chinese and in English', async () => {
        const token = await begin()
        const chinese = (await (
          await say({ id: 'b', text: '我是退伍军人能不能优先' }, token)
        ).json()) as Answer
        expect(chinese.replies[0]?.text).toContain('复员退伍军人是重点人群')
        const english = (await (
          await say({ id: 'c', locale: 'en', text: 'I am a veteran, do I get priority?' })
        ).json()) as Answer
        expect(english.replies[0]?.text).toMatch(/veteran/i)
        expect(english.replies[0]?.text).toContain('Source:')
      })

      it('answers five deliveries of one message at once with one answer', async () => {
        const token = await begin()
        const answers = await Promise.all(
          Array.from({ length: 5 }, async () =>
            (await say({ id: 'same', text: '钱多少' }, token)).text(),
          ),
        )
        expect(new Set(answers).size).toBe(1)
        expect(JSON.parse(answers[0] ?? '')).toMatchObject({ turn: 2 })
      })

      it('takes two messages at once, one after the other', async () => {
        const token = await begin()
        const [first, second] = await Promise.all(
          ['钱多少', '重点人群有哪些'].map(
            async (text, index) =>
              (await say({ id: `two-${index}`, text }, token)).json() as Promise<Answer>,
          ),
        )
        expect([first?.turn, second?.turn].sort()).toEqual([2, 3])
        expect(first?.replies[0]?.text).toContain('4.5万')
        expect(second?.replies[0]?.text).toContain('失业人员')
      })

      it('keeps the conversation readable, for its owner alone', async () => {
        const token = await begin()
        await say({ id: 'h', text: '钱多少' }, token)
        const headers = { authorization: `Bearer ${token}` }
        const own = await (await fetch('/webhooks/web/history', { headers })).json()
        expect(own.messages.map(({ body }: { body: { text: string } }) => body.text)).toContain(
          '钱多少',
        )
        const stranger = await (await fetch('/webhooks/web/history')).json()
        expect(stranger).toEqual({ messages: [] })
        expect((await fetch('/webhooks/web/events')).status).toBe(401)
      })

      it('pushes what comes later', async () => {
        const token = await begin()
        const headers = { authorization: `Bearer ${token}` }
        const stream = await fetch('/webhooks/web/events?after=0', { headers })
        expect(stream.headers.get('content-type')).toContain('text/event-stream')
        const reader = stream.body?.getReader()
        const { value } = (await reader?.read()) ?? {}
        expect(new TextDecoder().decode(value)).toMatch(/data: \{"id":\d+/)
        await reader?.cancel()
      })
    })

    describe('wrong input', () => {
      it.each([
        ['empty body', '', 400],
        ['no JSON', '{"id":', 400],
        ['another JSON', '[]', 400],
        ['wrong fields', '{"id":"a","words":"x"}', 400],
        ['100 kB', JSON.stringify({ id: 'a', text: 'x'.repeat(100_000) }), 413],
        ['binary', '\u0000\u0001\uffff', 400],
      ])('%s is refused with a reason', async (_, body, status) => {
        const response = await post(body)
        expect(response.status).toBe(status)
        expect((await response.json()).message.length).toBeGreaterThan(5)
      })

      it('says so to the end, however much is sent', async () => {
        for (const size of [70_000, 1_000_000, 5_000_000]) {
          const body = JSON.stringify({ id: 'a', text: 'x'.repeat(size) })
          for (let time = 0; time < 8; time++) {
            const response = await post(body)
            expect([response.status, (await response.json()).error]).toEqual([413, 'too-large'])
          }
        }
      })

      it('a body without a length is measured as it comes', async () => {
        const body = new ReadableStream({
          start(controller) {
            for (let part = 0; part < 100; part++) controller.enqueue(new Uint8Array(1024).fill(32))
            controller.close()
          },
        })
        const init = {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body,
          duplex: 'half',
        }
        expect((await fetch('/webhooks/web', init as RequestInit)).status).toBe(413)
      })

      it.each([
        ['nothing', ''],
        ['emoji', '🙂🙂🙂'],
        ['5000 characters', '补'.repeat(5000)],
        ['control characters', '\u0000\u0007\u001b[31m'],
        ['half a character', '\ud83d'],
      ])('%s gets a clear answer, and the conversation goes on', async (_, text) => {
        const token = await begin()
        const odd = await say({ id: 'odd', text }, token)
        expect(odd.status).toBe(200)
        expect(((await odd.json()) as Answer).replies[0]?.text.length).toBeGreaterThan(5)
        const next = (await (await say({ id: 'next', text: '钱多少' }, token)).json()) as Answer
        expect(next.replies[0]?.text).toContain('4.5万')
      })

      it('other content types, other origins', async () => {
        expect((await post('{}', { 'content-type': 'text/plain' })).status).toBe(415)
        expect((await post('{}', { origin: 'https://evil.test' })).status).toBe(403)
      })
    })

    describe('telegram', () => {
      const update = (id: number, text: string) =>
        JSON.stringify({
          update_id: id,
          message: {
            message_id: id,
            date: 1_527_818_400,
            chat: { id: 77, type: 'private', first_name: '王' },
            from: { id: 77, is_bot: false, first_name: '王', language_code: 'zh-hans' },
            text,
          },
        })
      const deliver = (body: string, secret: string = SETTINGS.TELEGRAM_WEBHOOK_SECRET) =>
        fetch('/webhooks/telegram', {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            'x-telegram-bot-api-secret-token': secret,
          },
          body,
        })

      it('is answered in the response of the webhook', async () => {
        const response = await deliver(update(1, '钱多少'))
        expect(await response.json()).toMatchObject({
          method: 'sendMessage',
          chat_id: '77',
          text: expect.stringContaining('4.5万'),
        })
      })

      it('five times the same update at once is one turn and the same answer', async () => {
        const answers = await Promise.all(
          Array.from({ length: 5 }, async () =>
            (await deliver(update(2, '重点人群有哪些'))).text(),
          ),
        )
        expect(new Set(answers).size).toBe(1)
      })

      it('a wrong secret is refused, a strange update acknowledged', async () => {
        expect((await deliver(update(3, 'x'), 'wrong')).status).toBe(403)
        expect((await deliver('{"update_id":4,"poll":{}}')).status).toBe(200)
        expect((await deliver('{')).status).toBe(400)
      })
    })
  },
  fakeBotApi,
)
