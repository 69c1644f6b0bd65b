import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { takeWechatCredit } from '../../db/channels/wechat.ts'
import { claimDue } from '../../db/outbox/claim.ts'
import { enqueue } from '../../db/outbox/outbox.ts'
import type { Channel } from '../../flows/engine/channel.ts'
import { dispatchOutbox } from '../../src/outbox/dispatch-outbox.ts'
import { type FakeWechatMp, startFakeWechatMp } from '../fakes/wechat-mp.ts'
import { envelope } from '../fakes/wechat-mp-envelope.ts'
import { createWorld } from '../helpers/app.ts'
import { vault } from '../helpers/cases.ts'
import { createTestMp } from '../helpers/channels/wechat-mp.ts'
import { createTalker } from '../helpers/talk.ts'

const START = Date.parse('2018-06-01T02:00:00.000Z')
let now = START
const time = () => new Date(now).toISOString()
let fake: FakeWechatMp
let mp: Awaited<ReturnType<typeof createTestMp>>
beforeEach(async () => {
  now = START
  fake = await startFakeWechatMp({ now: () => now })
  mp = await createTestMp(fake, {
    now: time,
    settings: { WECHAT_MP_NOTICE: 'subscription:T1:thing1' },
  })
})
afterEach(() => fake.close())

const send = (text = '您的申请有进展。', openId = 'oA') =>
  mp.say({ to: { channel: 'wechat-mp', id: openId }, body: { text, quickReplies: [] } })

/** The person's side and ours hear of it; what our channel makes of it goes nowhere. */
async function hear(elements: Record<string, unknown>, at = now): Promise<void> {
  const head = { ToUserName: 'gh_fake', FromUserName: 'oA', CreateTime: Math.floor(at / 1000) }
  const sealed = envelope({ ...head, ...elements }, fake.account, {
    seconds: Math.floor(now / 1000),
  })
  const url = `https://chat.test/webhooks/wechat-mp?${sealed.query}`
  const received = await mp.channel.receive(new Request(url, { method: 'POST', body: sealed.body }))
  if (received instanceof Response) throw new Error(`refused: ${received.status}`)
}
const write = async () => {
  Object.assign(fake.person('oA').windows, { messageAt: now, messages: 0 })
  await hear({ MsgType: 'text', Content: 'x', MsgId: String(now) })
}
const tap = async () => {
  Object.assign(fake.person('oA').windows, { tapAt: now, taps: 0 })
  await hear({ MsgType: 'event', Event: 'CLICK', EventKey: '!menu' })
}
const consent = (status = 'accept') =>
  hear({
    MsgType: 'event',
    Event: 'subscribe_msg_popup_event',
    SubscribeMsgPopupEvent: [{ TemplateId: 'T1', SubscribeStatusString: status }],
  })
const HELD = { ok: false, failure: 'window-closed', heldSince: expect.any(String) }
const NEVER_HEARD = { ...HELD, heldSince: null }
const paths = () => fake.calls.map(({ path }) => path)

describe('a message outside the response', () => {
  it('goes five times within 48 hours of a message, and then waits', async () => {
    await write()
    for (let count = 0; count < 5; count++) expect(await send()).toMatchObject({ ok: true })
    expect(await send()).toMatchObject(HELD)
    expect(paths()).toHaveLength(5)
    now += 3_600_000
    await write()
    expect(await send()).toMatchObject({ ok: true })
  })

  it('has its picture as a card after it, as long as the window has room', async () => {
    const url = 'https://chat.test/pictures/x.png'
    const image = { kind: 'picture', url, alt: '海报' } as const
    const show = () =>
      mp.say({
        to: { channel: 'wechat-mp', id: 'oA' },
        body: { text: '欢迎来听', quickReplies: [], image },
      })
    await write()
    for (let count = 0; count < 3; count++) expect(await show()).toMatchObject({ ok: true })
    expect(paths()).toHaveLength(5)
    expect(fake.calls[1]?.body).toMatchObject({
      touser: 'oA',
      msgtype: 'news',
      news: { articles: [{ title: '海报', url, picurl: url }] },
    })
    expect(await show()).toMatchObject(HELD)
  })

  it('goes three times within a minute of a tap', async () => {
    await tap()
    for (let count = 0; count < 3; count++) expect(await send()).toMatchObject({ ok: true })
    expect(await send()).toMatchObject(HELD)
    await tap()
    // The same second: WeChat delivered the same tap again.
    expect(await send()).toMatchObject(HELD)
    now += 1000
    await tap()
    expect(await send()).toMatchObject({ ok: true })
    now += 61_000
    expect(await send()).toMatchObject(HELD)
  })

  it('waits without a call where the person never wrote, or 48 hours ago', async () => {
    fake.person('oA')
    expect(await send()).toMatchObject(NEVER_HEARD)
    await write()
    now += 48 * 3_600_000
    expect(await send()).toMatchObject(HELD)
    expect(paths()).toEqual([])
  })

  it('is for nobody who left, until they follow again', async () => {
    await write()
    now += 1000
    await hear({ MsgType: 'event', Event: 'unsubscribe', EventKey: '' })
    expect(await send()).toMatchObject({ failure: 'blocked' })
    now += 1000
    Object.assign(fake.person('oA').windows, { tapAt: now, taps: 0 })
    await hear({ MsgType: 'event', Event: 'subscribe', EventKey: '' })
    expect(await send()).toMatchObject({ ok: true })
    await hear({ MsgType: 'event', Event: 'unsubscribe', EventKey: '' }, now - 5000)
    expect(await send()).toMatchObject({ ok: true })
    expect(paths()).toHaveLength(2)
  })

  it('believes WeChat where it counts otherwise', async () => {
    await write()
    fake.trouble('message/custom/send', { errcode: 45047 })
    expect(await send()).toMatchObject(HELD)
    expect(await send()).toMatchObject(HELD)
    expect(paths()).toHaveLength(1)
    now += 1000
    await write()
    fake.trouble('message/custom/send', { errcode: 45015 })
    expect(await send()).toMatchObject(HELD)
    expect(await send()).toMatchObject(HELD)
    expect(paths()).toHaveLength(2)
    now += 1000
    await write()
    expect(await send()).toMatchObject({ ok: true })
  })

  it('that is long goes in parts, each counted', async () => {
    await write()
    expect(await send('补助资金先到先得，一次一户。'.repeat(120))).toMatchObject({ ok: true })
    const { seen } = fake.person('oA')
    expect(seen.length).toBeGreaterThan(2)
    for (const { text } of seen) expect(Buffer.byteLength(text)).toBeLessThanOrEqual(2000)
    const [rows] = await mp.db.read([{ sql: 'SELECT message_sent FROM wechat_windows', args: [] }])
    expect(rows).toEqual([[seen.length]])
  })

  it('is raw UTF-8 without what WeChat cannot read', async () => {
    await write()
    expect(await send('好\u0007😀"\n\ud83d')).toMatchObject({ ok: true })
    expect(fake.person('oA').texts()).toEqual(['好😀"\n\ufffd'])
  })

  it('tells of a stranger, a flood and a limited account', async () => {
    await mp.db.write([
      {
        sql: "INSERT INTO wechat_windows (open_id, last_at, message_at) VALUES ('oX', ?, ?)",
        args: [time(), time()],
      },
    ])
    expect(await send('x', 'oX')).toMatchObject({ failure: 'blocked' })
    await write()
    fake.trouble('message/custom/send', { errcode: 45011 })
    expect(await send()).toMatchObject({ failure: 'throttled', retryAfter: 60 })
    fake.trouble('message/custom/send', { errcode: -1 })
    expect(await send()).toMatchObject({ failure: 'unavailable' })
    fake.trouble('message/custom/send', { errcode: 48001 })
    expect(await send()).toMatchObject({ failure: 'misconfigured' })
    expect(await send()).toMatchObject({ failure: 'misconfigured' })
    expect(paths()).toHaveLength(4)
  })
})

describe('a person whose message waits', () => {
  it('is not asked to write where they have just had five messages', async () => {
    await consent()
    fake.person('oA').consents.set('T1', 1)
    await write()
    for (let count = 0; count < 5; count++) await send()
    expect(await send()).toMatchObject(HELD)
    expect(fake.person('oA').seen.every(({ by }) => by === 'service')).toBe(true)
    now += 48 * 3_600_000
    expect(await send()).toMatchObject(HELD)
    expect(fake.person('oA').seen.at(-1)?.by).toBe('notice')
  })

  it('is asked to write by the one subscription message they consented to', async () => {
    const person = fake.person('oA')
    await consent()
    // WeChat delivered it twice: still one consent.
    await consent()
    person.consents.set('T1', 1)
    expect(await send()).toMatchObject(NEVER_HEARD)
    expect(person.texts()).toEqual(['有新消息，请回复任意一个字查看'])
    expect(await send()).toMatchObject(NEVER_HEARD)
    expect(person.seen).toHaveLength(1)
  })

  it('is not asked without consent, or after a refusal', async () => {
    const person = fake.person('oA')
    await consent('reject')
    expect(await send()).toMatchObject(NEVER_HEARD)
    await consent()
    now += 1000
    await hear({
      MsgType: 'event',
      Event: 'subscribe_msg_change_event',
      SubscribeMsgChangeEvent: [{ TemplateId: 'T1', SubscribeStatusString: 'reject' }],
    })
    expect(await send()).toMatchObject(NEVER_HEARD)
    expect([person.seen, paths()]).toEqual([[], []])
  })

  it('whose consents WeChat does not know is not asked again', async () => {
    fake.person('oA')
    for (let count = 0; count < 3; count++) {
      await consent()
      now += 1000
    }
    expect(await send()).toMatchObject(NEVER_HEARD)
    expect(await send()).toMatchObject(NEVER_HEARD)
    expect(paths()).toEqual(['message/subscribe/bizsend'])
  })

  it('may have consented for good', async () => {
    mp = await createTestMp(fake, {
      now: time,
      settings: { WECHAT_MP_NOTICE: 'long-term:T1:thing1' },
    })
    fake.person('oA').consents.set('T1', 9)
    await consent()
    for (let count = 0; count < 2; count++) await send()
    expect(fake.person('oA').seen).toHaveLength(2)
  })

  it('needs no consent to a template message', async () => {
    mp = await createTestMp(fake, {
      now: time,
      settings: { WECHAT_MP_NOTICE: 'template:T1:thing1' },
    })
    fake.person('oA')
    await send()
    expect(paths()).toEqual(['message/template/send'])
  })

  it('gives one consent to one of two who want it at once', async () => {
    await consent()
    const credit = { openId: 'oA', template: 'T1', lasts: false, now: time() }
    const taken = await Promise.all([1, 2, 3].map(() => takeWechatCredit(mp.db, credit)))
    expect(taken.filter(Boolean)).toHaveLength(1)
  })
})

it('a message that waits is due with what the person says next, and not before', async () => {
  const expiresAt = new Date(START + 24 * 3_600_000).toISOString()
  const to = { channel: 'wechat-mp', id: 'oA' } as const
  const body = { text: 'x', quickReplies: [] }
  await mp.db.write([
    {
      sql: "INSERT INTO contacts (id, locale, created_at) VALUES ('c', 'zh-Hans', ?)",
      args: [time()],
    },
    {
      sql: `INSERT INTO addresses (channel, external_id, contact_id, created_at) VALUES ('wechat-mp', 'oA', 'c', ?)`,
      args: [time()],
    },
    await enqueue(vault, { id: 'r1', to, origin: 'reply', body, at: time(), expiresAt }),
    {
      sql: "UPDATE outbox SET status = 'temporary-failure', next_attempt_at = expires_at, parked = 1",
      args: [],
    },
  ])
  const due = () =>
    claimDue(mp.db, vault, { channel: 'wechat-mp', now: time(), leaseUntil: expiresAt, limit: 9 })
  now += 3_600_000
  expect(await due()).toEqual([])
  await hear({ MsgType: 'event', Event: 'unsubscribe', EventKey: '' }, now - 1000)
  expect(await due()).toEqual([])
  await write()
  expect((await due()).map(({ id }) => id)).toEqual(['r1'])
})

it('a message whose person writes while they are asked to does not wait any longer', async () => {
  const world = await createWorld([])
  mp = await createTestMp(fake, { now: world.deps.now, db: world.db })
  const to = { channel: 'wechat-mp', id: 'oA' } as const
  const person = createTalker(world, to)
  await person.say('你好')
  now = Date.parse(world.deps.now())
  Object.assign(fake.person('oA').windows, { messageAt: now, messages: 0 })
  const asked: string[] = []
  const channel: Channel = {
    ...mp.channel,
    send: async (row) => {
      const result = await mp.channel.send(row)
      asked.push(result.ok ? 'sent' : result.failure)
      if (!result.ok) await write()
      return result
    },
  }
  const deps = { ...world.deps, channels: new Map([['wechat-mp' as const, channel]]) }
  const expiresAt = new Date(now + 3_600_000).toISOString()
  const body = { text: '补材料', quickReplies: [] }
  await world.db.write([
    await enqueue(vault, { id: 'r1', to, origin: 'reply', body, at: deps.now(), expiresAt }),
  ])
  for (let time = 0; time < 3; time++) await dispatchOutbox(deps, async () => world.tick(1))
  expect(asked).toEqual(['window-closed', 'sent'])
  await world.close()
})
