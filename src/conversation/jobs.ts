import type { Job } from '../kernel/job.ts'
import { sendReminders } from './send-reminders.ts'

export const jobs: readonly Job[] = [
  {
    failed: 'remind-failed',
    every: 'minute',
    due: (now) => ({ sql: 'SELECT 1 FROM sessions WHERE remind_at <= ? LIMIT 1', args: [now] }),
    run: sendReminders,
  },
]
