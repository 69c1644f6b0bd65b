import type { Statement } from '../../db/core/database.ts'
import { type FundAct, findAct } from '../../db/funds/acts.ts'
import { grantFunds, heldBy } from '../../db/funds/figures.ts'
import { holdersOf } from '../../db/funds/holders.ts'
import type { AuditDraft } from '../../db/staff/audit.ts'
import type { FundMove } from '../../flows/programme/money/funds.ts'
import { commit } from '../kernel/commit/commit.ts'
import { type FundContext, type FundStaff, yearOf } from './context.ts'
import { type FundRefusal, problemOf, refuse } from './problem.ts'
import { districtOf, type FundTarget } from './target.ts'

/** `again`: this very thing had been done before, as with a double click. */
export type FundMoved = { ok: true; act: FundAct; again: boolean } | FundRefusal

type Stored = { id: string; key: string | null; target: FundTarget; move: FundMove }

/** Writes it; what a failed condition means is looked up where it takes figures to say. */
export async function storeAct(
  context: FundContext,
  staff: FundStaff,
  { id, key, target, move }: Stored,
  make: () => Promise<{ write: readonly Statement[]; audit: readonly AuditDraft[] } | FundRefusal>,
): Promise<FundMoved> {
  const { db } = context
  const again = await commit<'done' | 'again' | FundRefusal>(db, {
    plan: async () => {
      const before = key === null ? null : await findAct(db, { district: null }, { key })
      if (before !== null) {
        return { made: before.staffId === staff.id ? 'again' : refuse({ kind: 'conflict' }) }
      }
      const made = await make()
      return 'ok' in made ? { made } : { result: 'done', ...made }
    },
    races: ['fund_acts.request_key', 'fund_holders_version', 'case_events.case_id'],
    means: async (broken) => {
      const [name] = broken
      if (name === 'fund_never_below_zero') return notThere(context, target, move)
      if (name === 'fund_above_approved') return aboveApproved(context, target)
      const problem = problemOf(broken)
      return problem === null ? null : refuse(problem)
    },
  })
  if (typeof again === 'object') return again
  const act = await findAct(
    db,
    { district: null },
    again === 'again' && key !== null ? { key } : { id },
  )
  if (act === null) throw new Error('what was done with money is not there')
  return { ok: true, act, again: again === 'again' }
}

async function notThere(
  context: FundContext,
  target: FundTarget,
  move: FundMove,
): Promise<FundRefusal> {
  if (move === 'reverse') return refuse({ kind: 'passed-on' })
  const { city, county } = holdersOf(yearOf(context, target.fund), districtOf(target))
  if (move === 'pay') {
    const { allotted } = await grantFunds(context.db, target.holderId)
    return refuse({ kind: 'not-allotted', mostFen: allotted })
  }
  const held = await heldBy(context.db, move === 'allocate' ? city : county)
  return refuse({ kind: 'not-there', held })
}

async function aboveApproved({ db }: FundContext, target: FundTarget): Promise<FundRefusal> {
  const { allotted, paid } = await grantFunds(db, target.holderId)
  const approved = target.grant?.approvedFen ?? 0
  return refuse({ kind: 'above-approved', mostFen: approved - allotted - paid })
}
