import { jobs as campaigns } from './campaigns/jobs.ts'
import { jobs as cases } from './cases/jobs.ts'
import { jobs as conversation } from './conversation/jobs.ts'
import { jobs as events } from './events/jobs.ts'
import { jobs as handoffs } from './handoffs/jobs.ts'
import type { Deps } from './kernel/deps.ts'
import type { Job, JobSettings } from './kernel/job.ts'
import { jobs as ledger } from './ledger/jobs.ts'
import { jobs as people } from './people/jobs.ts'
import { jobs as staff } from './staff/jobs.ts'
import { jobs as tipoffs } from './tipoffs/jobs.ts'
import { jobs as vouchers } from './vouchers/jobs.ts'

/** The jobs of every area that has some; a test holds the list against the folders. */
export const JOBS: Readonly<Record<string, readonly Job[]>> = {
  conversation,
  handoffs,
  staff,
  tipoffs,
  vouchers,
  events,
  cases,
  campaigns,
  ledger,
  people,
}

const all = Object.values(JOBS).flat()
const of = (every: Job['every']) => all.filter((job) => job.every === every)

/** Does what is to be done about once a minute. */
export async function doMinute(deps: Deps, settings: JobSettings): Promise<void> {
  for (const job of of('minute')) await attempt(deps, settings, job)
}

/** Does a round of what goes on while there is more, and where there was nothing, what waits for that. True: there is more. */
export async function doRound(deps: Deps, settings: JobSettings): Promise<boolean> {
  let more = false
  for (const job of of('round')) more = (await attempt(deps, settings, job)) === true || more
  if (!more) for (const job of of('idle')) await attempt(deps, settings, job)
  return more
}

/** Does the rounds that a Worker's call has time for: of all jobs, or only of those that feed the outbox. */
export async function doRounds(
  deps: Deps,
  settings: JobSettings,
  which: 'all' | 'feeding-outbox',
): Promise<void> {
  const chosen = of('round').filter(({ feedsOutbox }) => which === 'all' || feedsOutbox === true)
  for (const job of chosen) {
    const rounds = job.rounds ?? 1
    for (let round = 0; round < rounds; round++) {
      if ((await attempt(deps, settings, job)) !== true) break
    }
  }
  if (which === 'all') for (const job of of('idle')) await attempt(deps, settings, job)
}

async function attempt(deps: Deps, settings: JobSettings, job: Job): Promise<unknown> {
  try {
    return await job.run(deps, settings)
  } catch (error) {
    deps.log.error(job.failed, error)
    return null
  }
}
