import { loadBudget } from '../../../db/vouchers/ledger.ts'
import { nothing, type PageRequest } from '../../console/page.ts'
import type { ConsoleRoute } from '../../console/route.ts'
import { allotBudget } from '../budget.ts'
import { budgetIdOf } from '../context.ts'
import { type BudgetDraft, BudgetPage } from './budget-page.tsx'
import { fenOf, keyOf } from './read-form.ts'
import { action, page, statusOf, type VouchersView } from './view.ts'

/** The year's budget, allotted by the city's finance office. */
export const budgetRoutes: readonly ConsoleRoute[] = [
  page('vouchers.budget', '/console/vouchers/budget', nothing, (_, request) =>
    show(request, { amount: '', reason: '', key: request.view.newKey() }, null),
  ),
  action('vouchers.budget', '/console/vouchers/budget', nothing, async (_, request) => {
    const { staff, view } = request
    const posted = await request.posted()
    const [amount, reason] = [posted.text('amount'), posted.text('reason')]
    const key = keyOf(posted, view.newKey)
    const done = await allotBudget(view.world, staff, { amountFen: fenOf(amount), reason, key })
    if (done.ok) return '/console/vouchers/budget?done'
    const page = await show(request, { amount, reason, key }, view.whyNot(done.problem))
    return { status: statusOf(done.problem), page }
  }),
]

async function show(
  { c, deps, view }: PageRequest<never, VouchersView>,
  draft: BudgetDraft,
  problem: string | null,
) {
  return (
    <BudgetPage
      view={view}
      budget={await loadBudget(deps.db, budgetIdOf(view.world))}
      draft={draft}
      problem={problem}
      done={c.req.query('done') !== undefined}
    />
  )
}
