import type { Job } from '../kernel/job.ts'
import { sweepHandoffs } from './sweep-handoffs.ts'

export const jobs: readonly Job[] = [
  {
    failed: 'hand-offs-failed',
    every: 'minute',
    due: () => ({ sql: 'SELECT 1 FROM handoffs WHERE released_at IS NULL LIMIT 1', args: [] }),
    run: sweepHandoffs,
  },
]
