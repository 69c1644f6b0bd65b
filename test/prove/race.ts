import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { installBreak } from './breaks/install.ts'
import { breakProblem, breaksOf, isBreak } from './breaks/list.ts'
import { printFigures, printViolations, type Violation } from './figures.ts'

const HELP = `npm run prove:race -- [--runs 5000] [--people 300] [--seed 1] [--path PATH] [--break NAME]

  --runs   so many interleavings, in one process
  --people so many people at two processes at once
  --path   plays a counterexample again, with its seed
  --break  puts a seeded bug in, which must be found: ${breaksOf('race').join(' ')}
`

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '5000' },
    people: { type: 'string', default: '300' },
    seed: { type: 'string', default: '1' },
    path: { type: 'string' },
    break: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
})
const problem = breakProblem('race', values.break)
if (values.help || problem !== null) {
  console.log(problem ?? HELP)
  process.exit(values.help ? 0 : 2)
}
if (values.break !== undefined && isBreak(values.break)) installBreak(values.break)

const began = Date.now()
process.env.NODE_COMPILE_CACHE ??= join(tmpdir(), 'weiqitong-prove-cache')
const [runs, people, seed] = [values.runs, values.people, values.seed].map(
  (text) => Number(text) || 0,
)
// Loaded only now, so that a seeded bug is in place.
const { race } = await import('./race/run.ts')
const { storm } = await import('./race/storm.ts')
const name = values.break === undefined ? '' : `, ${values.break}`
const violations: Violation[] = []

const { failure, ...figures } = await race({ runs: runs ?? 0, seed: seed ?? 0, path: values.path })
printFigures(`prove:race, seed ${seed}${name}: interleavings`, { ...figures, seconds: seconds() })
if (failure !== null) violations.push({ name: 'not-as-one-after-another', detail: failure })

if (people !== 0 && values.path === undefined && failure === null) {
  const world = { people: people ?? 0, seed: seed ?? 0, breakName: values.break ?? null }
  const { failure: wrong, ...counts } = await storm(world)
  printFigures('two processes on one file', { ...counts, seconds: seconds() })
  if (wrong !== null) violations.push({ name: 'not-as-one-after-another', detail: wrong })
}
process.exitCode = printViolations(violations)

function seconds(): number {
  return Math.round((Date.now() - began) / 1000)
}
