import { loadBudget } from '../../../db/vouchers/ledger.ts'
import type { ConsoleDeps, ConsoleRoute } from '../../console/route.ts'
import { allotBudget } from '../budget.ts'
import { budgetIdOf } from '../context.ts'
import { BudgetPage } from './budget-page.tsx'
import { fenOf, keyOf, readPosted } from './read-form.ts'
import { createVoucherRoute, statusOf } from './view.ts'

/** The year's budget, allotted by the city's finance office. */
export function budgetRoutes(deps: ConsoleDeps): ConsoleRoute[] {
  const route = createVoucherRoute(deps)
  return [
    route('GET', '/console/vouchers/budget', 'vouchers.budget', async (c, view) =>
      c.html(
        <BudgetPage
          view={view}
          budget={await loadBudget(deps.db, budgetIdOf(view.world))}
          draft={{ amount: '', reason: '', key: view.newKey() }}
          problem={null}
          done={c.req.query('done') !== undefined}
        />,
      ),
    ),
    route('POST', '/console/vouchers/budget', 'vouchers.budget', async (c, view) => {
      const posted = await readPosted(c)
      const [amount, reason] = [posted.text('amount'), posted.text('reason')]
      const key = keyOf(posted, view.newKey)
      const request = { amountFen: fenOf(amount), reason, key }
      const done = await allotBudget(view.world, c.get('staff'), request)
      if (done.ok) return c.redirect('/console/vouchers/budget?done', 303)
      c.status(statusOf(done.problem))
      return c.html(
        <BudgetPage
          view={view}
          budget={await loadBudget(deps.db, budgetIdOf(view.world))}
          draft={{ amount, reason, key }}
          problem={view.whyNot(done.problem)}
          done={false}
        />,
      )
    }),
  ]
}
