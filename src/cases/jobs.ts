import type { Job } from '../kernel/job.ts'
import { sweepAttachments } from './attachments/sweep-attachments.ts'
import { fillIndexes } from './fill-indexes.ts'

export const jobs: readonly Job[] = [
  { failed: 'sweep-failed', every: 'minute', run: sweepAttachments },
  { failed: 'fill-failed', every: 'minute', run: fillIndexes },
]
