import type { Job } from '../kernel/job.ts'
import { sendDigests } from './chat/digest.ts'

export const jobs: readonly Job[] = [
  { failed: 'digests-failed', every: 'minute', run: sendDigests },
]
