import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApi } from '../../bots/telegram/api.ts'
import { createTelegramChannel } from '../../bots/telegram/channel.ts'
import { failureOf } from '../../bots/telegram/failures.ts'
import { parseUpdate } from '../../bots/telegram/parse.ts'
import { renderMessage } from '../../bots/telegram/render.ts'
import { registerProfile, registerWebhook } from '../../bots/telegram/setup.ts'
import { chatOf, isUpdate } from '../../bots/telegram/update.ts'
import { describeChannel } from '../conformance/channel.ts'
import { type FakeBotApi, startFakeBotApi } from '../fakes/bot-api.ts'
import updates from './fixtures/telegram-updates.json' with { type: 'json' }

const NOW = '2018-06-01T02:00:00.000Z'
const SECRET = 'a-webhook-secret-for-tests'
const HEADER = 'x-telegram-bot-api-secret-token'

let api: FakeBotApi
beforeAll(async () => {
  api = await startFakeBotApi()
  api.person(5)
})
afterAll(() => api.close())

const post = (body: BodyInit, secret = SECRET) =>
  new Request('http://bot.test/webhooks/telegram', {
    method: 'POST',
    headers: { 'content-type': 'application/json', [HEADER]: secret },
    body,
  })

describeChannel('telegram', async () => {
  const own = await startFakeBotApi()
  own.person(5)
  const error = (code: number, description: string, parameters?: Record<string, unknown>) => () =>
    own.trouble('sendMessage', {
      kind: 'error',
      code,
      description,
      ...(parameters === undefined ? {} : { parameters }),
    })
  return {
    channel: createTelegramChannel({
      secret: SECRET,
      call: createApi({ token: own.token, apiRoot: own.url }),
      now: () => NOW,
      background: (task) => void task,
    }),
    deliver: (id, text) =>
      post(JSON.stringify({ ...own.person(5).update(text), update_id: Number(id) })),
    choose: (id, value) =>
      post(
        JSON.stringify({
          update_id: Number(id),
          callback_query: { id, from: { id: 5 }, chat_instance: '1', data: value },
        }),
      ),
    forged: () => [
      post('{"update_id":1}', 'wrong'),
      post('{"update_id":1}', ''),
      post('{"update_id":1}', `${SECRET}x`),
      new Request('http://bot.test/webhooks/telegram', { method: 'POST', body: '{"update_id":1}' }),
    ],
    malformed: (body) => post(body),
    failures: {
      throttled: error(429, 'Too Many Requests: retry after 3', { retry_after: 3 }),
      unavailable: () => own.trouble('sendMessage', { kind: 'reset' }),
      blocked: error(403, 'Forbidden: bot was blocked by the user'),
      rejected: error(400, "Bad Request: can't parse entities"),
      misconfigured: error(401, 'Unauthorized'),
    },
    seen: async (response) => JSON.stringify(await response.json()),
    secrets: [SECRET, own.token],
    recipient: '5',
    close: () => own.close(),
  }
})

describe('an update', () => {
  it.each(updates)('$what', ({ update, event }) => {
    if (!isUpdate(update)) throw new Error('the fixture is no update')
    expect(parseUpdate(update, NOW)).toEqual(event)
  })

  it.each(updates)('$what belongs to one chat', ({ update, event }) => {
    if (!isUpdate(update)) throw new Error('the fixture is no update')
    if (event !== null) expect(chatOf(update)).toBe(Number(event.from.id))
  })

  it('whatever is sent is an update that can be read, or none', () => {
    const part = fc.constantFrom(null, 5, 'x', [], {}, { id: 5 }, { file_id: 'f' }, [{}], [null])
    const kinds = ['message', 'edited_message', 'callback_query', 'my_chat_member'] as const
    const parts = 'text contact location photo document voice from chat date data'.split(' ')
    const broken = fc.record({
      base: fc.constantFrom(...updates),
      kind: fc.constantFrom(...kinds),
      name: fc.constantFrom(...parts),
      part,
    })
    fc.assert(
      fc.property(broken, ({ base, kind, name, part }) => {
        const whole: Record<string, unknown> = structuredClone(base.update)
        const inner = whole[kind]
        const update = {
          ...whole,
          [kind]: typeof inner === 'object' ? { ...inner, [name]: part } : part,
        }
        if (isUpdate(update)) expect(() => parseUpdate(update, NOW)).not.toThrow()
      }),
      { numRuns: 2000 },
    )
  })
})

describe('a message', () => {
  it('has two short buttons a row and a long one alone', () => {
    const quickReplies = ['看原文', '相关问题', '退伍军人创办微型企业有优先吗?', '菜单'].map(
      (label) => ({
        label,
        value: `!x:${label.length}`,
      }),
    )
    const { reply_markup: markup } = renderMessage('5', { text: 'x', quickReplies })
    expect(markup?.inline_keyboard.map((row) => row.map(({ text }) => text))).toEqual([
      ['看原文', '相关问题'],
      ['退伍军人创办微型企业有优先吗?'],
      ['菜单'],
    ])
  })

  it('lists its options as numbers where a value is too long for a button', () => {
    const rendered = renderMessage('5', {
      text: 'x',
      quickReplies: [{ value: '长'.repeat(30), label: '甲' }],
    })
    expect(rendered).toEqual({ chat_id: '5', text: 'x\n\n1. 甲' })
  })
})

describe('an error of the Bot API', () => {
  it.each([
    [403, 'Forbidden: bot was blocked by the user', 'blocked'],
    [403, 'Forbidden: user is deactivated', 'blocked'],
    [403, "Forbidden: bot can't initiate conversation with a user", 'blocked'],
    [403, 'Forbidden: bot was kicked from the group chat', 'blocked'],
    [400, 'Bad Request: chat not found', 'blocked'],
    [400, 'Bad Request: private chat not found', 'blocked'],
    [400, 'Bad Request: message is too long', 'rejected'],
    [400, 'Bad Request: message text is empty', 'rejected'],
    [400, 'Bad Request: BUTTON_DATA_INVALID', 'rejected'],
    [401, 'Unauthorized', 'misconfigured'],
    [404, 'Not Found', 'misconfigured'],
    [409, 'Conflict: terminated by other getUpdates request', 'misconfigured'],
    [413, 'Request Entity Too Large', 'rejected'],
    [429, 'Too Many Requests', 'throttled'],
    [500, 'Internal Server Error: restart', 'unavailable'],
    [502, 'Bad Gateway', 'unavailable'],
  ])('%i %s is %s', (code, description, failure) => {
    expect(failureOf({ code, description })).toEqual({
      ok: false,
      failure,
      detail: `${code} ${description}`,
      // Somebody in between gave up: the message may be there all the same.
      ...(code === 502 ? { unsure: true } : {}),
    })
  })

  it('says how long to wait', () => {
    const flood = failureOf({ code: 429, description: 'Too Many Requests', retryAfter: 35 })
    expect(flood).toMatchObject({ failure: 'throttled', retryAfter: 35 })
  })

  it('tells where a chat has moved', () => {
    const moved = failureOf({ code: 400, description: 'upgraded', migrateTo: -100 })
    expect(moved).toMatchObject({ failure: 'unavailable', movedTo: '-100', retryAfter: 0 })
  })

  it('quotes neither a message nor a token', () => {
    const details = [
      `can't parse entities: Unsupported start tag "王小明 13800138000" at byte offset 0`,
      'wrong text 我的身份证 given',
      'no such path /bot123456:AAF-abc_def/sendMessage',
    ].map((description) => failureOf({ code: 400, description }).detail)
    expect(details).toEqual([
      `400 can't parse entities: Unsupported start tag "…" at byte offset 0`,
      '400 wrong text … given',
      '400 no such path /bot…/sendMessage',
    ])
  })
})

describe('a tap', () => {
  it('is answered in the webhook and its spinner stopped beside it', async () => {
    const tasks: Promise<unknown>[] = []
    const channel = createTelegramChannel({
      secret: SECRET,
      call: createApi({ token: api.token, apiRoot: api.url }),
      now: () => NOW,
      background: (task) => tasks.push(task),
    })
    const update = {
      update_id: 11,
      callback_query: {
        id: 'q1',
        from: { id: 5, is_bot: false, first_name: '王' },
        chat_instance: '1',
        data: '!menu',
      },
    }
    const received = await channel.receive(post(JSON.stringify(update)))
    if (received instanceof Response) throw new Error('refused')
    const response = await received.respond([
      { turn: 1, messages: [{ text: 'x', quickReplies: [] }] },
    ])
    const body = await response.json()
    expect(body).toMatchObject({ method: 'sendMessage', chat_id: '5', text: 'x' })
    await Promise.all(tasks)
    expect(api.calls.at(-1)).toEqual({
      method: 'answerCallbackQuery',
      body: { callback_query_id: 'q1' },
    })
    expect(await (await received.respond([null])).json()).toEqual({
      method: 'answerCallbackQuery',
      callback_query_id: 'q1',
    })
  })
})

describe('a call', () => {
  const call = (timeout: number) => {
    const signal = AbortSignal.timeout(timeout)
    return createApi({ token: api.token, apiRoot: api.url })(
      'sendMessage',
      { chat_id: '5', text: 'x' },
      { signal },
    )
  }

  it('ends when its time is over', async () => {
    api.trouble('sendMessage', { kind: 'hang' })
    expect(await call(50)).toMatchObject({ ok: false, failure: 'unavailable' })
  })

  it('ends when nobody is there', async () => {
    const nobody = createApi({ token: api.token, apiRoot: 'http://127.0.0.1:9' })
    const result = await nobody('getMe', {})
    expect(result).toEqual({
      ok: false,
      failure: 'unavailable',
      detail: 'the Bot API did not answer',
    })
  })

  it('is told how long to wait, and fails for the chat it concerns only', async () => {
    api.trouble(
      'sendMessage',
      {
        kind: 'error',
        code: 429,
        description: 'Too Many Requests: retry after 3',
        parameters: { retry_after: 3 },
      },
      6,
    )
    api.person(6)
    expect(await call(1000)).toMatchObject({ ok: true })
    const channel = createTelegramChannel({
      secret: SECRET,
      call: createApi({ token: api.token, apiRoot: api.url }),
      now: () => NOW,
      background: () => {},
    })
    const row = {
      to: { channel: 'telegram', id: '6' },
      body: { text: 'x', quickReplies: [] },
    } as const
    expect(await channel.send(row)).toMatchObject({ failure: 'throttled', retryAfter: 3 })
    expect(await channel.send(row)).toMatchObject({ ok: true })
  })
})

describe('setting up', () => {
  it('registers commands and descriptions in each language, and the webhook with its secret', async () => {
    const call = createApi({ token: api.token, apiRoot: api.url })
    const profile = {
      description: 'd',
      shortDescription: 's',
      commands: [{ command: 'menu', description: 'm' }],
    }
    const problems = await registerProfile(call, [
      { language: null, profile },
      { language: 'en', profile },
    ])
    expect(problems).toEqual([])
    expect(
      api.calls
        .filter(({ method }) => method === 'setMyCommands')
        .map(({ body }) => body.language_code),
    ).toEqual([undefined, 'en'])
    expect(
      await registerWebhook(call, { url: 'https://x.test/webhooks/telegram', secret: SECRET }),
    ).toEqual([])
    expect(api.calls.at(-1)?.body).toMatchObject({ secret_token: SECRET, max_connections: 20 })
  })

  it('says what went wrong without the token', async () => {
    const call = createApi({ token: '1:wrong-token', apiRoot: api.url })
    const [problem] = await registerWebhook(call, { url: 'https://x.test', secret: SECRET })
    expect(problem).toContain('401')
    expect(problem).not.toContain('wrong-token')
  })
})
