import type { Job } from '../kernel/job.ts'
import { sweepVouchers } from './sweep.ts'

export const jobs: readonly Job[] = [
  { failed: 'vouchers-failed', every: 'minute', run: sweepVouchers },
]
