import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { endWithUs, freePort, median } from './contender.ts'

/**
 * `npm run bench:start`: from the start of a process on a database that is there to its first answer, the CPU until then, and
 * what it keeps in memory when nothing happens (`VmRSS`), before anybody has opened the console; beside a server of Node
 * alone, in the same run. Medians; only ratios carry from machine to machine. `npm run bench:start -- 5`: so many rounds.
 */
const rounds = Number(process.argv[2] ?? 5)
const IDLE_MILLISECONDS = 2000
const folder = mkdtempSync(join(tmpdir(), 'weiqitong-start-'))
process.once('exit', () => rmSync(folder, { recursive: true, force: true }))

const EMPTY = `require('node:http').createServer((_, answer) => answer.end('ok')).listen(process.env.PORT, '127.0.0.1')`
const STARTED = [
  { name: 'empty server of Node', args: ['-e', EMPTY] },
  { name: 'npm start', args: ['src/start.node.ts'] },
  { name: 'without compiled code', args: ['src/node.ts'] },
] as const

async function start(args: readonly string[]) {
  const port = await freePort()
  const began = performance.now()
  const child = spawn(process.execPath, args, {
    env: {
      ...process.env,
      PORT: String(port),
      LOG: 'off',
      DATABASE_URL: `file:${join(folder, 'start.db')}`,
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  endWithUs(child)
  const closed = once(child, 'close')
  while (!(await answers(port))) await pause(5)
  const ms = performance.now() - began
  const cpu = cpuMilliseconds(child.pid ?? 0)
  await pause(IDLE_MILLISECONDS)
  const rss = memoryOf(child.pid ?? 0)
  child.kill('SIGTERM')
  await closed
  return { ms, cpu, rss }
}

async function answers(port: number): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}/healthz`).then(
    ({ ok }) => ok,
    () => false,
  )
}

function cpuMilliseconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ')[1]?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) * 10
}

function memoryOf(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024
}

const measured = STARTED.map(({ name, args }) => ({
  name,
  args,
  runs: [] as Awaited<ReturnType<typeof start>>[],
}))
// The first start of all makes the database, and what is compiled.
for (const { args } of measured) await start(args)
for (let round = 0; round < rounds; round++) {
  for (const { args, runs } of measured) runs.push(await start(args))
}
const least = median(measured[0]?.runs.map(({ cpu }) => cpu) ?? [])
console.log(`node ${process.version}, ${rounds} rounds, load ${loadavg()[0]?.toFixed(2)}`)
console.table(
  measured.map(({ name, runs }) => ({
    started: name,
    'first answer, ms': Math.round(median(runs.map(({ ms }) => ms))),
    'CPU, ms': median(runs.map(({ cpu }) => cpu)),
    '× empty': Number((median(runs.map(({ cpu }) => cpu)) / least).toFixed(1)),
    'idle RSS, MiB': Math.round(median(runs.map(({ rss }) => rss))),
  })),
)
