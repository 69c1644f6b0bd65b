import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { fixRecipients } from '../../db/campaign-recipients.ts'
import { findCampaign } from '../../db/campaigns.ts'
import { openFile } from '../../db/client.node.ts'
import {
  approveCampaign,
  submitCampaign,
  writeCampaign,
} from '../../src/campaigns/change-campaign.ts'
import { runCampaigns } from '../../src/campaigns/run-campaigns.ts'
import { dispatchOutbox } from '../../src/runner/dispatch-outbox.ts'
import { createWorld } from '../helpers/app.ts'
import { CONTENT, createStaff, seedPeople } from '../helpers/campaigns.ts'
import { createFakeChannel } from '../helpers/fake-channel.ts'

const HELP = `npm run bench:broadcast [-- --people 1000000 --sends 20000 --rate 30 --seconds 60]

1. fixes the recipients of a broadcast to so many people, beside a raw INSERT … SELECT of the same rows
2. sends to a network without limits
3. sends to a network that takes so many a second, as it counts them itself, for so long`

const { values } = parseArgs({
  options: {
    people: { type: 'string', default: '1000000' },
    sends: { type: 'string', default: '20000' },
    rate: { type: 'string', default: '30' },
    seconds: { type: 'string', default: '60' },
    help: { type: 'boolean', default: false },
  },
})
if (values.help) {
  console.log(HELP)
  process.exit(0)
}

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

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return (performance.now() - started) / 1000
}

async function benchFixing(people: number) {
  const { deps, world, path } = await prepare(people, 1000)
  await runCampaigns(deps)
  const campaign = await findCampaign(world.db, { district: null }, 'c1')
  if (campaign === null) throw new Error('no campaign')
  let longest = 0
  const ours = await timed(async () => {
    for (let done = false; !done; ) {
      const slice = await timed(async () => {
        done = await fixRecipients(world.db, deps.vault, campaign, ['telegram'], deps.now())
      })
      longest = Math.max(longest, slice)
    }
  })
  await world.db.write([
    {
      sql: `CREATE TABLE raw_recipients (campaign_id TEXT NOT NULL, channel TEXT NOT NULL, contact_id TEXT NOT NULL,
        external_id TEXT NOT NULL, PRIMARY KEY (campaign_id, channel, contact_id)) STRICT, WITHOUT ROWID`,
      args: [],
    },
  ])
  // The same rows in the same order, by one statement that knows nothing of choice, consent or restarts.
  const raw = await timed(() =>
    world.db.write([
      {
        sql: `INSERT INTO raw_recipients SELECT 'c1', a.channel, c.id, a.external_id FROM contacts c
          JOIN addresses a ON a.contact_id = c.id WHERE a.reachable = 1 ORDER BY c.id`,
        args: [],
      },
    ]),
  )
  console.log(
    `fixing ${people} recipients, ${(statSync(path).size / 1e6).toFixed(0)} MB of database`,
  )
  console.log(
    `  ours                    ${ours.toFixed(2)} s, the longest write ${(longest * 1000).toFixed(0)} ms`,
  )
  console.log(
    `  raw INSERT … SELECT     ${raw.toFixed(2)} s in one write, ratio ${(raw / ours).toFixed(2)}`,
  )
  await world.close()
}

/** Feeds and sends until the campaign is finished, or time is over. */
async function sendAll(
  deps: Awaited<ReturnType<typeof prepare>>['deps'],
  until: () => boolean,
): Promise<void> {
  let over = false
  const feeding = (async () => {
    while (!over) if (!(await runCampaigns(deps))) await realPause(20)
  })()
  while (!until()) if ((await dispatchOutbox(deps, realPause)) === 0) await realPause(20)
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
  const { deps, network, world } = await prepare(rate * (seconds + 60), rate)
  const arrived: number[] = []
  const { send } = network
  network.send = async (row) => {
    arrived.push(performance.now())
    await realPause(20 + Math.random() * 60)
    return send(row)
  }
  const started = performance.now()
  await sendAll(deps, () => performance.now() - started > seconds * 1000)
  const first = arrived[0] ?? 0
  const within = arrived.filter((at) => at - first <= seconds * 1000 - 2000)
  let most = 0
  for (let index = 0, end = 0; index < arrived.length; index++) {
    while (end < arrived.length && (arrived[end] ?? 0) < (arrived[index] ?? 0) + 1000) end++
    most = Math.max(most, end - index)
  }
  const share = within.length / (((within.at(-1) ?? 0) - first) / 1000) / rate
  console.log(`sending at ${rate} a second for ${seconds} s, the network answering after 20-80 ms`)
  console.log(`  ${(share * 100).toFixed(1)} % of the limit; the fullest second had ${most}`)
  await world.close()
}

await benchFixing(Number(values.people))
await benchSending(Number(values.sends))
await benchRate(Number(values.rate), Number(values.seconds))
rmSync(folder, { recursive: true, force: true })
