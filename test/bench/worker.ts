import { readdirSync, readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { bundleSize } from '../runtime/build-worker.ts'
import { SETTINGS, startWorkerd } from '../runtime/start-workerd.ts'
import { openApplication, openQuestions } from './conversations.ts'
import { createLoad } from './load.ts'

/**
 * `npm run bench:worker`: the bundle that is deployed, in workerd, with a libSQL server over HTTP on this machine:
 * how long a fresh isolate takes to its first answer, and what a turn costs it. Options after `--`: `--people`,
 * `--seconds`.
 */
const { values } = parseArgs({
  options: {
    people: { type: 'string', default: '20' },
    seconds: { type: 'string', default: '10' },
  },
})

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(1))
const started = performance.now()
const worker = await startWorkerd({ ...SETTINGS, PERSONAL_DATA_CHANNELS: 'web,telegram' })
const listening = performance.now()
const pid = workerdOf(process.pid)
const before = cpuOf(pid)
const first = await fetch(`${worker.url}/healthz`)
await first.text()
const answered = performance.now()
const coldCpu = cpuOf(pid) - before
console.log(
  `bundle ${Math.round(bundleSize('chat').gzipped)} KiB gzip; workerd and wrangler up in ${Math.round(listening - started)} ms`,
)
console.log(
  `first answer of a fresh isolate: ${Math.round(answered - listening)} ms, ${Math.round(coldCpu * 1000)} ms of CPU (with the database's schema to look at)`,
)
let people = 0
for (const [name, open] of [
  ['an application', openApplication],
  ['questions', openQuestions],
] as const) {
  const load = createLoad({
    port: Number(new URL(worker.url).port),
    pid,
    path: '/webhooks/telegram',
    headers: { 'x-telegram-bot-api-secret-token': SETTINGS.TELEGRAM_WEBHOOK_SECRET },
    open: () => open(people++),
    firstUpdate: 1 + people * 1_000_000,
    people: Number(values.people),
    connections: 8,
  })
  await load.run({ seconds: 4 })
  const measured = await load.run({ seconds: Number(values.seconds) })
  console.log(
    `${name}: ${measured.cpu.toFixed(2)} ms of CPU a turn, p50 ${measured.p50.toFixed(1)} ms, p99 ${measured.p99.toFixed(1)} ms, ${Math.round(measured.turnsPerSecond)} turns/s, ${measured.errors} errors`,
  )
}
await worker.stop()
process.exit(0)

/** The youngest workerd below a process. */
function workerdOf(root: number): number {
  const parents = new Map<number, number>()
  const names = new Map<number, string>()
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue
    try {
      const stat = readFileSync(`/proc/${entry}/stat`, 'latin1')
      const id = Number(entry)
      names.set(id, stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')')))
      parents.set(id, Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]))
    } catch {
      // It ended meanwhile.
    }
  }
  const isBelow = (id: number): boolean => {
    const parent = parents.get(id)
    return parent === root || (parent !== undefined && parent > 1 && isBelow(parent))
  }
  const found = [...names].filter(([id, name]) => name.startsWith('workerd') && isBelow(id))
  const last = found.at(-1)
  if (last === undefined) throw new Error('there is no workerd')
  return last[0]
}

/** Seconds of processor that a process has used. */
function cpuOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) / 100
}
