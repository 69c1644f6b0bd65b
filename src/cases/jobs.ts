import type { Job } from '../kernel/job.ts'
import { sweepAttachments } from './attachments/sweep-attachments.ts'
import { fillIndexes } from './fill-indexes.ts'

export const jobs: readonly Job[] = [
  { failed: 'sweep-failed', every: 'minute', minutes: 10, run: sweepAttachments },
  {
    failed: 'fill-failed',
    every: 'minute',
    due: () => ({ sql: 'SELECT 1 FROM cases WHERE indexed = 0 LIMIT 1', args: [] }),
    run: fillIndexes,
  },
]
