import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createApi } from '../../bots/telegram/api.ts'
import { createTelegramChannel } from '../../bots/telegram/channel.ts'
import { createApp } from '../../src/app.ts'
import { createStaffGroup, startTelegram } from '../../src/channels/telegram.ts'
import { sweepHandoffs } from '../../src/handoffs/sweep-handoffs.ts'
import { tellStaff } from '../../src/handoffs/tell-staff.ts'
import { readConfig } from '../../src/kernel/config.ts'
import type { Deps } from '../../src/kernel/deps.ts'
import { dispatchOutbox } from '../../src/outbox/dispatch-outbox.ts'
import { type FakeBotApi, startFakeBotApi } from '../fakes/bot-api.ts'
import type { Group } from '../fakes/bot-api-group.ts'
import { createWorld, type TestWorld } from '../helpers/app.ts'

const CHAT = -1001234567890
const SECRET = 'secret-of-the-webhook'

let api: FakeBotApi
let world: TestWorld
let deps: Deps
let group: Group
let app: ReturnType<typeof createApp>

async function start(personal: boolean) {
  api = await startFakeBotApi()
  const config = readConfig({
    TELEGRAM_BOT_TOKEN: api.token,
    TELEGRAM_API_ROOT: api.url,
    STAFF_TELEGRAM_CHAT_ID: String(CHAT),
    PERSONAL_DATA_CHANNELS: personal ? 'telegram,web' : 'web',
  })
  const channel = createTelegramChannel({
    secret: SECRET,
    call: createApi({ token: api.token, apiRoot: api.url }),
    staffChat: config.STAFF_TELEGRAM_CHAT_ID,
    now: () => '2018-06-01T02:00:00.000Z',
    background: () => {},
  })
  world = await createWorld([channel])
  deps = { ...world.deps, staffGroup: createStaffGroup(config, world.deps) }
  app = createApp(deps)
  group = api.group(CHAT)
}

beforeEach(() => start(true))
afterEach(async () => {
  await world.close()
  await api.close()
})

/** Delivers an update to the webhook, and carries the answer's method out. */
async function post(update: object): Promise<string | null> {
  const response = await app.request('/webhooks/telegram', {
    method: 'POST',
    headers: { 'X-Telegram-Bot-Api-Secret-Token': SECRET, 'content-type': 'application/json' },
    body: JSON.stringify(update),
  })
  expect(response.status).toBe(200)
  const body = await response.text()
  return body === '' ? null : (JSON.parse(body) as { text: string }).text
}

const typed = (text: string, person = 5) => post(api.person(person).update(text))
const staff = (text: string, replyTo?: number, by = 7) => post(group.update(by, { text }, replyTo))
const count = async (table: string) =>
  (await world.db.read([{ sql: `SELECT count(*) FROM ${table}`, args: [] }]))[0]?.[0]?.[0]
/** What the person was sent besides answers. */
const arrived = async (person = 5) => {
  const { messages } = api.person(person)
  // A chat gets one message a second.
  for (const _ of [1, 2, 3]) {
    await dispatchOutbox(world.deps, async () => {})
    world.tick(2)
  }
  return messages.map(({ text }) => text)
}

async function waiting(words = '我的号是520113196001010005，行不行') {
  await typed('人工')
  await typed(words)
  await tellStaff(deps)
  return group.messages.at(-1) ?? { id: 0, text: '' }
}

describe("the staff's group", () => {
  it('hears of each hand-off once, without numbers or names', async () => {
    const { text } = await waiting()
    await Promise.all([tellStaff(deps), tellStaff(deps)])
    expect(group.messages).toHaveLength(1)
    expect(text).toContain('Telegram')
    expect(text).toContain('行不行')
    expect(text).toContain('https://chat.test/console/inbox/')
    expect(text).not.toContain('520113')
    expect(text).not.toContain('王')
  })

  it('is not shown what was said where personal data may not go there', async () => {
    await world.close()
    await api.close()
    await start(false)
    const { text } = await waiting()
    expect(text).not.toContain('行不行')
    expect(text).toContain('请到后台看')
    expect(JSON.stringify(api.calls)).not.toContain('行不行')
  })

  it('answers by replying; the person reads it in their own conversation, once', async () => {
    const { id } = await waiting()
    const update = group.update(7, { text: '行，带上就好' }, id)
    await post(update)
    await post(update)
    expect(await arrived()).toEqual(['工作人员回复：\n行，带上就好'])
    expect(await count('handoff_desk_answers')).toBe(1)
    const confirmed = group.messages.slice(1)
    expect(new Set(confirmed.map(({ text }) => text))).toEqual(new Set(['已转给对方。']))
    expect(confirmed.every(({ replyTo }) => replyTo !== null)).toBe(true)
  })

  it('closes by /close, and the person has the bot back', async () => {
    const { id } = await waiting()
    await staff('/close@weiqitong_bot', id)
    const [closed] = await arrived()
    expect(closed).toContain('已经办结')
    expect(await typed('钱多少')).toContain('4.5万')
    expect(group.messages.at(-1)?.text).toContain('已办结')
    await staff('还有一句', id)
    expect(group.messages.at(-1)?.text).toContain('没有转出去')
    expect(await arrived()).toEqual([])
  })

  it('hears it when the person asks again after an answer, and a reply to that counts too', async () => {
    const { id } = await waiting()
    await staff('您说', id)
    await typed('要带几张照片')
    await tellStaff(deps)
    const again = group.messages.at(-1)
    expect(again?.text).toContain('又说话了')
    expect(again?.text).toContain('要带几张照片')
    await staff('两张', again?.id)
    expect(await arrived()).toEqual(['工作人员回复：\n您说', '工作人员回复：\n两张'])
  })

  it('is alerted when nobody answered in time', async () => {
    await waiting()
    world.tick(75 * 3600)
    expect(await sweepHandoffs(deps)).toBe(1)
    await sweepHandoffs(deps)
    expect(group.messages).toHaveLength(2)
    expect(group.messages[1]?.text).toContain('等得太久')
    await staff('抱歉，来晚了', group.messages[1]?.id)
    expect((await arrived()).at(-1)).toContain('抱歉，来晚了')
  })

  it('talks among itself in peace: nothing of it is a conversation, an answer or an error', async () => {
    const { id } = await waiting()
    const turns = await count('turns')
    const before = group.messages.length
    await staff('中午吃什么')
    await staff('/menu')
    await staff('我来', 424242)
    await post(group.update(7, { sticker: { file_id: 'x' } }))
    expect(group.messages).toHaveLength(before)
    await post(group.update(7, { photo: [{ file_id: 'x' }] }, id))
    expect(group.messages.at(-1)?.text).toContain('只能转文字')
    await staff('字'.repeat(2001), id)
    expect(group.messages.at(-1)?.text).toContain('2000')
    const confirmation = group.messages.at(-1)?.id
    await staff('转了吗', confirmation)
    expect(group.messages.at(-1)?.text).toContain('来话通知')
    expect(await count('turns')).toBe(turns)
    expect(await count('sessions')).toBe(1)
    expect(await arrived()).toEqual([])
  })

  it('counts from that very chat alone', async () => {
    const { id } = await waiting()
    const other = api.group(-1009999999999)
    await post(other.update(7, { text: '骗人的话' }, id))
    await post(other.update(7, { text: '/close' }, id))
    await typed('/close')
    const bot = group.update(7, { text: '自动回复' }, id)
    const { message } = bot as { message: { from: { is_bot: boolean } } }
    message.from.is_bot = true
    await post(bot)
    expect(await arrived()).toEqual([])
    expect(await count('handoff_desk_answers')).toBe(0)
  })

  it('is told again where the message did not arrive, or the process died in between', async () => {
    await typed('人工')
    api.trouble('sendMessage', { kind: 'error', code: 500, description: 'Internal' }, CHAT)
    expect(await tellStaff(deps)).toBe(0)
    expect(await tellStaff(deps)).toBe(0)
    world.tick(61)
    expect(await tellStaff(deps)).toBe(1)
    expect(group.messages).toHaveLength(1)
  })

  it('that has moved is said in the log, with the setting to change', async () => {
    await typed('人工')
    api.trouble(
      'sendMessage',
      {
        kind: 'error',
        code: 400,
        description: 'Bad Request: group chat was upgraded to a supergroup chat',
        parameters: { migrate_to_chat_id: -1005555555555 },
      },
      CHAT,
    )
    await tellStaff(deps)
    expect(world.logged.join()).toContain('STAFF_TELEGRAM_CHAT_ID=-1005555555555')
  })

  it('is heard by long polling too', async () => {
    const { id } = await waiting()
    const stop = new AbortController()
    const config = readConfig({
      TELEGRAM_BOT_TOKEN: api.token,
      TELEGRAM_API_ROOT: api.url,
      STAFF_TELEGRAM_CHAT_ID: String(CHAT),
    })
    const pause = () => new Promise<void>((resolve) => setTimeout(resolve, 5))
    const polling = startTelegram(deps, config, { signal: stop.signal, pause })
    await group.say(7, '行', id)
    for (let tries = 0; tries < 200 && group.messages.length < 2; tries++) await pause()
    stop.abort()
    await polling
    expect(group.messages.at(-1)?.text).toBe('已转给对方。')
    expect(await count('sessions')).toBe(1)
    expect(await arrived()).toEqual(['工作人员回复：\n行'])
  })

  it('is told at once, not by the next sweep', async () => {
    const called: string[] = []
    const own = { ...deps, callStaff: () => void called.push('now') }
    app = createApp(own)
    await typed('钱多少')
    expect(called).toEqual([])
    await typed('人工')
    expect(called).toEqual(['now'])
  })
})

describe('the settings', () => {
  it.each(['5', 'my group', '-12'])('refuse %s as a group', (id) => {
    expect(() => readConfig({ TELEGRAM_BOT_TOKEN: '1:a', STAFF_TELEGRAM_CHAT_ID: id })).toThrow(
      /STAFF_TELEGRAM_CHAT_ID/,
    )
  })
  it('need a bot for a group, and hours that are some', () => {
    expect(() => readConfig({ STAFF_TELEGRAM_CHAT_ID: '-100123456' })).toThrow(/BOT_TOKEN/)
    expect(() => readConfig({ OFFICE_HOURS: 'always' })).toThrow(/OFFICE_HOURS/)
    expect(() => readConfig({ HANDOFF_TIMEOUT_HOURS: '0' })).toThrow(/HANDOFF_TIMEOUT_HOURS/)
  })
})

describe('an answer of staff is taken, or told why not', () => {
  const caseOf = (name: string, id: number) => {
    const text = readFileSync(
      new URL(`../bots/fixtures/cases/${name}.json`, import.meta.url),
      'utf8',
    )
    return JSON.parse(text.replaceAll('1002', String(id))) as Record<string, object>
  }
  const told = () => group.messages.slice(1).map(({ text }) => text)

  it('from an anonymous admin: it is the group itself that speaks', async () => {
    const { id } = await waiting()
    await post(caseOf('22-telegram-anonymous-admin', id))
    expect(await arrived()).toEqual(['工作人员回复：\n请带执照来'])
    expect(told()).toEqual(['已转给对方。'])
  })

  it('not in the name of a channel, which anybody may have', async () => {
    const { id } = await waiting()
    const update = caseOf('22-telegram-anonymous-admin', id)
    await post({
      ...update,
      message: { ...update.message, sender_chat: { id: -100555, type: 'channel', title: '频道' } },
    })
    expect(await arrived()).toEqual([])
    expect(told()).toEqual([expect.stringContaining('以频道的名义')])
  })

  it('not changed afterwards: whoever corrects it is told', async () => {
    const { id } = await waiting()
    await post(caseOf('24-telegram-staff-edits-answer', id))
    expect(await arrived()).toEqual([])
    expect(told()).toEqual([expect.stringContaining('改动没有转给对方')])
  })

  it('not as a picture, which is told', async () => {
    const { id } = await waiting()
    const photo = [{ file_id: 'f', file_unique_id: 'u', width: 9, height: 9 }]
    await post(group.update(7, { photo, caption: '照这个填' }, id))
    expect(await arrived()).toEqual([])
    expect(told()).toEqual(['只能转文字，这一条没有转出去。'])
  })

  it('in the topic where it was written', async () => {
    await post(caseOf('23-telegram-topic-message', 1002))
    const sent = api.calls.filter(({ method }) => method === 'sendMessage')
    expect(sent.map(({ body }) => body.message_thread_id)).toEqual([300])
  })

  it('but not the talk of colleagues, nor what a linked channel forwards', async () => {
    await waiting()
    const { message, ...update } = caseOf('24-telegram-staff-edits-answer', 1)
    const edited = { ...update.edited_message, reply_to_message: undefined }
    await post({ ...update, edited_message: edited })
    const channel = { id: -100555, type: 'channel', title: '频道' }
    await post({
      update_id: 720000099,
      message: { ...edited, sender_chat: channel, is_automatic_forward: true },
    })
    expect(told()).toEqual([])
  })
})
