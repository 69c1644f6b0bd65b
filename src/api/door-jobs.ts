import { deliveriesDue, dropOldDeliveries } from '../../db/api/deliveries.ts'
import { dropOldRequests, oldRequests } from '../../db/api/requests.ts'
import type { Deps } from '../kernel/deps.ts'
import type { Job } from '../kernel/job.ts'
import { deliverWebhooks } from './webhooks/deliver.ts'

/** So often one call takes what is due. */
const ROUNDS = 5

/** What the door has done: where it stands, and so not in the chat's Worker (src/jobs.ts has the others). */
export const DOOR_JOBS: readonly Job[] = [
  {
    failed: 'webhooks-undelivered',
    every: 'round',
    due: deliveriesDue,
    // A system that hangs keeps nothing else of ours waiting.
    run: async (deps) => deps.background(drain(deps)),
  },
  {
    failed: 'webhooks-undropped',
    every: 'minute',
    minutes: 60,
    run: ({ db, now }) => db.write([dropOldDeliveries(now())]),
  },
  {
    failed: 'api-requests-undropped',
    every: 'minute',
    minutes: 60,
    due: oldRequests,
    run: ({ db, now }) => db.write([dropOldRequests(now())]),
  },
]

async function drain(deps: Deps): Promise<void> {
  for (let round = 0; round < ROUNDS; round++) if (!(await deliverWebhooks(deps))) return
}
