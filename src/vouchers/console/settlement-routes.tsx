import { listProviders } from '../../../db/vouchers/providers.ts'
import type { ConsoleContext, ConsoleDeps, ConsoleRoute } from '../../console/route.ts'
import { payClaims, settlement } from '../claims/pay.ts'
import { exportSettlement } from './export-settlement.ts'
import { keyOf, monthOf, readPosted } from './read-form.ts'
import { type Paid, SettlementPage } from './settlement-page.tsx'
import { createVoucherRoute, statusOf, type VouchersView } from './view.ts'

/** What providers are owed, by month, and its payment by the finance office. */
export function settlementRoutes(deps: ConsoleDeps): ConsoleRoute[] {
  const route = createVoucherRoute(deps)
  const show = async (
    c: ConsoleContext,
    view: VouchersView,
    which: { month: string; providerId: string },
    told: { paid?: Paid; problem?: string } = {},
  ) =>
    c.html(
      <SettlementPage
        view={view}
        month={which.month}
        providerId={which.providerId}
        providers={await listProviders(deps.db, view.world.pack.programme.id)}
        settled={
          await settlement(view.world, c.get('staff'), {
            month: which.month,
            providerId: which.providerId || null,
          })
        }
        paid={told.paid ?? null}
        problem={told.problem ?? null}
      />,
    )
  const asked = (c: ConsoleContext, { now }: VouchersView) => ({
    month: monthOf(c.req.query('month'), now),
    providerId: c.req.query('provider') ?? '',
  })
  return [
    route('GET', '/console/vouchers/settlement', 'vouchers.read', (c, view) =>
      show(c, view, asked(c, view)),
    ),
    ...(['xlsx', 'csv'] as const).map((as) =>
      route('GET', `/console/vouchers/settlement.${as}`, 'vouchers.read', (c, view) => {
        const { month, providerId } = asked(c, view)
        return exportSettlement(deps, c, view, { month, providerId: providerId || null }, as)
      }),
    ),
    route('POST', '/console/vouchers/pay', 'vouchers.pay', async (c, view) => {
      const posted = await readPosted(c)
      const which = {
        month: monthOf(posted.text('month'), view.now),
        providerId: posted.text('provider'),
      }
      const numbers = posted.all('number')
      if (numbers.length === 0) {
        c.status(400)
        return show(c, view, which, { problem: view.t('vouchers-console.problem-none-picked') })
      }
      const key = keyOf(posted, view.newKey)
      const done = await payClaims(view.world, c.get('staff'), { numbers, key })
      if (!done.ok) {
        c.status(statusOf(done.problem))
        return show(c, view, which, { problem: view.whyNot(done.problem) })
      }
      deps.wake()
      return show(c, view, which, { paid: done })
    }),
  ]
}
