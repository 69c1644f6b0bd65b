import { dropOldRequests, oldRequests } from '../../db/api/requests.ts'
import type { Job } from '../kernel/job.ts'

export const jobs: readonly Job[] = [
  {
    failed: 'api-requests-undropped',
    every: 'minute',
    minutes: 60,
    due: oldRequests,
    run: ({ db, now }) => db.write([dropOldRequests(now())]),
  },
]
