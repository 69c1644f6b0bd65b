import type { TraceEntry } from '../../flows/programme/rules/evaluate.ts'
import type { Truth } from '../../flows/programme/rules/logic.ts'
import { anyOf } from '../../flows/programme/rules/logic.ts'
import type { Rules } from '../../flows/programme/rules/rules.ts'

/** A complete application, as far as its place in the queue goes. */
export type Reviewable = {
  readonly id: string
  readonly trace: readonly TraceEntry[]
  /** When the last missing piece came, ISO 8601 in UTC. */
  readonly completedAt: string
}

/** Why a case stands where it stands. */
export type Ranked = {
  readonly id: string
  readonly criteria: readonly {
    readonly criterion: string
    readonly result: Truth
    /** The rules that made it a yes. */
    readonly rules: readonly string[]
  }[]
  /** What put it before the next case; null for the last. */
  readonly before: string | null
}

/**
 * The order in which applications are reviewed: by the programme's criteria one after the other, then
 * by the time of completion, then by id. No score: the first difference decides and is named. Only
 * what is established moves a case forward; not knowing counts as little as no.
 *
 * @example
 * orderForReview(pack.rules, cases)[0] // { id: 'GY18-…', criteria: […], before: 'key-group' }
 */
export function orderForReview(rules: Rules, cases: readonly Reviewable[]): Ranked[] {
  const judged = cases.map((one) => ({ ...one, criteria: criteriaOf(rules, one.trace) }))
  const sorted = judged.toSorted((left, right) => compare(left, right).sign)
  return sorted.map(({ id, criteria }, index) => {
    const [here, next] = [sorted[index], sorted[index + 1]]
    const before = here === undefined || next === undefined ? null : compare(here, next).by
    return { id, criteria, before }
  })
}

function criteriaOf({ review }: Rules, trace: readonly TraceEntry[]): Ranked['criteria'] {
  return review.map(({ id, rules }) => {
    const entries = trace.filter(({ rule }) => rules.includes(rule))
    return {
      criterion: id,
      result: anyOf(entries.map(({ result }) => result)),
      rules: entries.filter(({ result }) => result === 'yes').map(({ rule }) => rule),
    }
  })
}

type Judged = Pick<Reviewable, 'id' | 'completedAt'> & Pick<Ranked, 'criteria'>

function compare(left: Judged, right: Judged): { sign: number; by: string } {
  for (const [index, { criterion, result }] of left.criteria.entries()) {
    const ahead = Number(result === 'yes')
    const other = Number(right.criteria[index]?.result === 'yes')
    if (ahead !== other) return { sign: other - ahead, by: criterion }
  }
  if (left.completedAt !== right.completedAt) {
    return { sign: left.completedAt < right.completedAt ? -1 : 1, by: 'completed-at' }
  }
  return { sign: left.id < right.id ? -1 : 1, by: 'id' }
}
