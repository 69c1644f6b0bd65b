import '../../src/platform/jsx.node.ts'
import { parseArgs } from 'node:util'

/** Loaded behind the hook that lets Node read the console's pages. */
const { proveFuzz } = await import('./fuzz/fuzz.ts')

const { values } = parseArgs({
  options: { runs: { type: 'string' }, seed: { type: 'string' }, only: { type: 'string' } },
})
const ok = await proveFuzz({
  runs: Number(values.runs ?? 100_000),
  seed: Number(values.seed ?? Math.floor(Math.random() * 0x7fffffff)),
  only: values.only,
  whole: values.only === undefined && Number(values.runs ?? 100_000) >= 20_000,
})
process.exit(ok ? 0 : 1)
