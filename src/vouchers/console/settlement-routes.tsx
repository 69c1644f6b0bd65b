import * as z from 'zod'
import { listProviders } from '../../../db/vouchers/providers.ts'
import { formKey } from '../../console/form.ts'
import { nothing, type PageRequest } from '../../console/page.ts'
import type { ConsoleRoute } from '../../console/route.ts'
import { payClaims, settlement } from '../claims/pay.ts'
import { exportSettlement } from './export-settlement.ts'
import { monthOf } from './read-form.ts'
import { type Paid, SettlementPage } from './settlement-page.tsx'
import { action, page, statusOf, type VouchersView } from './view.ts'

const PayForm = z.object({
  key: formKey(),
  number: z.array(z.string()),
  month: z.string(),
  provider: z.string(),
})

type SettlementRequest = PageRequest<never, VouchersView>
type Which = { month: string; providerId: string }

/** What providers are owed, by month, and its payment by the finance office. */
export const settlementRoutes: readonly ConsoleRoute[] = [
  page('vouchers.read', '/console/vouchers/settlement', asked, (which, request) =>
    show(request, which),
  ),
  ...(['xlsx', 'csv'] as const).map((as) =>
    page('vouchers.read', `/console/vouchers/settlement.${as}`, asked, (which, request) =>
      exportSettlement(request, { ...which, providerId: which.providerId || null }, as),
    ),
  ),
  action('vouchers.pay', '/console/vouchers/pay', nothing, async (_, request) => {
    const { deps, staff, view } = request
    const { number: numbers, month, provider: providerId, ...form } = await request.read(PayForm)
    const which = { month: monthOf(month, view.now), providerId }
    if (numbers.length === 0) {
      const problem = view.t('vouchers-console.problem-none-picked')
      return { status: 400, page: await show(request, which, { problem }) }
    }
    const key = form.key || view.newKey()
    const done = await payClaims(view.world, staff, { numbers, key })
    if (!done.ok) {
      const problem = view.whyNot(done.problem)
      return { status: statusOf(done.problem), page: await show(request, which, { problem }) }
    }
    deps.wake()
    return { status: 200, page: await show(request, which, { paid: done }) }
  }),
]

function asked({ query, view }: SettlementRequest): Which {
  return { month: monthOf(query('month'), view.now), providerId: query('provider') }
}

async function show(
  { deps, staff, view }: SettlementRequest,
  { month, providerId }: Which,
  told: { paid?: Paid; problem?: string } = {},
) {
  return (
    <SettlementPage
      view={view}
      month={month}
      providerId={providerId}
      providers={await listProviders(deps.db, view.world.pack.programme.id)}
      settled={await settlement(view.world, staff, { month, providerId: providerId || null })}
      paid={told.paid ?? null}
      problem={told.problem ?? null}
    />
  )
}
