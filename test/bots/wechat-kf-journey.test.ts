import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { afterEach, describe, expect, it } from 'vitest'
import { saveDeferred } from '../../db/conversation/late-events.ts'
import { loadTranscript } from '../../db/conversation/transcripts.ts'
import { enqueue } from '../../db/outbox/outbox.ts'
import { createApp } from '../../src/app.ts'
import { recoverEvents } from '../../src/channels/take-fetched.ts'
import { dispatchOutbox } from '../../src/outbox/dispatch-outbox.ts'
import { type FakeWechatKf, startFakeWechatKf } from '../fakes/wechat-kf.ts'
import { createWorld, type TestWorld } from '../helpers/app.ts'
import { createTestKf } from '../helpers/channels/wechat-kf.ts'
import { openDatabase } from '../helpers/channels/wechat-mp.ts'

const HOUR = 3_600_000

let fake: FakeWechatKf
let world: TestWorld
let ahead = 0
let close = async () => {}
afterEach(() => close())

async function open(settings: Record<string, string> = {}): Promise<void> {
  ahead = 0
  let tick = Date.parse('2018-06-04T02:00:00.000Z')
  const clock = () => new Date(++tick + ahead).toISOString()
  fake = await startFakeWechatKf({ now: () => Date.parse(clock()) })
  const db = await openDatabase()
  const { channel } = await createTestKf(fake, { now: clock, db, settings })
  world = await createWorld([channel], { db })
  world.deps.now = clock
  const server = serve({ fetch: createApp(world.deps).fetch, port: 0, hostname: '127.0.0.1' })
  if (!server.listening) await once(server, 'listening')
  fake.webhook = `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks/wechat-kf`
  close = async () => {
    server.close()
    if ('closeAllConnections' in server) server.closeAllConnections()
    await fake.close()
    await world.close()
  }
}

/** The turns that were begun are taken, and what they said is sent. */
async function settle(): Promise<void> {
  await Promise.all(world.background.splice(0))
  await dispatchOutbox(world.deps, async () => {})
}

async function outbox(): Promise<unknown[]> {
  const [rows = []] = await world.db.read([
    { sql: 'SELECT status, doubted_at FROM outbox ORDER BY seq', args: [] },
  ])
  return rows.map(([status, doubted]) => (doubted === null ? status : `${status}, doubted`))
}

const sends = () => fake.calls.filter(({ path }) => path === 'kf/send_msg')

describe('a person who comes by a link', () => {
  it('is greeted by the code of the event, writes, taps real buttons, and gets one message a turn', async () => {
    await open()
    const person = fake.person('wmA')
    await person.enter()
    await settle()
    expect(person.texts()).toHaveLength(1)
    expect(person.seen[0]?.buttons.length).toBeGreaterThan(2)
    expect(sends()).toEqual([])

    await person.type('钱多少')
    await settle()
    expect(person.texts().at(-1)).toContain('4.5万')
    const { buttons } = person.seen.at(-1) ?? { buttons: [] }
    expect(buttons.length).toBeGreaterThan(0)
    expect(person.seen).toHaveLength(2)

    await person.tap(buttons[0]?.content ?? '')
    await settle()
    expect(person.seen).toHaveLength(3)
    expect(await outbox()).toEqual(['sent', 'sent', 'sent'])
  })

  it('begins what the link was for', async () => {
    await open({ PERSONAL_DATA_CHANNELS: 'web,wechat-kf' })
    const person = fake.person('wmB')
    await person.enter('apply')
    await settle()
    const [rows = []] = await world.db.read([{ sql: 'SELECT path FROM turns', args: [] }])
    expect(rows.flat().join()).toMatch(/apply|elsewhere/)
    expect(person.texts()).toHaveLength(1)
  })
})

it('what another process has fetched and not done is heard before what came after it', async () => {
  await open()
  const person = fake.person('wmOrder')
  const said = (id: string, text: string) => ({
    id: `wechat-kf:wmOrder:${id}`,
    from: { channel: 'wechat-kf' as const, id: 'wmOrder' },
    at: world.deps.now(),
    input: { type: 'text' as const, text },
  })
  // A page of that process, which stands still now: of one moment, and not in the order of their names.
  const page = [said('b', '钱多少'), said('a', '要什么条件')]
  await saveDeferred(world.db, world.deps.vault, page, world.deps.now())
  await person.type('菜单')
  await settle()
  const [rows = []] = await world.db.read([
    { sql: 'SELECT event_id FROM turns WHERE turn IS NOT NULL ORDER BY turn', args: [] },
  ])
  expect(rows.map(([id]) => String(id).replace('wechat-kf:wmOrder:', '')).slice(0, 2)).toEqual([
    'b',
    'a',
  ])
  expect(rows).toHaveLength(3)
})

describe('five messages in 48 hours', () => {
  it('are not exceeded: the sixth waits for what the person writes', async () => {
    await open()
    const person = fake.person('wmC')
    await person.type('你好')
    await settle()
    const notice = async (index: number) => {
      const at = world.deps.now()
      await world.db.write([
        await enqueue(world.deps.vault, {
          id: `notice:test:${index}`,
          to: { channel: 'wechat-kf', id: 'wmC' },
          origin: 'notice',
          kind: 'case',
          template: 'case-moved',
          body: { text: `通知${index}`, quickReplies: [] },
          at,
          expiresAt: new Date(Date.parse(at) + 100 * HOUR).toISOString(),
        }),
      ])
      await settle()
    }
    for (let index = 1; index <= 5; index++) await notice(index)
    expect(person.texts().slice(1)).toEqual(['通知1', '通知2', '通知3', '通知4'])
    expect((await outbox()).at(-1)).toBe('temporary-failure')
    await person.type('好')
    await settle()
    expect(person.texts().join()).toContain('通知5')
    ahead += 49 * HOUR
    await notice(6)
    expect(person.texts().join()).not.toContain('通知6')
    await person.type('在')
    await settle()
    expect(person.texts().join()).toContain('通知6')
  })
})

describe('a message under our own id', () => {
  it('whose answer was lost is sent again and arrives once, without any doubt', async () => {
    await open()
    const person = fake.person('wmD')
    fake.trouble('kf/send_msg', 'lost-answer')
    await person.type('你好')
    await settle()
    expect(person.seen).toHaveLength(1)
    expect(await outbox()).toEqual(['temporary-failure'])
    ahead += 60_000
    await settle()
    expect(sends()).toHaveLength(2)
    expect(sends()[0]?.body.msgid).toBe(sends()[1]?.body.msgid)
    expect(person.seen).toHaveLength(1)
    expect(await outbox()).toEqual(['sent'])
  })

  it('whose sender died is sent again without any doubt', async () => {
    await open()
    const person = fake.person('wmE')
    await person.type('你好')
    await Promise.all(world.background.splice(0))
    await world.db.write([
      {
        sql: "UPDATE outbox SET status = 'sending', attempts = 1, leased_until = ?",
        args: [world.deps.now()],
      },
    ])
    ahead += 120_000
    await settle()
    expect(person.seen).toHaveLength(1)
    expect(await outbox()).toEqual(['sent'])
  })

  it('that was taken and did not arrive is a failure that staff see', async () => {
    await open()
    const person = fake.person('wmF')
    await person.type('你好')
    await settle()
    await person.fail(String(sends()[0]?.body.msgid))
    await settle()
    expect(await outbox()).toEqual(['permanent-failure'])
  })
})

describe('fetching', () => {
  it('takes each message once, in each person’s order, however callbacks and pages fall', async () => {
    await open()
    fake.pageSize = 3
    fake.callsBack = false
    const people = ['wmG', 'wmH', 'wmI'].map((id) => fake.person(id))
    for (let round = 0; round < 4; round++) {
      for (const person of people) await person.type(`第${round}句`)
    }
    await Promise.all(Array.from({ length: 5 }, () => fake.callBack()))
    await settle()
    const heard = await Promise.all(
      people.map(({ userId }) =>
        loadTranscript(world.db, world.deps.vault, { channel: 'wechat-kf', id: userId }, 0, 50),
      ),
    )
    for (const lines of heard) {
      const said = lines.filter(({ direction }) => direction === 'in').map(({ body }) => body.text)
      expect(said).toEqual(['第0句', '第1句', '第2句', '第3句'])
    }
  })

  it('is done by whoever comes next where a process died in the middle', async () => {
    await open()
    const person = fake.person('wmJ')
    fake.trouble('kf/sync_msg', 'reset')
    await person.type('钱多少')
    await settle()
    expect(person.seen).toEqual([])
    await recoverEvents(world.deps)
    await settle()
    expect(person.texts()[0]).toContain('4.5万')
  })

  it('loses nothing that was fetched where the turns were never taken', async () => {
    await open()
    const person = fake.person('wmK')
    const { inTurn } = world.deps
    world.deps.inTurn = async () => {
      throw new Error('killed')
    }
    await person.type('钱多少')
    await Promise.all(world.background.splice(0))
    world.deps.inTurn = inTurn
    ahead += 120_000
    await recoverEvents(world.deps)
    await settle()
    expect(person.texts()[0]).toContain('4.5万')
    await recoverEvents(world.deps)
    await settle()
    expect(person.seen).toHaveLength(1)
  })

  it('goes on with a new token, and without the word of a callback that is over', async () => {
    await open()
    const person = fake.person('wmL')
    await person.type('你好')
    await settle()
    fake.invalidateToken()
    fake.trouble('kf/sync_msg', { errcode: 95007, errmsg: 'invalid msg token' })
    await person.type('钱多少')
    await settle()
    expect(person.texts().at(-1)).toContain('4.5万')
    expect(fake.tokenCalls).toBe(2)
  })

  it('says in the console why nothing goes out from an address that is not listed', async () => {
    await open()
    const person = fake.person('wmM')
    await person.type('你好')
    await Promise.all(world.background.splice(0))
    fake.isListed = false
    await settle()
    const [rows = []] = await world.db.read([
      {
        sql: "SELECT last_failure FROM outbox_channels WHERE channel = 'wechat-kf'",
        args: [],
      },
    ])
    expect(String(rows[0]?.[0])).toMatch(/misconfigured: 60020 .*WECHAT_KF_API_ROOT/)
  })
})

describe('staff in the client of WeCom', () => {
  it('get the conversation, their words are kept, and the bot speaks again when they are done', async () => {
    await open({ WECHAT_KF_DESK: 'wecom' })
    const person = fake.person('wmN')
    await person.type('人工')
    await settle()
    expect(person.state).toBe(2)
    await person.staffTake()
    await person.staffSay('您好，我是小张')
    await settle()
    await person.type('我的钱什么时候到')
    await settle()
    const before = person.seen.length
    const to = { channel: 'wechat-kf', id: 'wmN' } as const
    const lines = await loadTranscript(world.db, world.deps.vault, to, 0, 50)
    expect(lines.map(({ body }) => body.text)).toEqual(
      expect.arrayContaining(['您好，我是小张', '我的钱什么时候到']),
    )
    await person.staffEnd()
    await settle()
    expect(person.seen).toHaveLength(before + 1)
    await person.type('钱多少')
    await settle()
    expect(person.texts().at(-1)).toContain('4.5万')
  })

  it('are not needed where our own console is the desk', async () => {
    await open()
    const person = fake.person('wmO')
    await person.type('人工')
    await settle()
    expect(person.state).toBe(0)
    expect(person.seen).toHaveLength(1)
  })
})
