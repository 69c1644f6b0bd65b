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
/** What is done while there is something to do, and what follows where there is not. */
export const ROUND_JOBS: readonly Job[] = [...of('round'), ...of('idle')]

function moreOf({ more = [] }: JobSettings, every: Job['every']): readonly Job[] {
  return more.filter((job) => job.every === every)
}

/** A minute may be a little short: the clock is looked at when the last one is done. */
const SLACK_MILLISECONDS = 10_000

/** When each job was last done for these deps. */
const done = new WeakMap<Deps, Map<Job, number>>()

/** Does what is to be done about once a minute, of that what has something to do; all of it the first time. */
export async function doMinute(deps: Deps, settings: JobSettings): Promise<void> {
  const times = done.get(deps) ?? new Map<Job, number>()
  const isFirst = !done.has(deps)
  done.set(deps, times)
  const now = Date.parse(deps.now())
  const isTime = (job: Job) =>
    now - (times.get(job) ?? Number.NEGATIVE_INFINITY) >=
    (job.minutes ?? 1) * 60_000 - SLACK_MILLISECONDS
  const turn = [...of('minute'), ...moreOf(settings, 'minute')].filter(isTime)
  for (const job of isFirst ? turn : await whatIsDue(deps, turn)) {
    times.set(job, now)
    await attempt(deps, settings, job)
  }
}

/** Those of the jobs that have something to do, asked in one request; all of them where it is not answered. */
export async function whatIsDue(deps: Deps, jobs: readonly Job[]): Promise<readonly Job[]> {
  const now = deps.now()
  const asked = jobs.flatMap((job) => (job.due === undefined ? [] : [{ job, sql: job.due(now) }]))
  if (asked.length === 0) return jobs
  try {
    const answers = await deps.db.read(asked.map(({ sql }) => sql))
    const idle = new Set(asked.flatMap(({ job }, at) => (answers[at]?.length === 0 ? [job] : [])))
    return jobs.filter((job) => !idle.has(job))
  } catch (error) {
    deps.log.error('look-failed', error)
    return jobs
  }
}

/** Does a round of what goes on while there is more, and where there was nothing, what waits for that. True: there is more. */
export async function doRound(deps: Deps, settings: JobSettings): Promise<boolean> {
  let more = false
  const rounds = [...of('round'), ...moreOf(settings, 'round')]
  for (const job of rounds) more = (await attempt(deps, settings, job)) === true || more
  if (!more) for (const job of of('idle')) await attempt(deps, settings, job)
  return more
}

/** Does the rounds that a Worker's call has time for: of all jobs, or only of those that feed the outbox. */
export async function doRounds(
  deps: Deps,
  settings: JobSettings,
  which: 'all' | 'feeding-outbox',
): Promise<void> {
  const wanted = ROUND_JOBS.filter(({ feedsOutbox }) => which === 'all' || feedsOutbox === true)
  for (const job of await whatIsDue(deps, wanted)) {
    const rounds = job.rounds ?? 1
    for (let round = 0; round < rounds; round++) {
      if ((await attempt(deps, settings, job)) !== true) break
    }
  }
}

async function attempt(deps: Deps, settings: JobSettings, job: Job): Promise<unknown> {
  try {
    return await job.run(deps, settings)
  } catch (error) {
    deps.log.error(job.failed, error)
    return null
  }
}
