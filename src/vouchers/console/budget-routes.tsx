import * as z from 'zod'
import { loadBudget } from '../../../db/vouchers/ledger.ts'
import { draftOf, formKey } from '../../console/form.ts'
import { nothing, type PageRequest } from '../../console/page.ts'
import type { ConsoleRoute } from '../../console/route.ts'
import { allotBudget } from '../budget.ts'
import { budgetIdOf } from '../context.ts'
import { BudgetPage } from './budget-page.tsx'
import { fenOf, type Told, tellProblem } from './read-form.ts'
import { action, page, statusOf, type VouchersView } from './view.ts'

const BudgetForm = z.object({ key: formKey(), amount: z.string(), reason: z.string() })

/** The year's budget, allotted by the city's finance office. */
export const budgetRoutes: readonly ConsoleRoute[] = [
  page('vouchers.budget', '/console/vouchers/budget', nothing, (_, request) =>
    show(request, { draft: draftOf({ key: request.view.newKey() }), above: null }),
  ),
  action('vouchers.budget', '/console/vouchers/budget', nothing, async (_, request) => {
    const { staff, view } = request
    const form = await request.form(BudgetForm)
    if (!form.ok) return 'invalid'
    const { amount, reason } = form.data
    const key = form.data.key || view.newKey()
    const done = await allotBudget(view.world, staff, { amountFen: fenOf(amount), reason, key })
    if (done.ok) return '/console/vouchers/budget?done'
    const page = await show(request, tellProblem(view, form.draft, done.problem))
    return { status: statusOf(done.problem), page }
  }),
]

async function show({ c, deps, view }: PageRequest<never, VouchersView>, told: Told) {
  return (
    <BudgetPage
      view={view}
      budget={await loadBudget(deps.db, budgetIdOf(view.world))}
      told={told}
      done={c.req.query('done') !== undefined}
    />
  )
}
