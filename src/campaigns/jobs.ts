import { sweepImages } from '../../db/campaigns/images.ts'
import type { Job } from '../kernel/job.ts'
import { fillTraits } from './fill-traits.ts'
import { runCampaigns } from './run-campaigns.ts'

/** Slices of a broadcast's people that one call of a Worker looks through. */
const ROUNDS = 40

export const jobs: readonly Job[] = [
  {
    failed: 'pictures-failed',
    every: 'minute',
    minutes: 60,
    run: (deps) => sweepImages(deps, deps.now()),
  },
  {
    failed: 'campaigns-failed',
    every: 'round',
    rounds: ROUNDS,
    feedsOutbox: true,
    due: (now) => ({
      sql: `SELECT 1 FROM campaigns WHERE state IN ('scheduled', 'starting', 'sending')
        AND coalesce(starts_at, '') <= ? LIMIT 1`,
      args: [now],
    }),
    run: runCampaigns,
  },
  {
    failed: 'traits-failed',
    every: 'idle',
    due: () => ({ sql: 'SELECT 1 FROM cases WHERE traits_version <> version LIMIT 1', args: [] }),
    run: fillTraits,
  },
]
