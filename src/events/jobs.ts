import type { Job } from '../kernel/job.ts'
import { tellOfEvents } from './tell.ts'

export const jobs: readonly Job[] = [
  {
    failed: 'events-failed',
    every: 'minute',
    // Who came is asked for some days after.
    due: (now) => ({
      sql: 'SELECT 1 FROM events WHERE ends_at >= ? LIMIT 1',
      args: [new Date(Date.parse(now) - 7 * 86_400_000).toISOString()],
    }),
    run: tellOfEvents,
  },
]
