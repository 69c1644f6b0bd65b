import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApi } from '../../bots/telegram/api.ts'
import { createTelegramChannel } from '../../bots/telegram/channel.ts'
import { failureOf } from '../../bots/telegram/failures.ts'
import { parseUpdate } from '../../bots/telegram/parse.ts'
import { pollUpdates } from '../../bots/telegram/poll.ts'
import { renderMessage } from '../../bots/telegram/render.ts'
import { registerProfile, registerWebhook } from '../../bots/telegram/setup.ts'
import { describeChannel } from '../conformance/channel.ts'
import { type FakeBotApi, startFakeBotApi } from '../fakes/bot-api.ts'

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
    forged: () => [post('{"update_id":1}', 'wrong'), post('{"update_id":1}', '')],
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
  const message = (extra: object) => ({
    update_id: 7,
    message: {
      message_id: 1,
      date: 1_527_818_400,
      chat: { id: 5, type: 'private', first_name: '王' },
      from: { id: 5, is_bot: false, first_name: '王', language_code: 'zh-hans' },
      ...extra,
    },
  })
  const parse = (update: object) => parseUpdate(update as never, NOW)

  it.each([
    ['text', { text: '钱多少' }, { type: 'text', text: '钱多少' }],
    [
      '/start with a payload',
      { text: '/start apply-1' },
      { type: 'command', name: 'start', payload: 'apply-1' },
    ],
    [
      'a command for us by name',
      { text: '/menu@weiqitong_bot' },
      { type: 'command', name: 'menu' },
    ],
    ['an unknown command', { text: '/foo' }, { type: 'text', text: '/foo' }],
    [
      'own contact',
      { contact: { phone_number: '+8613800138000', first_name: '王', user_id: 5 } },
      { type: 'contact', phone: '+8613800138000', own: true },
    ],
    [
      "another's contact",
      { contact: { phone_number: '+8613800138000', first_name: '李', user_id: 6 } },
      { type: 'contact', own: false },
    ],
    [
      'location',
      { location: { latitude: 26.6, longitude: 106.7 } },
      { type: 'location', lat: 26.6, lon: 106.7 },
    ],
    [
      'photo: the largest',
      { photo: [{ file_id: 's' }, { file_id: 'l', file_size: 9 }] },
      { type: 'media', kind: 'image', mediaId: 'l', size: 9 },
    ],
    [
      'document',
      { document: { file_id: 'd', file_name: 'a.pdf', mime_type: 'application/pdf' } },
      { type: 'media', kind: 'document', name: 'a.pdf' },
    ],
    [
      'voice',
      { voice: { file_id: 'v', duration: 3 } },
      { type: 'media', kind: 'voice', mediaId: 'v' },
    ],
    ['sticker', { sticker: { file_id: 'x' } }, { type: 'unsupported', what: 'sticker' }],
    ['dice', { dice: { value: 1 } }, { type: 'unsupported', what: 'other' }],
  ])('%s', (_, extra, input) => {
    expect(parse(message(extra))).toMatchObject({
      id: 'telegram:7',
      from: { channel: 'telegram', id: '5' },
      at: '2018-06-01T02:00:00.000Z',
      locale: 'zh-Hans',
      input,
    })
  })

  it('ignores groups, channels and bots', () => {
    expect(parse(message({ text: 'x', chat: { id: -1, type: 'group', title: 'g' } }))).toBeNull()
    expect(parse(message({ text: 'x', from: { id: 9, is_bot: true, first_name: 'b' } }))).toBeNull()
    expect(parse({ update_id: 1, channel_post: { text: 'x' } })).toBeNull()
    expect(parse({ update_id: 1 })).toBeNull()
  })

  it('an edit is known as one', () => {
    const { message: edited } = message({ text: '改过' })
    expect(parse({ update_id: 8, edited_message: edited })?.input).toEqual({
      type: 'unsupported',
      what: 'edit',
    })
  })

  it('a tap is a choice, also on a message too old to be given', () => {
    const query = {
      id: 'q',
      from: { id: 5, is_bot: false, first_name: '王' },
      chat_instance: '1',
      data: 'tea~3',
    }
    expect(parse({ update_id: 9, callback_query: query })).toMatchObject({
      from: { id: '5' },
      input: { type: 'choice', value: 'tea~3' },
    })
  })

  it.each([
    ['kicked', 'left'],
    ['member', 'joined'],
  ])('%s means %s', (status, state) => {
    const change = {
      chat: { id: 5, type: 'private' },
      from: { id: 5, is_bot: false, first_name: '王' },
      date: 0,
      new_chat_member: { status },
    }
    expect(parse({ update_id: 9, my_chat_member: change })?.input).toEqual({
      type: 'membership',
      state,
    })
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
    [403, 'Forbidden: user is deactivated', 'blocked'],
    [403, "Forbidden: bot can't initiate conversation with a user", 'blocked'],
    [400, 'Bad Request: chat not found', 'blocked'],
    [400, 'Bad Request: message is too long', 'rejected'],
    [404, 'Not Found', 'misconfigured'],
    [502, 'Bad Gateway', 'unavailable'],
  ])('%i %s is %s', (code, description, failure) => {
    expect(failureOf({ code, description })).toMatchObject({ ok: false, failure })
  })

  it('tells where a chat has moved', () => {
    const moved = failureOf({ code: 400, description: 'upgraded', migrateTo: -100 })
    expect(moved).toMatchObject({ failure: 'unavailable', movedTo: '-100', retryAfter: 0 })
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
    const body = await received
      .respond([{ turn: 1, messages: [{ text: 'x', quickReplies: [] }] }])
      .json()
    expect(body).toMatchObject({ method: 'sendMessage', chat_id: '5', text: 'x' })
    await Promise.all(tasks)
    expect(api.calls.at(-1)).toEqual({
      method: 'answerCallbackQuery',
      body: { callback_query_id: 'q1' },
    })
    expect(await received.respond([null]).json()).toEqual({
      method: 'answerCallbackQuery',
      callback_query_id: 'q1',
    })
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

describe('long polling', () => {
  it('takes each update once, each chat in order, and again what failed', async () => {
    const own = await startFakeBotApi()
    const people = [own.person(1), own.person(2)]
    for (const text of ['a', 'b', 'c']) for (const person of people) await person.type(text)
    own.trouble('getUpdates', { kind: 'error', code: 502, description: 'Bad Gateway' })
    const stop = new AbortController()
    const handled: string[] = []
    const problems: string[] = []
    let failed = false
    await pollUpdates({
      call: createApi({ token: own.token, apiRoot: own.url }),
      signal: stop.signal,
      pause: async () => {},
      onProblem: (detail) => problems.push(detail),
      handle: async (update) => {
        const { message } = update as { message: { chat: { id: number }; text: string } }
        if (message.text === 'b' && message.chat.id === 1 && !failed) {
          failed = true
          throw new Error('the database is away')
        }
        handled.push(`${message.chat.id}${message.text}`)
        if (handled.length >= 10) stop.abort()
      },
    })
    expect(problems[0]).toContain('502')
    const chat = (id: string) =>
      handled.filter((done) => done.startsWith(id)).map((done) => done[1])
    expect(chat('1').join('')).toBe('aabc')
    expect(chat('2').join('')).toBe('abcabc')
    await own.close()
  })
})
