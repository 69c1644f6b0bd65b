import { afterEach, expect, it } from 'vitest'
import { openRemote } from '../../db/core/client.web.ts'
import type { Database } from '../../db/core/database.ts'
import type { ChannelType } from '../../flows/engine/types.ts'
import {
  approveCampaign,
  submitCampaign,
  writeCampaign,
} from '../../src/campaigns/change-campaign.ts'
import { runCampaigns } from '../../src/campaigns/run-campaigns.ts'
import { dispatch } from '../../src/start-worker.ts'
import { startFakeBotApi } from '../fakes/bot-api.ts'
import { startFakeWechatKf } from '../fakes/wechat-kf.ts'
import { startFakeWechatMp } from '../fakes/wechat-mp.ts'
import { startHranaServer } from '../fixtures/hrana-server.ts'
import { createWorld } from '../helpers/app.ts'
import { CONTENT, createStaff, seedPeople } from '../helpers/campaigns.ts'
import { createFakeChannel } from '../helpers/channels/fake-channel.ts'
import { kfSettings } from '../helpers/channels/wechat-kf.ts'
import { settingsOf } from '../helpers/channels/wechat-mp.ts'
import { SETTINGS, startWorkerd } from '../runtime/start-workerd.ts'

/** What a Worker may ask of others for each row it sends, the send itself among it (issue 16). */
const MOST_A_ROW = 1.2
const RATE = 30
const PEOPLE = 100_000
/** Nobody comes further down the list in the seconds of the test. */
const REACHED = 2000
/** Who has an address has said something. */
const SESSIONS = {
  sql: `INSERT INTO sessions (id, channel, external_id, contact_id, turn, status, updated_at)
    SELECT 's' || contact_id, channel, external_id, contact_id, 0, 'waiting', created_at FROM addresses`,
  args: [],
}
const sleep = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

/** What was sent and asked of the database within a window that begins once it runs evenly. */
async function measure(
  counts: () => { sent: number; requests: number },
  { after, seconds }: { after: number; seconds: number },
) {
  const latest = performance.now() + 40_000
  while (counts().sent < after && performance.now() < latest) await sleep(20)
  const [before, from] = [counts(), performance.now()]
  await sleep(seconds * 1000)
  const [end, to] = [counts(), performance.now()]
  const sent = end.sent - before.sent
  return {
    aSecond: (sent * 1000) / (to - from),
    aRow: (sent + end.requests - before.requests) / sent,
  }
}

function answersTo(db: Database): Promise<unknown> {
  const at = new Date(Date.now() - 1000).toISOString()
  const body = JSON.stringify({ text: '已经为您查到了。', quickReplies: [] })
  return db.write([
    {
      // By night everything but answers would wait.
      sql: `INSERT INTO outbox (id, channel, external_id, origin, kind, priority, body, status, next_attempt_at, expires_at, created_at)
        SELECT 'notice:' || external_id, channel, external_id, 'notice', 'answer', 0, ?, 'created', ?, '2999', ? FROM addresses ORDER BY CAST(external_id AS INTEGER)`,
      args: [new TextEncoder().encode(body), at, at],
    },
  ])
}

/** A network with all its people, who may be written to; how the product is told of it, and what it was sent. */
type Network = {
  settings: Record<string, string>
  sent: () => number
  /** What the product knows of people beside their addresses. */
  known: Parameters<Database['write']>[0]
  close: () => Promise<void>
}
const NOW = new Date().toISOString()
const reached = Array.from({ length: REACHED }, (_, index) => index + 1)

const NETWORKS: readonly [ChannelType, number, () => Promise<Network>][] = [
  [
    'telegram',
    RATE,
    async () => {
      const api = await startFakeBotApi({ token: SETTINGS.TELEGRAM_BOT_TOKEN })
      for (const id of reached) api.person(id)
      return {
        settings: { TELEGRAM_API_ROOT: api.url },
        sent: () => api.calls.filter(({ method }) => method === 'sendMessage').length,
        known: [],
        close: api.close,
      }
    },
  ],
  [
    'wechat-mp',
    20,
    async () => {
      const fake = await startFakeWechatMp()
      const at = { messageAt: Date.parse(NOW), messages: 0 }
      for (const id of reached) Object.assign(fake.person(String(id)).windows, at)
      return {
        settings: settingsOf(fake),
        sent: () => fake.calls.filter(({ path }) => path === 'message/custom/send').length,
        known: [
          {
            sql: 'INSERT INTO wechat_windows (open_id, last_at, message_at) SELECT external_id, ?, ? FROM addresses',
            args: [NOW, NOW],
          },
        ],
        close: fake.close,
      }
    },
  ],
  [
    'wechat-kf',
    20,
    async () => {
      const fake = await startFakeWechatKf()
      for (const id of reached) fake.person(String(id)).heardAt = Date.parse(NOW)
      return {
        settings: kfSettings(fake, { WECHAT_KF_DESK: 'wecom' }),
        sent: () => fake.calls.filter(({ path }) => path === 'kf/send_msg').length,
        known: [
          {
            sql: 'INSERT INTO wechat_kf_people (user_id, heard_at) SELECT external_id, ? FROM addresses',
            args: [NOW],
          },
        ],
        close: fake.close,
      }
    },
  ],
]

it.each(NETWORKS)(
  'the cron of a Worker sends what is due to a hundred thousand people of %s, %i a second, by at most 1.2 requests a row',
  async (channel, rate, start) => {
    const network = await start()
    const worker = await startWorkerd({ ...SETTINGS, ...network.settings })
    const db = openRemote({ url: worker.database.url, authToken: 'secret' })
    closing.push(network.close, worker.stop, db.close)
    await fetch(`${worker.url}/readyz`)
    await seedPeople({ db }, PEOPLE, { channel })
    await db.write([
      {
        sql: 'UPDATE addresses SET external_id = CAST(substr(external_id, 2) + 0 AS TEXT)',
        args: [],
      },
      SESSIONS,
      ...network.known,
    ])
    await answersTo(db)
    const ticking = worker.tick().catch(() => {})
    const counts = () => ({ sent: network.sent(), requests: worker.database.requests() })
    const { aSecond, aRow } = await measure(counts, { after: rate * 2, seconds: 12 })
    console.log(`${channel}: ${aSecond.toFixed(1)} a second, ${aRow.toFixed(3)} requests a row`)
    expect(aRow).toBeLessThanOrEqual(MOST_A_ROW)
    expect(aSecond).toBeGreaterThan(rate * 0.9)
    expect(aSecond).toBeLessThanOrEqual(rate * 1.05)
    await Promise.race([ticking, sleep(1)])
  },
  120_000,
)

it('a broadcast to a hundred thousand people, from fixing to sending, by at most 1.2 requests a row', async () => {
  const server = await startHranaServer()
  const network = createFakeChannel({ ratePerSecond: RATE })
  const db = openRemote({ url: server.url })
  const world = await createWorld([network], { db })
  closing.push(server.close, () => world.close())
  // Broadcasts rest by night.
  const day = Date.parse('2018-06-01T02:00:00.000Z') - Date.now()
  const deps = { ...world.deps, now: () => new Date(Date.now() + day).toISOString() }
  await seedPeople(deps, PEOPLE)
  await db.write([SESSIONS])
  const [author, other] = [await createStaff(deps, 's1'), await createStaff(deps, 's2')]
  await writeCampaign(deps, author, { id: 'c1', title: '宣讲会', segment: {}, content: CONTENT })
  await submitCampaign(deps, author, { id: 'c1', version: 1 }, null)
  await approveCampaign(deps, other, { id: 'c1', version: 2 })
  const feed = async () => {
    while (await runCampaigns({ ...deps, wake: () => {} }));
  }
  const budget = { seconds: 14, rows: 1500, requests: 'count' } as const
  const sending = dispatch(deps, {}, { feed, budget })
  const counts = () => ({ sent: network.sent.length, requests: server.requests() })
  const { aSecond, aRow } = await measure(counts, { after: 1, seconds: 12 })
  await sending
  console.log(`broadcast: ${aSecond.toFixed(1)} a second, ${aRow.toFixed(3)} requests a row`)
  expect(aRow).toBeLessThanOrEqual(MOST_A_ROW)
  expect(aSecond).toBeGreaterThan(RATE * 0.9)
  const [[left] = []] = await db.read([
    {
      sql: `SELECT count(*) FROM outbox WHERE status = 'sending' OR doubted_at IS NOT NULL OR last_error IS NOT NULL`,
      args: [],
    },
  ])
  expect(Number(left?.[0])).toBe(0)
  const twice = new Set(network.sent.map(({ to }) => to.id))
  expect(twice.size).toBe(network.sent.length)
}, 120_000)
