import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { CAMPAIGN_MOVES, findCampaign } from '../../db/campaigns/campaigns.ts'
import { countCampaignAnswers, loadReach, loadReport } from '../../db/campaigns/figures.ts'
import { Segment } from '../../db/campaigns/segments.ts'
import type {
  CampaignStaffMove,
  CampaignState,
} from '../../flows/programme/lifecycle/campaign-life.ts'
import {
  approveCampaign,
  cancelCampaign,
  pauseCampaign,
  resumeCampaign,
  rewriteCampaign,
  submitCampaign,
  writeCampaign,
} from '../../src/campaigns/change-campaign.ts'
import { runCampaigns } from '../../src/campaigns/run-campaigns.ts'
import { handleEvent } from '../../src/conversation/handle-event.ts'
import { dispatchOutbox } from '../../src/outbox/dispatch-outbox.ts'
import { createWorld, type TestWorld } from '../helpers/app.ts'
import { CONTENT, createStaff, seedPeople } from '../helpers/campaigns.ts'
import { createFakeChannel, eventOf, type FakeChannel } from '../helpers/channels/fake-channel.ts'

let world: TestWorld
let network: FakeChannel
let author: { id: string; district: string | null }

beforeEach(async () => {
  network = createFakeChannel()
  world = await createWorld([network])
  author = await createStaff(world.deps, 's1')
})
afterEach(() => world.close())

const everybody = Segment.parse({})

/** The network's time passes while the dispatcher waits. */
const pause = async (milliseconds: number) => {
  world.tick(milliseconds / 1000)
}

async function write(id = 'c1', segment: unknown = everybody, content: unknown = CONTENT) {
  expect(
    await writeCampaign(world.deps, author, { id, title: '宣讲会', segment, content }),
  ).toEqual({
    ok: true,
    id,
    state: 'draft',
  })
  return { id, version: 1 }
}

async function stateOf(id: string) {
  return (await findCampaign(world.db, { district: null }, id))?.state
}

/** Runs the clock's part until nothing is left to do. */
async function runToTheEnd() {
  for (let round = 0; round < 500; round++) {
    const busy = await runCampaigns(world.deps)
    const sent = await dispatchOutbox(world.deps, pause)
    if (!busy && sent === 0) return
  }
  throw new Error('a campaign that never ends')
}

const reached = () => network.sent.map(({ to }) => to.id).sort()

/** How a refusal says that a campaign stands: where, at which version, and what can be done instead. */
function offered(state: CampaignState, version: number, ...moves: CampaignStaffMove[]) {
  return { state, version, moves: moves.map((id) => expect.objectContaining({ id })) }
}
const DRAFT = ['rewritten', 'illustrated', 'bared', 'submitted', 'cancelled'] as const

describe('a campaign', () => {
  it('tells each person once, in their language, and is finished', async () => {
    await seedPeople(world.deps, 30)
    await seedPeople(world.deps, 3, { from: 31, locale: 'en' })
    const draft = await write()
    expect(await submitCampaign(world.deps, author, draft, null)).toMatchObject({
      state: 'scheduled',
    })
    await runToTheEnd()
    expect(reached()).toHaveLength(33)
    expect(new Set(reached()).size).toBe(33)
    expect(network.sent.filter(({ body }) => body.text.startsWith('乡亲，'))).toHaveLength(30)
    expect(network.sent.filter(({ body }) => body.text.startsWith('Friend,'))).toHaveLength(3)
    expect(await stateOf('c1')).toBe('finished')
    expect((await CAMPAIGN_MOVES.list(world.db, 'c1')).map(({ move }) => move)).toEqual([
      'written',
      'submitted',
      'started',
      'fixed',
      'finished',
    ])
    expect(await loadReport(world.db, 'c1')).toEqual([
      { channel: 'telegram', recipients: 33, waiting: 0, statuses: { sent: 33 }, failures: [] },
    ])
  })

  it('begins at its time and not before', async () => {
    await seedPeople(world.deps, 3)
    const draft = await write()
    const past = await submitCampaign(world.deps, author, draft, '2018-05-01T00:00:00.000Z')
    expect(past).toEqual({ ok: false, problem: { kind: 'past' } })
    await submitCampaign(world.deps, author, draft, '2018-06-01T03:00:00.000Z')
    await runToTheEnd()
    expect(reached()).toEqual([])
    world.tick(3700)
    await runToTheEnd()
    expect(reached()).toHaveLength(3)
  })

  it('needs a second person where it reaches many, who is not its author', async () => {
    await seedPeople(world.deps, 201)
    const draft = await write()
    expect(await submitCampaign(world.deps, author, draft, null)).toMatchObject({
      state: 'waiting',
    })
    await runToTheEnd()
    expect(reached()).toEqual([])
    expect(await approveCampaign(world.deps, author, { id: 'c1', version: 2 })).toEqual({
      ok: false,
      problem: { kind: 'own-campaign' },
      standing: offered('waiting', 2, 'returned', 'cancelled'),
    })
    const other = await createStaff(world.deps, 's2')
    expect(await approveCampaign(world.deps, other, { id: 'c1', version: 2 })).toMatchObject({
      state: 'scheduled',
    })
    await runToTheEnd()
    expect(reached()).toHaveLength(201)
  })

  it('is not sent as it was approved and then rewritten', async () => {
    await seedPeople(world.deps, 3)
    const draft = await write()
    await rewriteCampaign(world.deps, author, draft, {
      title: '改了',
      segment: everybody,
      content: CONTENT,
    })
    expect(await submitCampaign(world.deps, author, draft, null)).toEqual({
      ok: false,
      problem: { kind: 'conflict' },
      standing: offered('draft', 2, ...DRAFT),
    })
    expect(await submitCampaign(world.deps, author, { id: 'c1', version: 2 }, null)).toMatchObject({
      ok: true,
    })
    expect(
      await rewriteCampaign(
        world.deps,
        author,
        { id: 'c1', version: 3 },
        {
          title: '又改',
          segment: everybody,
          content: CONTENT,
        },
      ),
    ).toEqual({
      ok: false,
      problem: { kind: 'wrong-state', state: 'scheduled' },
      standing: offered('scheduled', 3, 'returned', 'cancelled'),
    })
  })

  it('of two who act at once lets one, and tells the other', async () => {
    await seedPeople(world.deps, 201)
    const draft = await write()
    await submitCampaign(world.deps, author, draft, null)
    const others = await Promise.all(['s2', 's3'].map((id) => createStaff(world.deps, id)))
    const results = await Promise.all(
      others.map((staff) => approveCampaign(world.deps, staff, { id: 'c1', version: 2 })),
    )
    expect(results.filter(({ ok }) => ok)).toHaveLength(1)
    expect(results.find(({ ok }) => !ok)).toMatchObject({
      problem: { kind: expect.stringMatching(/conflict|wrong-state/) },
    })
  })

  it('written twice by a double click is one draft', async () => {
    await write()
    await write()
    const [rows] = await world.db.read([{ sql: 'SELECT count(*) FROM campaigns', args: [] }])
    expect(rows).toEqual([[1]])
  })

  it.each([
    ['{{namme|您}}', 'unknown'],
    ['{{name}}', 'no-fallback'],
    ['{{name|}}', 'no-fallback'],
    ['{{name|您', 'unclosed'],
    ['您}}好', 'unclosed'],
  ])('refuses %s', async (text, problem) => {
    const content = { ...CONTENT, 'zh-Hans': text }
    const input = { id: 'c9', title: '宣讲会', segment: everybody, content }
    expect(await writeCampaign(world.deps, author, input)).toMatchObject({
      ok: false,
      problem: { kind: 'hole', locale: 'zh-Hans', hole: { problem } },
    })
  })

  it('that reaches nobody is not begun', async () => {
    const draft = await write()
    expect(await submitCampaign(world.deps, author, draft, null)).toEqual({
      ok: false,
      problem: { kind: 'nobody' },
    })
  })
})

describe('who is told', () => {
  it('nobody who joined after the start, who left, or who wants no broadcasts', async () => {
    await seedPeople(world.deps, 6)
    await world.db.write([
      { sql: `UPDATE addresses SET reachable = 0 WHERE contact_id = 'p000001'`, args: [] },
      {
        sql: `UPDATE contacts SET campaigns_muted_at = '2018-05-01' WHERE id = 'p000002'`,
        args: [],
      },
      { sql: `UPDATE contacts SET created_at = '2019-01-01' WHERE id = 'p000003'`, args: [] },
    ])
    expect(
      await loadReach(
        world.db,
        world.deps.vault,
        everybody,
        author,
        ['telegram'],
        world.deps.now(),
      ),
    ).toEqual({
      people: 6,
      optedOut: 1,
      unreachable: 1,
      channels: [{ channel: 'telegram', people: 4, windowOpen: null, withCredit: null }],
    })
    await submitCampaign(world.deps, author, await write(), null)
    await runToTheEnd()
    expect(reached()).toEqual(['a000004', 'a000005', 'a000006'])
  })

  it('not who opted out between the start and the sending', async () => {
    await seedPeople(world.deps, 5)
    await submitCampaign(world.deps, author, await write(), null)
    while ((await stateOf('c1')) !== 'sending') await runCampaigns(world.deps)
    await runCampaigns(world.deps)
    await world.db.write([
      {
        sql: `UPDATE contacts SET campaigns_muted_at = '2018-06-01' WHERE id = 'p000004'`,
        args: [],
      },
    ])
    await runToTheEnd()
    expect(reached()).toEqual(['a000001', 'a000002', 'a000003', 'a000005'])
  })

  it('each person at one address: the one they chose, else the one they used last', async () => {
    await seedPeople(world.deps, 2)
    await world.db.write([
      ...['p000001', 'p000002'].map((contact) => ({
        sql: `INSERT INTO addresses (channel, external_id, contact_id, created_at)
          VALUES ('telegram', 'second-' || ?, ?, '2018-01-01')`,
        args: [contact, contact],
      })),
      {
        sql: `INSERT INTO sessions (id, channel, external_id, contact_id, turn, status, memory, updated_at)
          VALUES ('z1', 'telegram', 'second-p000001', 'p000001', 1, 'waiting', x'00', '2018-03-01'),
            ('z2', 'telegram', 'a000001', 'p000001', 1, 'waiting', x'00', '2018-02-01')`,
        args: [],
      },
    ])
    await submitCampaign(world.deps, author, await write(), null)
    await runToTheEnd()
    expect(reached()).toEqual(['a000002', 'second-p000001'])
  })

  it('a district’s staff reach the people of their district alone', async () => {
    await seedPeople(world.deps, 3)
    const local = await createStaff(world.deps, 's5', 'district-reviewer', 'yunyan')
    const input = { id: 'c5', title: '云岩', segment: everybody, content: CONTENT }
    await writeCampaign(world.deps, local, input)
    expect(await submitCampaign(world.deps, local, { id: 'c5', version: 1 }, null)).toEqual({
      ok: false,
      problem: { kind: 'nobody' },
    })
    expect(await findCampaign(world.db, { district: 'nanming' }, 'c5')).toBeNull()
  })
})

describe('a pause', () => {
  it('stops what has not gone, and going on loses and doubles nobody', async () => {
    await seedPeople(world.deps, 5000)
    const other = await createStaff(world.deps, 's2')
    await submitCampaign(world.deps, author, await write(), null)
    await approveCampaign(world.deps, other, { id: 'c1', version: 2 })
    while ((await stateOf('c1')) !== 'sending') await runCampaigns(world.deps)
    await runCampaigns(world.deps)
    let sends = 0
    const send = network.send
    network.send = async (row) => {
      if (++sends === 300) await pauseCampaign(world.deps, author, { id: 'c1' })
      return send(row)
    }
    await runToTheEnd()
    const before = reached().length
    expect(before).toBeGreaterThanOrEqual(299)
    expect(before, 'what was on its way arrives, nothing else').toBeLessThan(500)
    world.tick(10 * 86_400)
    await runToTheEnd()
    expect(reached()).toHaveLength(before)
    await resumeCampaign(world.deps, author, { id: 'c1' })
    await runToTheEnd()
    expect(reached()).toHaveLength(5000)
    expect(new Set(reached()).size).toBe(5000)
  })

  it('while the recipients are still being fixed keeps the place', async () => {
    await seedPeople(world.deps, 25_000)
    const other = await createStaff(world.deps, 's2')
    await submitCampaign(world.deps, author, await write(), null)
    await approveCampaign(world.deps, other, { id: 'c1', version: 2 })
    await runCampaigns(world.deps)
    await runCampaigns(world.deps)
    await pauseCampaign(world.deps, author, { id: 'c1' })
    expect(await runCampaigns(world.deps)).toBe(false)
    await resumeCampaign(world.deps, author, { id: 'c1' })
    while ((await stateOf('c1')) !== 'sending') await runCampaigns(world.deps)
    const [report] = await loadReport(world.db, 'c1')
    expect(report?.recipients).toBe(25_000)
  })

  it('a cancelled one tells nobody more', async () => {
    await seedPeople(world.deps, 100)
    await submitCampaign(world.deps, author, await write(), null)
    while ((await stateOf('c1')) !== 'sending') await runCampaigns(world.deps)
    await runCampaigns(world.deps)
    await cancelCampaign(world.deps, author, { id: 'c1' })
    await runToTheEnd()
    expect(reached()).toEqual([])
    expect(await cancelCampaign(world.deps, author, { id: 'c1' })).toMatchObject({
      problem: { kind: 'wrong-state', state: 'cancelled' },
    })
  })
})

it('several processes at once send to nobody twice', async () => {
  await seedPeople(world.deps, 1500)
  const other = await createStaff(world.deps, 's2')
  await submitCampaign(world.deps, author, await write(), null)
  await approveCampaign(world.deps, other, { id: 'c1', version: 2 })
  await Promise.all([runToTheEnd(), runToTheEnd(), runToTheEnd()])
  await runToTheEnd()
  expect(reached()).toHaveLength(1500)
  expect(new Set(reached()).size).toBe(1500)
})

it('a person opens a flow from it, and leaves all broadcasts with one tap', async () => {
  await handleEvent(world.deps, network, eventOf('a9', 'e1', '菜单'))
  await submitCampaign(world.deps, author, await write(), null)
  await runToTheEnd()
  const news = network.sent.find(({ body }) => body.text.includes('下周三'))
  expect(news?.body.quickReplies.map(({ label }) => label)).toEqual([
    '我要申请',
    '不再接收群发通知',
  ])
  const [open, stop] = news?.body.quickReplies ?? []
  const opened = await handleEvent(
    world.deps,
    network,
    eventOf('a9', 'e2', { type: 'choice', value: open?.value ?? '' }),
  )
  expect(opened?.messages[0]?.text).toContain('先跟您说清楚')
  const stopped = await handleEvent(
    world.deps,
    network,
    eventOf('a9', 'e3', { type: 'choice', value: stop?.value ?? '' }),
  )
  expect(stopped?.messages[0]?.text).toContain('不再给您群发通知')
  expect(await countCampaignAnswers(world.db, 'c1')).toEqual({ apply: 1, stop: 1 })
  const again = await write('c2')
  expect(await submitCampaign(world.deps, author, again, null)).toMatchObject({
    problem: { kind: 'nobody' },
  })
  const forged = await handleEvent(
    world.deps,
    network,
    eventOf('a9', 'e4', { type: 'choice', value: '!news:nobody:nowhere' }),
  )
  expect(forged?.messages[0]?.text).toContain('这个选项已经失效了')
})
