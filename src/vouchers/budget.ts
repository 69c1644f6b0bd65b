import { type AuditDraft, hashOf } from '../../db/staff/audit.ts'
import {
  allotToBudget,
  type BudgetStatus,
  loadBudget,
  openVoucherBudget,
} from '../../db/vouchers/ledger.ts'
import { commit } from '../kernel/commit/commit.ts'
import { budgetIdOf, type VoucherContext, type VoucherStaff } from './context.ts'
import { problemOf, refuse, type VoucherRefusal } from './problem.ts'

/**
 * Allots money to the budget of the year, which is opened by the first allotment and never goes above the
 * ceiling of the rules. By the city's finance office; under one key, once.
 */
export async function allotBudget(
  context: VoucherContext,
  staff: Pick<VoucherStaff, 'id' | 'role' | 'district'>,
  { amountFen, reason, key }: { amountFen: number; reason: string; key: string },
): Promise<{ ok: true; budget: BudgetStatus; again: boolean } | VoucherRefusal> {
  const { db, pack, now } = context
  if (staff.role !== 'finance' || staff.district !== null) return refuse({ kind: 'not-yours' })
  if (!Number.isSafeInteger(amountFen) || amountFen <= 0) return refuse({ kind: 'bad-amount' })
  if (reason.trim() === '') return refuse({ kind: 'reason-needed' })
  const at = now()
  const id = budgetIdOf(context)
  const { year, budgetFen } = pack.vouchers
  const draft: AuditDraft = {
    at,
    actor: staff.id,
    action: 'voucher.budget',
    subject: `voucher-budget:${id}`,
    after: await hashOf({ amountFen, key }),
    reason: reason.trim(),
  }
  const again = await commit<boolean | VoucherRefusal>(db, {
    plan: async () => ({
      result: false,
      write: [
        openVoucherBudget({ id, programme: pack.programme.id, year, ceiling: budgetFen, at }),
        allotToBudget(id, { amount: amountFen, key, at }),
      ],
      audit: [draft],
    }),
    means: (broken) => {
      if (broken.includes('voucher_entries.request_key')) return true
      const problem = problemOf(broken)
      return problem === null ? null : refuse(problem)
    },
  })
  if (typeof again === 'object') return again
  const budget = await loadBudget(db, id)
  if (budget === null) throw new Error('a budget that was opened is not there')
  return { ok: true, budget, again }
}
