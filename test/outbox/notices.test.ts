import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { leaveAsIs, sendAgain } from '../../db/outbox/again.ts'
import { claimDue } from '../../db/outbox/claim.ts'
import { NOTICE_KINDS, type NoticeKind } from '../../db/outbox/kinds.ts'
import { type Enqueued, enqueue } from '../../db/outbox/outbox.ts'
import type { SendResult } from '../../flows/engine/channel.ts'
import type { ChannelType } from '../../flows/engine/types.ts'
import { dispatchOutbox } from '../../src/outbox/dispatch-outbox.ts'
import { createWorld, type TestWorld, testVault } from '../helpers/app.ts'
import { createFakeChannel, type FakeChannel } from '../helpers/channels/fake-channel.ts'

const BLOCKED: SendResult = { ok: false, failure: 'blocked', detail: '403' }
const UNSURE: SendResult = { ok: false, failure: 'unavailable', detail: 'x', unsure: true }
const DAY = 86_400

let world: TestWorld
let telegram: FakeChannel
let web: FakeChannel & { type: ChannelType }
beforeEach(async () => {
  telegram = createFakeChannel()
  web = { ...createFakeChannel(), type: 'web', silent: true }
  world = await createWorld([telegram, web], {
    personalData: (channel) => channel === 'web',
  })
  await world.db.write([
    {
      sql: "INSERT INTO contacts (id, locale, created_at) VALUES ('c', 'zh-Hans', '2018')",
      args: [],
    },
    ...(['telegram', 'web'] as const).map((channel) => ({
      sql: 'INSERT INTO addresses (channel, external_id, contact_id, created_at) VALUES (?, ?, ?, ?)',
      args: [channel, '1', 'c', '2018'],
    })),
  ])
})
afterEach(() => world.close())

const dispatch = () => dispatchOutbox(world.deps, async (wait) => world.tick(wait / 1000))
const later = (seconds: number) =>
  new Date(Date.parse(world.deps.now()) + seconds * 1000).toISOString()
const put = async (id: string, change: Partial<Enqueued> = {}) =>
  world.db.write([
    await enqueue(testVault, {
      id,
      to: { channel: 'telegram', id: '1' },
      origin: 'notice',
      kind: 'case',
      body: { text: id, quickReplies: [] },
      at: world.deps.now(),
      expiresAt: later(30 * DAY),
      ...change,
    }),
  ])
const rows = async (columns: string) =>
  (await world.db.read([{ sql: `SELECT ${columns} FROM outbox ORDER BY seq`, args: [] }]))[0]
const said = (channel: FakeChannel) => channel.sent.map(({ body }) => body.text)
const set = (sql: string) => world.db.write([{ sql: `UPDATE contacts SET ${sql}`, args: [] }])

describe('the kinds', () => {
  it('wait for the morning exactly where they are not the most urgent', () => {
    for (const { quiet, priority } of Object.values(NOTICE_KINDS)) {
      expect(quiet).toBe(priority > 0)
    }
  })
})

describe('another address', () => {
  it('takes over once where the first is blocked, in words that are fit for it', async () => {
    telegram.results.push(BLOCKED)
    await put('a', { body: { text: '简短', quickReplies: [] }, brief: null })
    await dispatch()
    expect(said(web)).toEqual(['简短'])
    expect(await rows('id, channel, status, root_id, left_at IS NULL')).toEqual([
      ['a', 'telegram', 'permanent-failure', null, 0],
      ['a~1', 'web', 'sent', 'a', 1],
    ])
  })

  it('says nothing personal where it must not', async () => {
    const to = { channel: 'web' as const, id: '1' }
    web.results.push(BLOCKED, BLOCKED)
    await put('a', { to, body: { text: '张三的申请', quickReplies: [] } })
    await put('b', {
      to,
      body: { text: '张三的申请', quickReplies: [] },
      brief: { text: '有新进展', quickReplies: [] },
    })
    await dispatch()
    expect(said(telegram)).toEqual([
      world.deps.translate('zh-Hans', 'notices.elsewhere', { url: 'https://chat.test' }),
      '有新进展',
    ])
  })

  it('is tried once each, and never for a reply', async () => {
    telegram.results.push(BLOCKED, BLOCKED)
    web.results.push(BLOCKED)
    await put('a')
    await put('r', { origin: 'reply' })
    await dispatch()
    expect(await rows('id, status')).toEqual([
      ['a', 'permanent-failure'],
      ['r', 'permanent-failure'],
      ['a~1', 'permanent-failure'],
    ])
    expect([...said(telegram), ...said(web)]).toEqual([])
  })

  it('takes over where the window is closed, so that nothing waits for nobody', async () => {
    telegram.results.push({ ok: false, failure: 'window-closed', heldSince: null, detail: 'x' })
    await put('a')
    await dispatch()
    expect(said(web)).toHaveLength(1)
    expect(await rows('status')).toEqual([['permanent-failure'], ['sent']])
  })

  it('is where the person wants to be told first', async () => {
    const { noticeAddress } = await import('../../db/outbox/address.ts')
    const at = async () => (await noticeAddress(world.db, 'c'))?.to.channel
    await set("preferred_channel = 'web'")
    expect(await at()).toBe('web')
    await set("preferred_channel = 'telegram'")
    expect(await at()).toBe('telegram')
    await world.db.write([
      { sql: "UPDATE addresses SET reachable = 0 WHERE channel = 'telegram'", args: [] },
    ])
    expect(await at()).toBe('web')
  })

  it('is used at once for who is known to have blocked the first, without asking the network', async () => {
    await put('a')
    await put('b')
    await world.db.write([
      { sql: "UPDATE addresses SET reachable = 0 WHERE channel = 'telegram'", args: [] },
    ])
    await dispatch()
    expect([telegram.sent, web.sent.length]).toEqual([[], 2])
  })
})

describe('what a person wants', () => {
  it.each([
    ['reminder', 'reminders_muted_at', 'muted'],
    ['event', 'events_muted_at', 'muted'],
    ['campaign', 'campaigns_muted_at', 'muted'],
    ['case', 'reminders_muted_at', 'sent'],
    ['case', 'stopped_at', 'muted'],
    ['voucher', 'stopped_at', 'muted'],
    ['answer', 'stopped_at', 'sent'],
  ] as const)('counts when it is sent: %s with %s', async (kind, column, outcome) => {
    await put('a', { kind })
    await set(`${column} = '2018'`)
    await dispatch()
    const [[status, error, left] = []] =
      (await rows('status, last_error, left_at IS NOT NULL')) ?? []
    if (outcome === 'sent') expect(status).toBe('sent')
    else
      expect([status, String(error).startsWith('muted'), left]).toEqual([
        'permanent-failure',
        true,
        1,
      ])
    expect(telegram.sent).toHaveLength(outcome === 'sent' ? 1 : 0)
  })
})

describe('the night', () => {
  it('is kept for all but answers and replies, and not where nothing rings', async () => {
    // From ten in the morning to half past nine in the evening.
    world.tick(11.5 * 3600)
    for (const kind of Object.keys(NOTICE_KINDS) as NoticeKind[]) await put(kind, { kind })
    await put('reply', { origin: 'reply' })
    await put('web', { to: { channel: 'web', id: '1' } })
    await dispatch()
    expect(said(telegram).sort()).toEqual(['answer', 'reply'])
    expect(said(web)).toEqual(['web'])
    world.tick(10.6 * 3600)
    await dispatch()
    expect(telegram.sent).toHaveLength(8)
  })

  it('does not let a notice of the evening hold up an answer', async () => {
    world.tick(11.5 * 3600)
    await put('case')
    await put('answer', { kind: 'answer' })
    await dispatch()
    expect(said(telegram)).toEqual(['answer'])
  })
})

describe('the order', () => {
  it('lets what is urgent go before a queue of broadcasts, also to the same person', async () => {
    await put('campaign', { kind: 'campaign' })
    await put('reminder', { kind: 'reminder' })
    await put('case')
    await put('answer', { kind: 'answer' })
    await dispatch()
    expect(said(telegram)).toEqual(['answer', 'case', 'reminder', 'campaign'])
  })

  it('holds behind one that waits for its next try, and goes on after it', async () => {
    telegram.results.push({ ok: false, failure: 'unavailable', detail: '500' })
    await put('a')
    await put('b')
    await dispatch()
    await put('c')
    await dispatch()
    expect(said(telegram)).toEqual([])
    world.tick(10)
    await dispatch()
    expect(said(telegram)).toEqual(['a', 'b', 'c'])
  })

  it('does not wait for what is due later', async () => {
    await put('tomorrow', { notBefore: later(DAY) })
    await put('today')
    await dispatch()
    expect(said(telegram)).toEqual(['today'])
    world.tick(DAY)
    await dispatch()
    expect(said(telegram)).toEqual(['today', 'tomorrow'])
  })
})

describe('what may have arrived', () => {
  it.each([
    ['case', 'sent', 1],
    ['voucher', 'sent', 1],
    ['campaign', 'in-doubt', 0],
  ] as const)('%s ends as %s and stays marked', async (kind, status, sent) => {
    telegram.results.push(UNSURE)
    await put('a', { kind })
    await dispatch()
    world.tick(60)
    await dispatch()
    expect(await rows('status, doubted_at IS NOT NULL')).toEqual([[status, 1]])
    expect(telegram.sent).toHaveLength(sent)
  })

  it('is the same where the sender died in the middle', async () => {
    for (const kind of ['case', 'campaign'] as const) await put(kind, { kind })
    await put('not-handed-over', { kind: 'campaign' })
    const claim = {
      channel: 'telegram',
      now: world.deps.now(),
      leaseUntil: later(60),
      limit: 5,
    } as const
    await claimDue(world.db, testVault, claim)
    await world.db.write([
      {
        sql: `UPDATE outbox SET status = 'sending', leased_until = ?,
          handed_at = CASE id WHEN 'not-handed-over' THEN NULL ELSE '2018-06-01' END`,
        args: [later(60)],
      },
    ])
    world.tick(61)
    await dispatch()
    expect(await rows('status, doubted_at IS NOT NULL')).toEqual([
      ['sent', 1],
      ['in-doubt', 1],
      ['sent', 0],
    ])
    const [events] = await world.db.read([
      { sql: 'SELECT what FROM outbox_history ORDER BY seq', args: [] },
    ])
    expect(events).toEqual([['in-doubt'], ['in-doubt']])
  })
})

describe('three days', () => {
  it('are tried, further and further apart, then it is given up and goes another way', async () => {
    telegram.results.push(
      ...Array.from(
        { length: 500 },
        (): SendResult => ({ ok: false, failure: 'unavailable', detail: '500' }),
      ),
    )
    await put('a')
    let tries = 0
    for (; tries < 400 && web.sent.length === 0; tries++) {
      world.tick(3600)
      await dispatch()
    }
    expect([tries > 71, tries < 75]).toEqual([true, true])
    expect(await rows('status')).toEqual([['technical-failure'], ['sent']])
  })
})

describe('a channel', () => {
  it('is left alone by every dispatcher as long as the network says', async () => {
    telegram.results.push({ ok: false, failure: 'throttled', retryAfter: 600, detail: '429' })
    await put('a')
    await dispatch()
    await put('b', { kind: 'answer' })
    world.tick(500)
    await Promise.all([dispatch(), dispatch()])
    expect(telegram.sent).toEqual([])
    world.tick(101)
    await dispatch()
    expect(said(telegram).sort()).toEqual(['a', 'b'])
  })

  it('is not asked to send a whole queue with a wrong token', async () => {
    telegram.results.push(
      ...Array.from(
        { length: 90 },
        (): SendResult => ({ ok: false, failure: 'misconfigured', detail: '401' }),
      ),
    )
    for (let index = 0; index < 80; index++) await put(`a${index}`, { origin: 'reply' })
    await dispatch()
    expect(telegram.results.length).toBeGreaterThan(58)
  })
})

describe('a dead letter', () => {
  it('is sent again once, however often it is clicked, or left', async () => {
    await world.db.write([{ sql: "DELETE FROM addresses WHERE channel = 'web'", args: [] }])
    telegram.results.push({ ok: false, failure: 'rejected', detail: '400' }, BLOCKED)
    await put('a', { origin: 'reply' })
    await dispatch()
    await world.db.write([
      {
        sql: "INSERT INTO staff (id, name, email, role, created_at, updated_at) VALUES ('s', 'x', 'x', 'admin', '', '')",
        args: [],
      },
    ])
    const act = { seq: 1, staffId: 's', at: world.deps.now() }
    await world.db.write([...sendAgain(act), ...sendAgain(act), ...leaveAsIs(act)])
    expect(await rows('status, left_at')).toEqual([['created', null]])
    await dispatch()
    await world.db.write(leaveAsIs(act))
    expect(await rows('status, left_at IS NOT NULL')).toEqual([['permanent-failure', 1]])
    const [events] = await world.db.read([{ sql: 'SELECT what FROM outbox_history', args: [] }])
    expect(events?.flat()).toEqual(['permanent-failure', 'sent-again', 'permanent-failure', 'left'])
  })
})

describe('a campaign', () => {
  const insert = () =>
    world.db.write([
      {
        sql: `INSERT OR IGNORE INTO outbox (id, channel, external_id, origin, kind, campaign_id, priority, status, next_attempt_at, expires_at, created_at)
          SELECT 'campaign:x:' || c.id, a.channel, a.external_id, 'notice', 'campaign', 'x', 3, 'created', ?, ?, ?
          FROM contacts c JOIN addresses a ON a.contact_id = c.id WHERE a.channel = 'telegram'`,
        args: [world.deps.now(), later(DAY), world.deps.now()],
      },
    ])

  it('says its words at send time, to each the same row once', async () => {
    await insert()
    await insert()
    const own = {
      ...world.deps,
      campaignBodies: async (all: readonly { id: string; locale: string; personal: boolean }[]) =>
        new Map(
          all.map(({ id, locale, personal }) => [
            id,
            { text: `${locale} ${personal}`, quickReplies: [] },
          ]),
        ),
    }
    await dispatchOutbox(own, async () => {})
    expect(said(telegram)).toEqual(['zh-Hans false'])
  })

  it('that was withdrawn says nothing', async () => {
    await insert()
    await dispatch()
    expect(await rows('status, left_at IS NOT NULL')).toEqual([['permanent-failure', 1]])
    expect(telegram.sent).toEqual([])
  })
})
