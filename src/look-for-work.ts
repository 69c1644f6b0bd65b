import { unfetchedKf } from '../db/channels/wechat-kf.ts'
import { abandonedEvents } from '../db/conversation/late-events.ts'
import { abandonedRows } from '../db/outbox/claim.ts'
import { ABANDONED_SECONDS } from './conversation/late-events.ts'
import { ROUND_JOBS } from './jobs.ts'
import type { Deps } from './kernel/deps.ts'
import type { Job } from './kernel/job.ts'
import { dueOf, earliestDue } from './outbox/dispatch-outbox.ts'

/** What there is to do. `sendsIn`: milliseconds until something is to be sent; null: nothing waits. */
export type Work = { sends: boolean; goesOn: boolean; sendsIn: number | null }

/** What is due so soon the dispatcher waits for. */
const SOON_MILLISECONDS = 1000

/** Asks, in one request, whether anything is due: to be sent, to be taken again, to be fetched, or of a job that goes on. */
export async function lookForWork(deps: Deps, more: readonly Job[] = []): Promise<Work> {
  const now = deps.now()
  const before = new Date(Date.parse(now) - ABANDONED_SECONDS * 1000).toISOString()
  const takes = [abandonedRows(now), abandonedEvents(before), unfetchedKf(now)]
  const goes = [...ROUND_JOBS, ...more.filter(({ every }) => every === 'round')].flatMap(
    ({ due }) => (due === undefined ? [] : [due(now)]),
  )
  const sends = dueOf(deps, now)
  try {
    const answers = await deps.db.read([...takes, ...goes, ...sends])
    const found = answers.map((rows) => rows.length > 0)
    const sendsIn = earliestDue(answers.slice(takes.length + goes.length), now)
    return {
      sends:
        found.slice(0, takes.length).includes(true) ||
        (sendsIn !== null && sendsIn <= SOON_MILLISECONDS),
      goesOn: found.slice(takes.length, takes.length + goes.length).includes(true),
      sendsIn,
    }
  } catch (error) {
    deps.log.error('look-failed', error)
    return { sends: false, goesOn: false, sendsIn: null }
  }
}
