import type { Job } from '../kernel/job.ts'
import { dropOldImports, runImports } from './import/run-imports.ts'

/** Batches of an imported ledger that one minute of a Worker takes. */
const ROUNDS = 20

const due: Job['due'] = () => ({
  sql: "SELECT 1 FROM ledger_imports WHERE state IN ('checking', 'running') LIMIT 1",
  args: [],
})

export const jobs: readonly Job[] = [
  { failed: 'imports-failed', every: 'round', rounds: ROUNDS, due, run: runImports },
  { failed: 'imports-failed', every: 'minute', minutes: 60, run: dropOldImports },
]
