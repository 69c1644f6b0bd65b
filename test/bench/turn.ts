import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Contender, endWithUs, freePort, type Run, runContender } from './contender.ts'
import { openApplication, openQuestions } from './conversations.ts'
import { installPeers } from './peers.ts'

/**
 * `npm run bench:turn`: whole applications over the Telegram webhook, every answer on disk before it is
 * given, against hand-written floors, interleaved in one run. Only the ratios carry from machine to
 * machine. Options after `--`: `--script questions` (menu and policy questions), `--peers DIR` (the bench of
 * peers, installed in a scratch folder), `--only NAME`, `--prof` (a CPU profile of ours),
 * `--rounds`, `--warm` and `--seconds`.
 */
const { values } = parseArgs({
  options: {
    script: { type: 'string', default: 'application' },
    peers: { type: 'string' },
    only: { type: 'string', default: '' },
    warm: { type: 'string', default: '8' },
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '5' },
    prof: { type: 'boolean', default: false },
  },
})

const SECRET = 'a-webhook-secret-for-benchmarks'
const asksQuestions = values.script === 'questions'
const open = asksQuestions ? openQuestions : openApplication
const floor = { args: ['test/bench/floor.ts'], path: '/webhooks/telegram', open }

const all: Contender[] = [
  { ...floor, name: 'floor: one row, group commit', env: { COMMIT: 'group' } },
  { ...floor, name: 'floor: one row, one commit a turn', env: {} },
  {
    name: 'weiqitong',
    args: [
      ...(values.prof ? ['--cpu-prof', '--cpu-prof-dir=/tmp/weiqitong-profiles'] : []),
      'src/node.ts',
    ],
    path: '/webhooks/telegram',
    headers: { 'x-telegram-bot-api-secret-token': SECRET },
    open,
    env: {
      LOG: 'off',
      TELEGRAM_BOT_TOKEN: '1:benchmark',
      TELEGRAM_WEBHOOK_SECRET: SECRET,
      PUBLIC_URL: 'https://bench.test',
      PERSONAL_DATA_CHANNELS: 'web,terminal,telegram',
    },
    ...(asksQuestions ? {} : { count: 'SELECT count(*) FROM cases' }),
  },
  ...(values.peers === undefined ? [] : await installPeers(values.peers)),
]
const contenders = all.filter(({ name }) => name.includes(values.only))

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(1))
const folder = mkdtempSync(join(tmpdir(), 'weiqitong-bench-'))
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

let databases = 0
const results = new Map<string, Run[]>(contenders.map(({ name }) => [name, []]))
for (let round = 0; round < Number(values.rounds); round++) {
  for (const contender of contenders) {
    const run = await runContender(contender, {
      botApi: botApi.url,
      database: join(folder, `${++databases}.db`),
      seconds: Number(values.seconds),
      warmSeconds: Number(values.warm),
    })
    results.get(contender.name)?.push(run)
  }
}
botApi.stop()
rmSync(folder, { recursive: true, force: true })

const median = (numbers: number[]) =>
  numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0
const rateOf = (runs: readonly Run[]) => median(runs.map((run) => run.turnsPerSecond))
const groupFloor = rateOf([...results.values()][0] ?? [])
console.log(
  `node ${process.version}, ${values.script}, ${values.rounds} rounds of ${values.seconds} s, 64 connections, 200 people at once`,
)
console.table(
  [...results].map(([name, runs]) => ({
    contender: name,
    'turns/s': Math.round(rateOf(runs)),
    '× group floor': round(rateOf(runs) / groupFloor, 2),
    'CPU s/1k turns': round(median(runs.map(({ cpu }) => cpu)), 3),
    'p50 ms': round(median(runs.map(({ p50 }) => p50)), 1),
    'p99 ms': round(median(runs.map(({ p99 }) => p99)), 1),
    errors: sum(runs.map(({ errors }) => errors)),
    'handed in': sum(runs.map(({ finished }) => finished)),
    stored: runs.some(({ stored }) => stored === null)
      ? '–'
      : sum(runs.map(({ stored }) => stored ?? 0)),
  })),
)

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}

function round(number: number, digits: number): number {
  return Number(number.toFixed(digits))
}
