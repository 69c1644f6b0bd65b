import type { Job } from '../kernel/job.ts'
import { forgetOldData } from './forget-old.ts'

export const jobs: readonly Job[] = [
  {
    failed: 'retention-failed',
    every: 'minute',
    run: (deps, { retentionDays }) => forgetOldData(deps, retentionDays),
  },
]
