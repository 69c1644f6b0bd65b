import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import {
  type Contender,
  endWithUs,
  freePort,
  median,
  OURS,
  SECRET,
  startContender,
} from './contender.ts'
import { openApplication, openNewQuestions, openQuestions } from './conversations.ts'
import type { Measured } from './load.ts'
import { installPeers } from './peers.ts'

/**
 * `npm run bench:turn`: whole applications over the Telegram webhook, every answer on disk before it is given, against
 * the floor of a hand-written server with the same duties (test/bench/floor.ts) and other bots. All are started and
 * warmed by turns, then measured in short blocks one after the other, so that a noise of the machine meets each of
 * them. Only the ratios carry from machine to machine. Options after `--`: `--script questions` (questions remembered and
 * never asked before), `--peers DIR` (the bench of peers, installed in a scratch folder), `--only NAME`, `--prof` (a CPU
 * profile of ours), `--warm` in turns, `--rounds`, and `--seconds` of a block.
 */
const { values } = parseArgs({
  options: {
    script: { type: 'string', default: 'application' },
    peers: { type: 'string' },
    only: { type: 'string', default: '' },
    warm: { type: 'string', default: '20000' },
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '5' },
    prof: { type: 'boolean', default: false },
  },
})

const asksQuestions = values.script === 'questions'
const open = asksQuestions ? openQuestions : openApplication
const floor = { ...OURS, args: ['test/bench/floor.ts'], open }
const profile = values.prof ? ['--cpu-prof', '--cpu-prof-dir=/tmp/weiqitong-profiles'] : []
const ours = { ...OURS, args: [...profile, ...OURS.args] }

const FLOOR = 'duty floor, 2 writes'
const all: Contender[] = [
  { ...floor, name: FLOOR, env: { TELEGRAM_WEBHOOK_SECRET: SECRET, WRITES: '2' } },
  { ...floor, name: 'duty floor, 3 writes', env: { TELEGRAM_WEBHOOK_SECRET: SECRET, WRITES: '3' } },
  ...(asksQuestions
    ? [
        { ...ours, name: 'weiqitong: asked before', open: openQuestions },
        { ...ours, name: 'weiqitong: never asked', open: openNewQuestions },
      ]
    : [{ ...ours, open, count: 'SELECT count(*) FROM cases' }]),
  ...(values.peers === undefined ? [] : await installPeers(values.peers)),
]

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(1))
const folder = mkdtempSync(join(tmpdir(), 'weiqitong-bench-'))
process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
const botApi = await startBotApi(await freePort())

async function startBotApi(at: number) {
  const child = spawn(process.execPath, ['test/bench/bot-api.ts'], {
    env: { ...process.env, PORT: String(at) },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  endWithUs(child)
  await once(child.stdout, 'data')
  return { url: `http://127.0.0.1:${at}`, stop: () => child.kill() }
}

console.log(`load of the machine before: ${loadavg()[0]?.toFixed(2)}`)
const running = []
for (const [index, contender] of all.filter(({ name }) => name.includes(values.only)).entries()) {
  const started = await startContender(contender, {
    botApi: botApi.url,
    database: join(folder, `${index}.db`),
  })
  await started.run({ turns: Number(values.warm) })
  running.push({ ...started, name: contender.name, blocks: [] as Measured[] })
}
for (let round = 0; round < Number(values.rounds); round++) {
  for (const { run, blocks } of running) blocks.push(await run({ seconds: Number(values.seconds) }))
}

const cpuOf = (blocks: readonly Measured[]) => median(blocks.map(({ cpu }) => cpu))
const floorCpu = cpuOf(running.find(({ name }) => name === FLOOR)?.blocks ?? [])
const rows = []
for (const { name, blocks, stop } of running) {
  const of = (figure: (block: Measured) => number, digits: number) =>
    Number(median(blocks.map(figure)).toFixed(digits))
  const cpus = blocks.map(({ cpu }) => cpu)
  const { finished, stored } = await stop()
  rows.push({
    contender: name,
    'turns/s': of(({ turnsPerSecond }) => turnsPerSecond, 0),
    'CPU s/1k': of(({ cpu }) => cpu, 3),
    'from–to': `${Math.min(...cpus).toFixed(3)}–${Math.max(...cpus).toFixed(3)}`,
    'floor ÷ it': Number((floorCpu / cpuOf(blocks)).toFixed(2)),
    'p50 ms': of(({ p50 }) => p50, 1),
    'p99 ms': of(({ p99 }) => p99, 1),
    "driver's CPU": of(({ driverCpu }) => driverCpu, 3),
    errors: blocks.reduce((sum, { errors }) => sum + errors, 0),
    'handed in': finished,
    stored: stored ?? '–',
  })
}
botApi.stop()
console.log(
  `node ${process.version}, ${values.script}, warmed by ${values.warm} turns, ${values.rounds} blocks of ${values.seconds} s each, ` +
    `64 connections, 200 people at once; load of the machine after: ${loadavg()[0]?.toFixed(2)}`,
)
console.table(rows)
