import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createApi } from '../../bots/telegram/api.ts'
import { createTelegramChannel } from '../../bots/telegram/channel.ts'
import { loadTranscript } from '../../db/conversation/transcripts.ts'
import { loadTurn } from '../../db/conversation/turns.ts'
import { createApp } from '../../src/app.ts'
import { recoverEvents } from '../../src/channels/take-fetched.ts'
import { dispatchOutbox } from '../../src/outbox/dispatch-outbox.ts'
import { type FakeBotApi, startFakeBotApi } from '../fakes/bot-api.ts'
import { createWorld, type TestWorld } from '../helpers/app.ts'

const SECRET = 'secret-of-the-webhook'

let api: FakeBotApi
let world: TestWorld
let app: ReturnType<typeof createApp>
let odd: string[]

beforeEach(async () => {
  api = await startFakeBotApi()
  odd = []
  const channel = createTelegramChannel({
    secret: SECRET,
    call: createApi({ token: api.token, apiRoot: api.url }),
    now: () => '2018-06-01T02:00:00.000Z',
    background: () => {},
    onOdd: (fields) => odd.push(fields),
  })
  world = await createWorld([channel])
  app = createApp(world.deps)
})
afterEach(async () => {
  await world.close()
  await api.close()
})

const caseOf = (name: string) =>
  readFileSync(new URL(`./fixtures/cases/${name}.json`, import.meta.url), 'utf8')

async function post(body: string): Promise<Record<string, unknown> | null> {
  const response = await app.request('/webhooks/telegram', {
    method: 'POST',
    headers: { 'X-Telegram-Bot-Api-Secret-Token': SECRET, 'content-type': 'application/json' },
    body,
  })
  expect(response.status).toBe(200)
  const answer = await response.text()
  return answer === '' ? null : (JSON.parse(answer) as Record<string, unknown>)
}

/** As Telegram writes it: everything beyond ASCII as `\uXXXX`. */
function escaped(update: object): string {
  return JSON.stringify(update).replaceAll(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

const person = (id: number) => ({
  chat: { id, type: 'private', first_name: '测' },
  from: { id, is_bot: false, first_name: '测', language_code: 'zh-hans' },
  date: 1796022000,
})

describe('what people send on Telegram', () => {
  it('of any length that it allows is answered', async () => {
    const update = caseOf('09-telegram-long-reply-413')
    expect(update.length).toBeGreaterThan(64 * 1024)
    expect(await post(update)).toMatchObject({ method: 'sendMessage', chat_id: '966694' })
  })

  it('as long as can be, answering the longest with quotes and entities, is answered', async () => {
    const words = '😀'.repeat(2048)
    const entities = Array.from({ length: 100 }, (_, index) => ({
      type: 'custom_emoji',
      offset: index,
      length: 2,
      custom_emoji_id: '5368324170671202286',
    }))
    const message = { ...person(31), text: words, entities, message_id: 2 }
    const reply_to_message = { ...message, message_id: 1 }
    const quote = { text: '补'.repeat(1024), position: 0, is_manual: true, entities }
    const body = escaped({ update_id: 1, message: { ...message, reply_to_message, quote } })
    expect(await post(body)).toMatchObject({ method: 'sendMessage', chat_id: '31' })
  })

  it('that cannot be understood is acknowledged and told by the names of its fields', async () => {
    const message = { ...person(32), date: '秘密', text: '秘密' }
    expect(await post(JSON.stringify({ update_id: 1, message }))).toBeNull()
    expect(odd).toEqual(['message.date'])
  })

  it('in a topic of a private chat is answered in that topic, late messages too', async () => {
    expect(await post(caseOf('26-telegram-private-topic'))).toMatchObject({
      method: 'sendMessage',
      chat_id: '920005',
      message_thread_id: 77,
    })
    await post(
      JSON.stringify({
        update_id: 720000062,
        message: {
          ...person(920005),
          message_thread_id: 77,
          is_topic_message: true,
          text: '我的数据',
        },
      }),
    )
    const tap = {
      id: 'q',
      from: person(920005).from,
      chat_instance: '1',
      data: '!menu',
      message: { ...person(920005), message_thread_id: 78, is_topic_message: true },
    }
    expect(await post(JSON.stringify({ update_id: 720000063, callback_query: tap }))).toMatchObject(
      {
        message_thread_id: 78,
      },
    )
    for (const _ of [1, 2, 3]) {
      world.tick(2)
      await dispatchOutbox(world.deps, async () => {})
    }
    const sent = api.calls.filter(({ method }) => method === 'sendMessage')
    for (const { body } of sent) expect(body.message_thread_id).toBe(77)
  })

  it('outside of topics has a thread id that no message can be sent to', async () => {
    const message = { ...person(33), message_thread_id: 5, text: '钱多少' }
    const answer = await post(JSON.stringify({ update_id: 1, message }))
    expect(answer).not.toHaveProperty('message_thread_id')
  })

  it('is answered where a person said it, and only there: news of Telegram is not', async () => {
    for (const news of [
      'gift',
      'pinned_message',
      'users_shared',
      'boost_added',
      'invented_in_2030',
    ]) {
      const message = { ...person(34), [news]: {} }
      expect(await post(JSON.stringify({ update_id: 1, message })), news).toBeNull()
    }
    const message = { ...person(34), dice: { emoji: '🎲', value: 3 } }
    expect(await post(JSON.stringify({ update_id: 2, message }))).toMatchObject({ chat_id: '34' })
  })
})

describe('words beside a file', () => {
  const withFile = (id: number, content: object) =>
    JSON.stringify({ update_id: id, message: { ...person(920001), ...content } })
  const photo = [{ file_id: 'f1', file_unique_id: 'u1', width: 90, height: 90 }]
  const FILE = /收不了文件|没有收到|用不上|收不了/

  it('are answered as words, and what became of the file is said', async () => {
    const alone = await post(
      JSON.stringify({ update_id: 1, message: { ...person(36), text: '退伍军人优先吗' } }),
    )
    const answer = String((await post(caseOf('20-telegram-photo-caption')))?.text)
    expect(answer).toContain('退伍军人')
    expect(answer.endsWith(String(alone?.text))).toBe(true)
    expect(answer).toMatch(FILE)
  })

  it.each(['video', 'animation', 'audio', 'document'])('are heard beside %s too', async (kind) => {
    const file = { file_id: 'f2', file_unique_id: 'u2', duration: 3, width: 1, height: 1 }
    const answer = await post(withFile(2, { [kind]: file, caption: '钱多少' }))
    expect(answer?.text).toContain('4.5万')
    expect(answer?.text).toMatch(FILE)
  })

  let messages: ReturnType<FakeBotApi['person']>['messages']
  beforeEach(() => {
    messages = api.person(920001).messages
  })
  /** What the chat shows once the album has rested, and after so many seconds of its clock. */
  const shown = async () => {
    await Promise.all(world.background.splice(0))
    for (const _ of [1, 2, 3]) {
      world.tick(2)
      await dispatchOutbox(world.deps, async () => {})
    }
    return messages.map(({ text }) => text)
  }
  const lines = () => {
    const address = { channel: 'telegram' as const, id: '920001' }
    return loadTranscript(world.db, world.deps.vault, address, 0, 20)
  }
  const turns = async () => new Set((await lines()).map(({ turn }) => turn)).size
  const part = (id: number, more: object = {}, album = 'a1') =>
    withFile(id, { photo, media_group_id: album, ...more })

  it.each([0, 1, 2])('of an album are one turn with one answer, by its file %i', async (with_) => {
    for (const index of [0, 1, 2]) {
      const words = index === with_ ? { caption: '钱多少' } : {}
      expect(await post(part(10 + index, words))).toBeNull()
    }
    const [answer, ...more] = await shown()
    expect(answer).toContain('4.5万')
    expect(answer).toMatch(FILE)
    expect(more).toEqual([])
    expect(await turns()).toBe(1)
    for (const index of [0, 1, 2]) await post(part(10 + index))
    expect(await shown()).toEqual([answer])
    expect(await turns()).toBe(1)
  })

  it('of an album without words: what became of it is said once', async () => {
    for (const id of [50, 51, 52]) expect(await post(part(id))).toBeNull()
    const [told, ...more] = await shown()
    expect(told).toMatch(FILE)
    expect(more).toEqual([])
    expect((await lines()).map(({ direction }) => direction)).toEqual(['in', 'in', 'in', 'out'])
    expect(await turns()).toBe(1)
  })

  it('of an album come before what is said after it, and a file that comes late is not lost', async () => {
    await post(part(60, { caption: '人工' }))
    await post(part(61))
    await post(withFile(62, { text: '都在这里' }))
    await post(part(63))
    await shown()
    const heard = (await lines()).filter(({ direction }) => direction === 'in')
    expect(heard.map(({ body }) => body.text)).toEqual([
      '〔图片〕人工',
      '〔图片〕',
      '都在这里',
      '〔图片〕',
    ])
    expect(new Set(heard.map(({ turn }) => turn)).size).toBe(3)
    expect(heard.slice(2).every(({ heard: one }) => one?.toStaff === true)).toBe(true)
    const [[kept] = []] = await world.db.read([{ sql: 'SELECT * FROM late_events', args: [] }])
    expect(kept).toBeUndefined()
  })

  it('of two albums at once are two turns', async () => {
    await Promise.all([part(70, {}, 'x'), part(71, {}, 'y'), part(72, {}, 'x')].map(post))
    await shown()
    expect(await turns()).toBe(2)
    expect((await lines()).filter(({ direction }) => direction === 'in')).toHaveLength(3)
  })

  it('of an album whose process died are taken by whoever is alive, once', async () => {
    const dead = { ...world.deps, background: () => {} }
    const before = app
    app = createApp(dead)
    for (const id of [80, 81]) await post(part(id, id === 81 ? { caption: '钱多少' } : {}))
    app = before
    expect(await shown()).toEqual([])
    world.tick(61)
    await Promise.all([recoverEvents(world.deps), recoverEvents(world.deps)])
    const [answer, ...more] = await shown()
    expect(answer).toContain('4.5万')
    expect(more).toEqual([])
    expect(await turns()).toBe(1)
  })

  it('reach staff as words and kind, and never as our own names for them', async () => {
    await post(withFile(30, { text: '人工' }))
    await post(withFile(31, { photo, caption: '执照是这个吗' }))
    await post(withFile(32, { video: { file_id: 'v', file_unique_id: 'v' }, caption: '门面' }))
    await post(withFile(33, { location: { latitude: 26.6, longitude: 106.7 } }))
    const address = { channel: 'telegram' as const, id: '920001' }
    const lines = await loadTranscript(world.db, world.deps.vault, address, 0, 20)
    const heard = lines.filter(({ direction }) => direction === 'in').map(({ body }) => body.text)
    expect(heard.slice(1)).toEqual(['〔图片〕执照是这个吗', '〔视频〕门面', '〔位置〕'])
  })
})

describe('an id that the network gave to two people', () => {
  const [first, second] = JSON.parse(caseOf('25-same-id-two-people')) as object[]
  const said = async (update: object | undefined) => {
    const answer = await post(JSON.stringify(update))
    return { to: answer?.chat_id, text: String(answer?.text) }
  }

  it('is two events: each gets their own answer, also when they come again', async () => {
    const own = await said(first)
    const other = await said(second)
    expect([own.to, other.to]).toEqual(['920003', '920004'])
    expect(other.text).toContain('4.5万')
    expect(own.text).not.toContain('4.5万')
    expect([await said(first), await said(second)]).toEqual([own, other])
    const [rows] = await world.db.read([{ sql: 'SELECT count(*) FROM turns', args: [] }])
    expect(rows?.[0]?.[0]).toBe(2)
  })

  it('that was stored before keys held the person is still known, to this person alone', async () => {
    const { channel, id } = { channel: 'telegram' as const, id: '920003' }
    const own = await said(first)
    const [rows] = await world.db.read([{ sql: 'SELECT event_id FROM turns', args: [] }])
    expect(rows).toEqual([[`${channel}:${id}:720000051`]])
    const read = (address: string) =>
      loadTurn(
        world.db,
        world.deps.vault,
        { channel, id: address },
        'telegram:0:0',
        world.deps.programme,
        `telegram:${id}:720000051`,
      )
    expect((await read(id)).answered?.messages[0]?.text).toBe(own.text)
    expect((await read('920004')).answered).toBeNull()
    await said(second)
    expect((await read('920004')).answered).toBeNull()
  })
})

it('a message for a topic that is gone is sent to the chat itself', async () => {
  api.person(35)
  api.trouble('sendMessage', {
    kind: 'error',
    code: 400,
    description: 'Bad Request: message thread not found',
  })
  const channel = world.deps.channels.get('telegram')
  const body = { text: '好', quickReplies: [], thread: 9 }
  expect(await channel?.send({ to: { channel: 'telegram', id: '35' }, body })).toMatchObject({
    ok: true,
  })
  expect(api.calls.at(-1)?.body).not.toHaveProperty('message_thread_id')
})
