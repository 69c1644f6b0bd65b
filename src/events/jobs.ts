import type { Job } from '../kernel/job.ts'
import { tellOfEvents } from './tell.ts'

export const jobs: readonly Job[] = [
  { failed: 'events-failed', every: 'minute', run: tellOfEvents },
]
