import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { printFigures, printViolations, type Violation } from './figures.ts'
import { createClient } from './kill/client.ts'
import { noDeeds } from './kill/deeds.ts'
import { startGateway } from './kill/gateway.ts'
import { runLoad } from './kill/load.ts'
import { openStage } from './kill/stage.ts'
import type { Crowd } from './kill/talker.ts'

const HELP = `npm run prove:steady -- [--minutes 30] [--seed 1] [--thinking 1500]

  --minutes   how long the load goes on
  --thinking  people read for at most so many milliseconds before they type
`
const LOOK_MILLISECONDS = 2000
/** By so much the memory of the last third may be above that of the second; the first is warming up. */
const MOST_GROWTH = 1.08
/** Connections come and go. */
const MOST_MORE_DESCRIPTORS = 12

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '30' },
    seed: { type: 'string', default: '1' },
    thinking: { type: 'string', default: '1500' },
    help: { type: 'boolean', default: false },
  },
})
if (values.help) {
  console.log(HELP)
  process.exit(0)
}
const minutes = Number(values.minutes) || 30
const seed = Number(values.seed) || 0

const stage = await openStage({ seed, processes: 1, breakName: null })
const { random, clock, server } = stage
const violations: Violation[] = []
const client = createClient(server)
const crowd: Crowd = {
  client,
  violations,
  talkers: [],
  random: random.fork('load'),
  life: server.life,
  counts: { acknowledged: 0, twice: 0 },
}
const deeds = noDeeds()
let isOver = false
const gateway = startGateway({ client, clock, violations, isOver: () => isOver })
await server.start()
const load = runLoad({ crowd, ...stage, deeds, thinking: Number(values.thinking) || 0 }).catch(
  (error: unknown) => {
    violations.push({ name: 'astray', detail: String(error) })
  },
)
const samples: { rss: number; descriptors: number }[] = []
const ends = performance.now() + minutes * 60_000
while (performance.now() < ends && violations.length === 0) {
  await pause(LOOK_MILLISECONDS)
  const pid = server.pid()
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  samples.push({
    rss: Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024,
    descriptors: readdirSync(`/proc/${pid}/fd`).length,
  })
}
client.end()
await load
isOver = true
await gateway.done
await server.stop()
await stage.close()

const third = Math.floor(samples.length / 3)
const [second, last] = [samples.slice(third, 2 * third), samples.slice(2 * third)]
const rssOf = (of: typeof samples) => median(of.map(({ rss }) => rss))
const descriptorsOf = (of: typeof samples) => Math.max(...of.map(({ descriptors }) => descriptors))
if (rssOf(last) > rssOf(second) * MOST_GROWTH) {
  const detail = `from ${rssOf(second).toFixed(0)} to ${rssOf(last).toFixed(0)} MiB`
  violations.push({ name: 'memory-grows', detail })
}
if (descriptorsOf(last) > descriptorsOf(second) + MOST_MORE_DESCRIPTORS) {
  const detail = `from ${descriptorsOf(second)} to ${descriptorsOf(last)}`
  violations.push({ name: 'descriptors-grow', detail })
}
printFigures(`prove:steady, seed ${seed}`, {
  minutes,
  people: crowd.talkers.length,
  'turns acknowledged': crowd.counts.acknowledged,
  'tries cut': client.counts.cut,
  'RSS of each tenth, MiB': tenths(samples.map(({ rss }) => rss)),
  'descriptors of each tenth': tenths(samples.map(({ descriptors }) => descriptors)),
})
process.exit(printViolations(violations))

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0
}

function tenths(numbers: readonly number[]): string {
  const size = Math.max(1, Math.ceil(numbers.length / 10))
  return Array.from({ length: 10 }, (_, at) =>
    median(numbers.slice(at * size, (at + 1) * size)).toFixed(0),
  ).join(' ')
}
