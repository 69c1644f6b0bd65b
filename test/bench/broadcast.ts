import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { changeCampaign, findCampaign } from '../../db/campaigns/campaigns.ts'
import { fixRecipients } from '../../db/campaigns/recipients.ts'
import { openFile } from '../../db/core/client.node.ts'
import {
  approveCampaign,
  submitCampaign,
  writeCampaign,
} from '../../src/campaigns/change-campaign.ts'
import { runCampaigns } from '../../src/campaigns/run-campaigns.ts'
import { type Budget, dispatchOutbox } from '../../src/outbox/dispatch-outbox.ts'
import { createWorld } from '../helpers/app.ts'
import { CONTENT, createStaff, seedPeople } from '../helpers/campaigns.ts'
import { createFakeChannel } from '../helpers/channels/fake-channel.ts'

const HELP = `npm run bench:broadcast [-- --people 1000000 --sends 20000 --rate 30 --seconds 20]

1. fixes the recipients of a broadcast to so many people, beside a raw INSERT … SELECT of the same rows
2. sends to a network without limits
3. sends to a network that takes so many a second, as it counts them itself, for so long`

const { values } = parseArgs({
  options: {
    people: { type: 'string', default: '1000000' },
    sends: { type: 'string', default: '20000' },
    rate: { type: 'string', default: '30' },
    seconds: { type: 'string', default: '20' },
    help: { type: 'boolean', default: false },
  },
})
if (values.help) {
  console.log(HELP)
  process.exit(0)
}

/** Of fixing, in turn with the raw statement. */
const ROUNDS = 3

const folder = mkdtempSync(join(tmpdir(), 'weiqitong-broadcast-'))
const realPause = (milliseconds: number) =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds)
  })

/** A campaign to everybody, approved, in a database of its own whose clock is the real one. */
async function prepare(people: number, ratePerSecond: number) {
  const path = join(folder, `${people}-${ratePerSecond}.db`)
  const network = createFakeChannel({ ratePerSecond })
  const world = await createWorld([network], { db: openFile(path) })
  const deps = { ...world.deps, now: () => new Date().toISOString() }
  // Broadcasts rest at night; the benchmark does not.
  const day = Date.parse('2018-06-01T02:00:00.000Z') - Date.now()
  deps.now = () => new Date(Date.now() + day).toISOString()
  await seedPeople(deps, people)
  const [author, other] = [await createStaff(deps, 's1'), await createStaff(deps, 's2')]
  const input = { id: 'c1', title: '压力测试', segment: {}, content: CONTENT }
  await writeCampaign(deps, author, input)
  const submitted = await submitCampaign(deps, author, { id: 'c1', version: 1 }, null)
  if (submitted.ok && submitted.state === 'waiting') {
    await approveCampaign(deps, other, { id: 'c1', version: 2 })
  }
  return { path, network, world, deps }
}

type World = Awaited<ReturnType<typeof prepare>>

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return (performance.now() - started) / 1000
}

/** Fixes the recipients of a campaign; seconds, and of the longest write. */
async function fixOnce({ deps, world }: World, id: string) {
  const at = deps.now()
  const author = { id: 's1', district: null }
  await writeCampaign(deps, author, { id, title: '压力测试', segment: {}, content: CONTENT })
  const started = { move: 'started', state: 'starting', startedAt: at, staffId: null, at } as const
  await world.db.write(changeCampaign({ id, version: 1 }, started))
  const campaign = await findCampaign(world.db, { district: null }, id)
  if (campaign === null) throw new Error('no campaign')
  let longest = 0
  const whole = await timed(async () => {
    for (let done = false; !done; ) {
      const slice = await timed(async () => {
        done = await fixRecipients(world.db, deps.vault, campaign, ['telegram'], at)
      })
      longest = Math.max(longest, slice)
    }
  })
  return { whole, longest }
}

/** The same rows in the same order, by one statement that knows nothing of choice, consent or restarts. */
function insertRaw({ world }: World, id: string): Promise<number> {
  return timed(() =>
    world.db.write([
      {
        sql: `INSERT INTO raw_recipients SELECT ?, a.channel, c.id, a.external_id FROM contacts c
          JOIN addresses a ON a.contact_id = c.id WHERE a.reachable = 1 ORDER BY c.id`,
        args: [id],
      },
    ]),
  )
}

async function benchFixing(people: number) {
  const world = await prepare(people, 1000)
  await world.world.db.write([
    {
      sql: `CREATE TABLE raw_recipients (campaign_id TEXT NOT NULL, channel TEXT NOT NULL, contact_id TEXT NOT NULL,
        external_id TEXT NOT NULL, PRIMARY KEY (campaign_id, channel, contact_id)) STRICT, WITHOUT ROWID`,
      args: [],
    },
  ])
  const rounds: { ours: number; longest: number; raw: number }[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const id = `fix-${round}`
    // Whoever is first finds a colder cache.
    const early = round % 2 === 0 ? await insertRaw(world, id) : null
    const { whole, longest } = await fixOnce(world, id)
    rounds.push({ ours: whole, longest, raw: early ?? (await insertRaw(world, id)) })
  }
  const { ours, longest, raw } = medianOf(rounds)
  const size = (statSync(world.path).size / 1e6).toFixed(0)
  console.log(`fixing ${people} recipients, ${size} MB of database, the median of ${ROUNDS} rounds`)
  console.log(
    `  ours                    ${ours.toFixed(2)} s, the longest write ${(longest * 1000).toFixed(0)} ms`,
  )
  console.log(
    `  raw INSERT … SELECT     ${raw.toFixed(2)} s in one write, ratio ${(raw / ours).toFixed(2)}`,
  )
  await world.world.close()
}

function medianOf<Round extends { ours: number; raw: number }>(rounds: readonly Round[]): Round {
  const sorted = rounds.toSorted((one, other) => one.raw / one.ours - other.raw / other.ours)
  const median = sorted[Math.floor(sorted.length / 2)]
  if (median === undefined) throw new Error('no rounds')
  return median
}

/** Feeds and sends until the campaign is finished, or time is over. */
async function sendAll(deps: World['deps'], until: () => boolean, budget?: Budget): Promise<void> {
  let over = false
  const feeding = (async () => {
    while (!over) if (!(await runCampaigns(deps))) await realPause(20)
  })()
  while (!until()) if ((await dispatchOutbox(deps, realPause, budget)) === 0) await realPause(20)
  over = true
  await feeding
}

async function benchSending(sends: number) {
  const { deps, network, world } = await prepare(sends, 1_000_000)
  const before = process.memoryUsage().rss
  const seconds = await timed(() => sendAll(deps, () => network.sent.length >= sends))
  const grown = (process.memoryUsage().rss - before) / 1e6
  console.log(`sending ${sends} to a network without limits`)
  console.log(
    `  ${(sends / seconds).toFixed(0)} a second; memory grew by ${grown.toFixed(0)} MB, the network's own list included`,
  )
  await world.close()
}

async function benchRate(rate: number, seconds: number) {
  const { deps, network, world } = await prepare(rate * (seconds + 10), rate)
  const arrived: number[] = []
  const { send } = network
  network.send = async (row) => {
    arrived.push(performance.now())
    await realPause(20 + Math.random() * 60)
    return send(row)
  }
  const started = performance.now()
  const budget = { seconds, rows: Number.POSITIVE_INFINITY }
  await sendAll(deps, () => performance.now() - started > seconds * 1000, budget)
  const first = arrived[0] ?? 0
  const within = arrived.filter((at) => at - first <= seconds * 1000 - 2000)
  let most = 0
  for (let index = 0, end = 0; index < arrived.length; index++) {
    while (end < arrived.length && (arrived[end] ?? 0) < (arrived[index] ?? 0) + 1000) end++
    most = Math.max(most, end - index)
  }
  const share = (within.length - 1) / (((within.at(-1) ?? 0) - first) / 1000) / rate
  console.log(`sending at ${rate} a second for ${seconds} s, the network answering after 20-80 ms`)
  console.log(`  ${(share * 100).toFixed(1)} % of the limit; the fullest second had ${most}`)
  await world.close()
}

await benchFixing(Number(values.people))
await benchSending(Number(values.sends))
await benchRate(Number(values.rate), Number(values.seconds))
rmSync(folder, { recursive: true, force: true })
