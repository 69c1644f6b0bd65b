import type { Database } from '../core/database.ts'
import { and, eq, isNull, sql } from '../core/drizzle.ts'
import type { SortKey } from '../core/list-page.ts'
import { cases } from '../schema/cases.ts'
import { type CaseHead, selectHeads } from './cases.ts'

/** What puts one case before another. */
export type ReviewOrder = {
  /** The ids of the programme's criteria of review, the weightiest first. */
  review: readonly string[]
  /** From how many jobs for key groups on a case is preferred. */
  keyGroupJobs: number
}

/** Open cases to list. */
export type QueueFilter = ReviewOrder & {
  programme: string
  district?: string
  stage?: string
  limit: number
}

/**
 * The open cases in the order of review (flows/programme/rules/order.ts): by the programme's criteria one
 * after the other, what is proved before what is said, then by the time of completion, then by number. Throws for an unknown criterion.
 */
export async function listQueue(db: Database, filter: QueueFilter): Promise<CaseHead[]> {
  const { programme, district, stage, limit } = filter
  return selectHeads(db)
    .where(
      and(
        eq(cases.programmeId, programme),
        isNull(cases.closedAt),
        district === undefined ? undefined : eq(cases.district, district),
        stage === undefined ? undefined : eq(cases.stage, stage),
      ),
    )
    .orderBy(
      ...reviewOrder(filter).map(({ sql: by, desc }) => sql.raw(desc === true ? `${by} DESC` : by)),
    )
    .limit(limit)
}

/**
 * The order of review, for a query on cases. What staff have seen proved comes before what is only said, and what was not
 * proved counts as not said. Throws for an unknown criterion.
 */
export function reviewOrder({ review, keyGroupJobs }: ReviewOrder): SortKey[] {
  if (!Number.isSafeInteger(keyGroupJobs)) throw new Error('jobs are counted in whole numbers')
  const criteria: Readonly<Record<string, string>> = {
    'key-group': '(cases.has_key_group * (1 + cases.key_group_mark))',
    'key-group-jobs': `((cases.key_group_jobs >= ${keyGroupJobs}) * (1 + cases.key_group_jobs_mark))`,
    'low-income-village': '(cases.in_low_income_village * (1 + cases.low_income_village_mark))',
  }
  const order = review.map((id) => {
    const criterion = criteria[id]
    if (criterion === undefined) throw new Error(`there is no column for the criterion ${id}`)
    return { sql: criterion, desc: true }
  })
  return [...order, { sql: 'cases.completed_at' }, { sql: 'cases.number' }]
}
