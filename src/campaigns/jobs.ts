import { sweepImages } from '../../db/campaigns/images.ts'
import type { Job } from '../kernel/job.ts'
import { fillTraits } from './fill-traits.ts'
import { runCampaigns } from './run-campaigns.ts'

/** Slices of a broadcast's people that one call of a Worker looks through. */
const ROUNDS = 40

export const jobs: readonly Job[] = [
  { failed: 'pictures-failed', every: 'minute', run: (deps) => sweepImages(deps, deps.now()) },
  {
    failed: 'campaigns-failed',
    every: 'round',
    rounds: ROUNDS,
    feedsOutbox: true,
    run: runCampaigns,
  },
  { failed: 'traits-failed', every: 'idle', run: fillTraits },
]
