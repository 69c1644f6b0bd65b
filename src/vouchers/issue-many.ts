import { loadCase } from '../../db/cases/cases.ts'
import { listCasesForVouchers } from '../../db/vouchers/cases.ts'
import { kindOf, type VoucherContext, type VoucherStaff } from './context.ts'
import { issueVoucher } from './issue.ts'
import { refuse, type VoucherProblem, type VoucherRefusal } from './problem.ts'

/** What became of each application, by its number. */
export type IssuedMany = {
  ok: true
  issued: { caseNumber: string; number: string; again: boolean }[]
  refused: { caseNumber: string; problem: VoucherProblem }[]
  /** True where the budget ended it. */
  usedUp: boolean
}

/** In one call; who wants more calls again. */
const MOST = 500

/**
 * Issues vouchers of a kind to a list of applications or, without one, to everybody whom the rule lets have
 * one, the earliest complete first. Each is a batch of its own under `key` and the application: stopped
 * half-way and called again, it goes on where it was. It ends where the budget is used up.
 */
export async function issueMany(
  context: VoucherContext,
  staff: VoucherStaff,
  of: { kind: string; key: string; caseNumbers?: readonly string[]; limit?: number },
): Promise<IssuedMany | VoucherRefusal> {
  const { db, pack } = context
  if (staff.role !== 'city-reviewer') return refuse({ kind: 'not-yours' })
  if (kindOf(context, of.kind) === undefined) return refuse({ kind: 'no-such-kind' })
  const limit = Math.min(of.limit ?? MOST, MOST)
  const numbers =
    of.caseNumbers ??
    (await listCasesForVouchers(db, {
      programme: pack.programme.id,
      kind: of.kind,
      stages: pack.vouchers.requires.stages,
      limit,
    }))
  const done: IssuedMany = { ok: true, issued: [], refused: [], usedUp: false }
  for (const caseNumber of [...new Set(numbers)].slice(0, limit)) {
    const owner = await loadCase(db, { number: caseNumber })
    const key = `${of.key}:${owner?.id ?? caseNumber}`
    const issued = await issueVoucher(context, staff, { caseNumber, kind: of.kind, key })
    if (issued.ok) {
      done.issued.push({ caseNumber, number: issued.head.number, again: issued.again })
      continue
    }
    done.refused.push({ caseNumber, problem: issued.problem })
    if (issued.problem.kind === 'budget-used-up' || issued.problem.kind === 'no-budget') {
      return { ...done, usedUp: true }
    }
  }
  return done
}
