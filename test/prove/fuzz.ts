import '../../src/platform/jsx.node.ts'
import { parseArgs } from 'node:util'

/** Loaded behind the hook that lets Node read the console's pages. */
const { proveFuzz } = await import('./fuzz/fuzz.ts')

const { values } = parseArgs({
  options: {
    runs: { type: 'string' },
    seed: { type: 'string' },
    only: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
})
if (values.help) {
  console.log(`npm run prove:fuzz -- [--runs 100000] [--seed SEED] [--only NAME]

  --runs   so many requests
  --only   targets with this in their name

It takes no seeded bug: test/prove/fuzz.test.ts breaks the product in ways of its own.`)
  process.exit(0)
}
const ok = await proveFuzz({
  runs: Number(values.runs ?? 100_000),
  seed: Number(values.seed ?? Math.floor(Math.random() * 0x7fffffff)),
  only: values.only,
  whole: values.only === undefined && Number(values.runs ?? 100_000) >= 20_000,
})
process.exit(ok ? 0 : 1)
