import type { Job } from '../kernel/job.ts'
import { sendReminders } from './send-reminders.ts'

export const jobs: readonly Job[] = [
  { failed: 'remind-failed', every: 'minute', run: sendReminders },
]
