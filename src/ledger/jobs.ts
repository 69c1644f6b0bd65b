import type { Job } from '../kernel/job.ts'
import { dropOldImports, runImports } from './import/run-imports.ts'

/** Batches of an imported ledger that one minute of a Worker takes. */
const ROUNDS = 20

export const jobs: readonly Job[] = [
  { failed: 'imports-failed', every: 'round', rounds: ROUNDS, run: runImports },
  { failed: 'imports-failed', every: 'minute', run: dropOldImports },
]
