import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { load, type Measured } from './load.ts'

/**
 * `npm run bench:turn`: twelve turns of menu and questions over the Telegram webhook, every answer on
 * disk before it is given, ours against the hand-written floor, interleaved in one run. Only the
 * ratios carry from machine to machine. `-- --prof` writes a CPU profile of ours.
 */
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '5' },
    prof: { type: 'boolean', default: false },
  },
})

const SECRET = 'a-webhook-secret-for-benchmarks'
const SCRIPT = [
  '/start',
  '钱多少',
  '1',
  '菜单',
  '2',
  '我是退伍军人能不能优先',
  '服务券可以拿来请会计代账不',
  '补助几天能到账',
  '菜单',
  '3',
  '种蘑菇的算不算支持的特色产业',
  '帮助',
]

const folder = mkdtempSync(join(tmpdir(), 'weiqitong-bench-'))
let port = 42_000 + (process.pid % 1000)
const person = 1_000_000

type Contender = { name: string; args: string[]; env: Record<string, string> }
const contenders: Contender[] = [
  { name: 'floor (Hono + libsql, one row, group commit)', args: ['test/bench/floor.ts'], env: {} },
  {
    name: 'weiqitong (transcript, dedupe, state, policy answers)',
    args: [...(values.prof ? ['--cpu-prof', '--cpu-prof-dir=docs/profiles'] : []), 'src/node.ts'],
    env: {
      LOG: 'off',
      TELEGRAM_BOT_TOKEN: '1:benchmark',
      TELEGRAM_API_ROOT: 'http://127.0.0.1:9',
      TELEGRAM_WEBHOOK_SECRET: SECRET,
      PUBLIC_URL: 'https://bench.test',
    },
  },
]

async function measure({ args, env }: Contender, round: number): Promise<Measured> {
  const path = join(folder, `${port}.db`)
  const child = spawn(process.execPath, args, {
    env: {
      ...process.env,
      ...env,
      PORT: String(++port),
      DB_PATH: path,
      DATABASE_URL: `file:${path}`,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(child.stdout, 'data')
  child.stdout.resume()
  const measured = await load({
    port,
    path: '/webhooks/telegram',
    headers: { 'x-telegram-bot-api-secret-token': SECRET },
    script: SCRIPT,
    people: 200,
    connections: 64,
    warmSeconds: round === 0 ? 3 : 2,
    seconds: Number(values.seconds),
    firstPerson: person + 1000 * round,
  })
  child.kill('SIGTERM')
  await once(child, 'close')
  return measured
}

const median = (numbers: number[]) =>
  numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0
const results = new Map<string, Measured[]>(contenders.map(({ name }) => [name, []]))
for (let round = 0; round < Number(values.rounds); round++) {
  for (const contender of contenders) {
    results.get(contender.name)?.push(await measure(contender, round))
  }
}
rmSync(folder, { recursive: true, force: true })

const [floor] = [...results.values()].map((all) => median(all.map((one) => one.turnsPerSecond)))
console.log(
  `node ${process.version}, ${values.rounds} rounds of ${values.seconds} s, 64 connections, 200 people`,
)
console.table(
  [...results].map(([name, all]) => {
    const rate = median(all.map((one) => one.turnsPerSecond))
    return {
      contender: name,
      'turns/s': Math.round(rate),
      '× floor': Number((rate / (floor ?? 1)).toFixed(2)),
      'p50 ms': Number(median(all.map((one) => one.p50)).toFixed(1)),
      'p99 ms': Number(median(all.map((one) => one.p99)).toFixed(1)),
      errors: all.reduce((sum, one) => sum + one.errors, 0),
    }
  }),
)
