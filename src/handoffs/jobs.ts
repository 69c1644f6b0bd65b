import type { Job } from '../kernel/job.ts'
import { sweepHandoffs } from './sweep-handoffs.ts'

export const jobs: readonly Job[] = [
  { failed: 'hand-offs-failed', every: 'minute', run: sweepHandoffs },
]
