import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { openFile } from '../../db/core/client.node.ts'
import { breakProblem, breaksOf } from './breaks/list.ts'
import { printFigures, printViolations, type Violation } from './figures.ts'
import { createClient } from './kill/client.ts'
import { noDeeds } from './kill/deeds.ts'
import { startGateway } from './kill/gateway.ts'
import { runLoad } from './kill/load.ts'
import { lookOver } from './kill/look-over.ts'
import { compareReceipts } from './kill/receipts.ts'
import { settle } from './kill/settle.ts'
import { openStage } from './kill/stage.ts'
import { type Crowd, replay, type Said } from './kill/talker.ts'

const HELP = `npm run prove:kill -- [--rounds 200] [--minutes 0] [--seed 1] [--every 20] [--processes 1] [--break NAME]

  --rounds  so often the server is killed
  --minutes after so long no more kills; 0: no such end
  --every   so many rounds lie between two looks at the whole database
  --processes  the server is so many (PROCESSES): before each kill of all, one is killed while the others go on
  --break   puts a seeded bug in, which must be found: ${breaksOf('kill').join(' ')}
`
/** The load goes on for this long before a kill, in milliseconds; on a slow machine for as long as a start took. */
const LEAST_LOAD = 200
const MOST_LOAD = 1200
/** Of so many lives one may end before anything has come of it: a server listens before it has all that it answers with. */
const EARLY_DEATHS = 4
const LONGEST_IDLE = 10_000
/** Between two lives the clock goes on by this, so that leases of the dead run out under load. */
const JUMP_SECONDS = 20
/** The clock stays within one morning and afternoon. */
const LONGEST_SECONDS = 8 * 3600
/** Of what was acknowledged long ago so much is delivered again after each kill. */
const OLD_REPLAYS = 12
/** In the end, this much. */
const LAST_REPLAYS = 3000

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '200' },
    minutes: { type: 'string', default: '0' },
    seed: { type: 'string', default: '1' },
    every: { type: 'string', default: '20' },
    processes: { type: 'string', default: '1' },
    break: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
})
const problem = breakProblem('kill', values.break)
if (values.help || problem !== null) {
  console.log(problem ?? HELP)
  process.exit(values.help ? 0 : 2)
}
const rounds = Math.max(1, Number(values.rounds) || 1)
const every = Math.max(1, Number(values.every) || 1)
const processes = Math.max(1, Number(values.processes) || 1)
const seed = Number(values.seed) || 0
const began = Date.now()
const ends = began + (Number(values.minutes) || Number.POSITIVE_INFINITY) * 60_000

const stage = await openStage({ seed, processes, breakName: values.break ?? null })
const { folder, path, random, clock, botApi, mp, kf, office, server, settings } = stage
mkdirSync(join(folder, 'look'))

const violations: Violation[] = []
const deeds = noDeeds()
const client = createClient(server)
const crowd: Crowd = {
  client,
  violations,
  talkers: [],
  random: random.fork('load'),
  life: server.life,
  counts: { acknowledged: 0, twice: 0 },
}
let isOver = false
const gateway = startGateway({ client, clock, violations, isOver: () => isOver })
const starts: number[] = []
let kills = 0
let killsOfOne = 0
let replays = 0
let looks = 0
let head: string | null = null
let counts: Record<string, number> = {}
let receipts: Record<string, number> = {}

await start()
const load = runLoad({ crowd, clock, botApi, mp, kf, office, deeds }).catch((error: unknown) => {
  violations.push({ name: 'astray', detail: String(error) })
})
while (kills < rounds && Date.now() < ends && violations.length === 0) {
  if (kills % EARLY_DEATHS !== EARLY_DEATHS - 1) await firstWork()
  const isDeliveredAgain = deliverAgain()
  const load = Math.max(MOST_LOAD, starts.at(-1) ?? 0)
  await pause(random.between(LEAST_LOAD, load))
  if (processes > 1) {
    server.killOne(killsOfOne++)
    await pause(random.between(LEAST_LOAD, load))
  }
  await server.kill()
  kills++
  await isDeliveredAgain
  clock.jump(Math.min(JUMP_SECONDS, LONGEST_SECONDS / rounds))
  if (kills % every === 0) await look()
  await start()
}
client.end()
await load
if (violations.length === 0) {
  violations.push(...(await settle({ server, clock, path })))
  await deliverAgain(LAST_REPLAYS)
}
isOver = true
await gateway.done
await server.stop()
await look()
receipts = await arrivals()
violations.push(...verifyFile())

printFigures(`prove:kill, seed ${seed}${values.break === undefined ? '' : `, ${values.break}`}`, {
  kills,
  ...(processes > 1 ? { 'kills of one process': killsOfOne } : {}),
  'seconds to start, median': (median(starts) / 1000).toFixed(2),
  'turns acknowledged': crowd.counts.acknowledged,
  'of them delivered twice at once': crowd.counts.twice,
  'delivered again later': replays,
  'tries cut by a kill': client.counts.cut,
  'tries refused':
    [...client.counts.refused].map(([what, count]) => `${count} × ${what}`).join(', ') || 0,
  'applications told': deeds.applications.size,
  'moves by staff': deeds.moves.length,
  'of them slips, and taken back in time': `${deeds.slips.length}, ${deeds.slips.filter(({ isUndone }) => isUndone).length}`,
  'vouchers issued': deeds.vouchers.size,
  'vouchers redeemed': deeds.redeemed.length,
  'yes came too late to redeem':
    [...deeds.notRedeemed]
      .map(([number, told]) => `${number}: ${told.slice(0, 60).replaceAll('\n', ' ')}`)
      .join('; ') || 0,
  broadcasts: deeds.campaigns.length,
  'files kept': deeds.files.size,
  'places told': deeds.signups.size,
  'rounds of the quiz': deeds.rounds.size,
  'answers by staff': deeds.answers.size,
  'chats joined': deeds.joins.length,
  'ledgers brought in': deeds.imports.size,
  ...receipts,
  ...counts,
  'looks at the whole database': looks,
  'its size, MiB': (statSync(path).size / 2 ** 20).toFixed(1),
  seconds: Math.round((Date.now() - began) / 1000),
})
process.exitCode = printViolations(violations)
await stage.close()
process.exit()

/** Resolves when a turn of this life is acknowledged, or after a while. */
async function firstWork(): Promise<void> {
  const before = crowd.counts.acknowledged
  const until = Date.now() + LONGEST_IDLE
  while (crowd.counts.acknowledged === before && Date.now() < until) await pause(LEAST_LOAD / 10)
}

/** A server that does not come up again is the end of the proof. */
async function start(): Promise<void> {
  try {
    starts.push(await server.start())
  } catch (error) {
    const detail = `after ${kills} kills: ${String(error)}; the files are in ${folder}`
    process.exit(printViolations([...violations, { name: 'does-not-start', detail }]))
  }
}

/** What was acknowledged last, of each person, is most in danger; then some of all else. */
async function deliverAgain(most = OLD_REPLAYS): Promise<void> {
  const last = crowd.talkers.slice(-60).flatMap(({ said }) => said.slice(-1))
  const all = crowd.talkers.flatMap(({ said }) => said)
  const older = all.length <= most ? all : Array.from({ length: most }, () => random.pick(all))
  const life = server.life()
  const queue: Said[] = [...last, ...older]
  const worker = async () => {
    for (let said = queue.pop(); said !== undefined; said = queue.pop()) {
      if (server.life() !== life) return
      const isSame = await replay(crowd, said)
      if (isSame === null) continue
      replays++
    }
  }
  await Promise.all([worker(), worker(), worker()])
}

/** A copy of the files as the dead server left them: the server does its own recovery. */
async function look(): Promise<void> {
  looks++
  const copy = join(folder, 'look', 'proof.db')
  for (const end of ['', '-wal']) {
    rmSync(`${copy}${end}`, { force: true })
    if (existsSync(`${path}${end}`)) copyFileSync(`${path}${end}`, `${copy}${end}`)
  }
  rmSync(`${copy}-shm`, { force: true })
  const db = openFile(copy)
  const seen = await lookOver({ db, talkers: crowd.talkers, deeds, head, now: clock.iso() })
  await db.close()
  ;({ head, counts } = seen)
  violations.push(...seen.violations)
}

async function arrivals(): Promise<Record<string, number>> {
  const db = openFile(path)
  const idsOn = (channel: string) =>
    crowd.talkers.flatMap(({ address }) => (address.channel === channel ? [address.id] : []))
  const compared = await compareReceipts(db, {
    botApi,
    gateway: gateway.log,
    followers: idsOn('wechat-mp').map((id) => mp.person(id)),
    customers: idsOn('wechat-kf').map((id) => kf.person(id)),
  })
  await db.close()
  violations.push(...compared.violations)
  return compared.counts
}

/** The product's own look: pages, references, schema, audit chain, every sealed value and file. */
function verifyFile(): Violation[] {
  const args = ['src/cli.ts', 'verify', path]
  const env = { PATH: process.env.PATH, ...settings }
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { env, encoding: 'utf8' })
  return status === 0 ? [] : [{ name: 'verify', detail: `${stdout}${stderr}`.slice(-400) }]
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0
}
