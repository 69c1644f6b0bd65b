import { vouchersDue } from '../../db/vouchers/sweep.ts'
import type { Job } from '../kernel/job.ts'
import { sweepVouchers } from './sweep.ts'

export const jobs: readonly Job[] = [
  { failed: 'vouchers-failed', every: 'minute', due: vouchersDue, run: sweepVouchers },
]
