import { listVouchers, loadVoucher } from '../../../../db/vouchers/vouchers.ts'
import { parseVoucherCode } from '../../../../flows/programme/numbers/voucher-code.ts'
import { problemPage } from '../../../console/problem-page.tsx'
import type { ConsoleContext, ConsoleDeps, ConsoleRoute } from '../../../console/route.ts'
import { settlement } from '../../claims/pay.ts'
import { voucherVerifyKey } from '../../codes.ts'
import { askLock, readAsk } from '../../consent-request.ts'
import { findByCode, type ProviderView } from '../../find.ts'
import { lockWithPin } from '../../pin.ts'
import type { VoucherProblem } from '../../problem.ts'
import { exportSettlement } from '../export-settlement.ts'
import { fenOf, keyOf, monthOf, readPosted } from '../read-form.ts'
import { createVoucherRoute, statusOf, type VouchersView } from '../view.ts'
import { AskPage } from './ask-page.tsx'
import { CodePage } from './code-page.tsx'
import { contractRoutes } from './contract-routes.tsx'
import { OwnPage } from './own-page.tsx'
import { OwnSettlementPage } from './settlement-page.tsx'
import { type LockDraft, ShownPage } from './shown-page.tsx'

/** The pages of somebody at a provider's counter. */
export function providerRoutes(deps: ConsoleDeps): ConsoleRoute[] {
  const route = createVoucherRoute(deps)
  const askCode = async (
    c: ConsoleContext,
    view: VouchersView,
    code = '',
    problem?: VoucherProblem,
  ) => {
    if (problem !== undefined) c.status(statusOf(problem))
    return c.html(
      <CodePage
        view={view}
        code={code}
        problem={problem === undefined ? null : view.whyNot(problem)}
        verifyKey={await voucherVerifyKey(deps.vault)}
      />,
    )
  }
  const show = (
    c: ConsoleContext,
    view: VouchersView,
    of: { shown: ProviderView; code: string; draft: LockDraft; problem?: VoucherProblem },
  ) => {
    const { shown, code, draft, problem } = of
    if (problem !== undefined) c.status(statusOf(problem))
    return c.html(
      <ShownPage
        view={view}
        shown={shown}
        code={code}
        draft={draft}
        problem={problem === undefined ? null : view.whyNot(problem)}
      />,
    )
  }
  return [
    route('GET', '/console/redeem', 'vouchers.redeem', (c, view) => askCode(c, view)),
    route('POST', '/console/redeem', 'vouchers.redeem', async (c, view) => {
      const typed = (await readPosted(c)).text('code')
      const found = await findByCode(view.world, c.get('staff'), typed)
      if (!found.ok) return askCode(c, view, typed, found.problem)
      const draft = { title: '', total: '', key: view.newKey() }
      return show(c, view, { shown: found.view, code: plainCode(typed), draft })
    }),
    route('POST', '/console/redeem/lock', 'vouchers.redeem', async (c, view) => {
      const posted = await readPosted(c)
      const { text } = posted
      const [typed, key] = [text('code'), keyOf(posted, view.newKey)]
      // Who has no code in hand moves nothing.
      const found = await findByCode(view.world, c.get('staff'), typed)
      if (!found.ok) return askCode(c, view, typed, found.problem)
      const { number, voucherId } = found.view
      const draft = { title: text('title'), total: text('total'), key }
      const form = { voucherId, contractFen: fenOf(draft.total), title: draft.title, key }
      const refused = (problem: VoucherProblem) =>
        show(c, view, { shown: found.view, code: plainCode(typed), draft, problem })
      if (text('how') === 'pin') {
        const pin = text('pin').trim()
        const locked = await lockWithPin(view.world, c.get('staff'), { ...form, pin })
        if (!locked.ok) return refused(locked.problem)
        deps.wake()
        return c.redirect(`/console/redeem/${number}?done=lock`, 303)
      }
      const asked = await askLock(view.world, c.get('staff'), form)
      if (!asked.ok) return refused(asked.problem)
      deps.wake()
      return c.redirect(`/console/asks/${asked.ask.id}`, 303)
    }),
    route('GET', '/console/asks/:id', 'vouchers.redeem', async (c, view) => {
      const found = await readAsk(view.world, c.get('staff'), c.req.param('id') ?? '')
      if (found === null) return problemPage(deps, c, 'not-found')
      const head = await loadVoucher(deps.db, { id: found.ask.voucherId })
      if (head === null) return problemPage(deps, c, 'not-found')
      return c.html(
        <AskPage view={view} status={found.status} ask={found.ask} number={head.number} />,
      )
    }),
    route('GET', '/console/redeem/own', 'vouchers.redeem', async (c, view) =>
      c.html(
        <OwnPage
          view={view}
          vouchers={
            await listVouchers(
              deps.db,
              { district: null },
              {
                ...{ programme: view.world.pack.programme.id, limit: 200 },
                providerId: c.get('staff').providerId ?? '',
              },
            )
          }
        />,
      ),
    ),
    route('GET', '/console/redeem/settlement', 'vouchers.settle', async (c, view) => {
      const month = monthOf(c.req.query('month'), view.now)
      const { rows, totals } = await settlement(view.world, c.get('staff'), { month })
      return c.html(<OwnSettlementPage view={view} month={month} rows={rows} totals={totals} />)
    }),
    ...(['xlsx', 'csv'] as const).map((as) =>
      route('GET', `/console/redeem/settlement.${as}`, 'vouchers.settle', (c, view) => {
        const month = monthOf(c.req.query('month'), view.now)
        return exportSettlement(deps, c, view, { month, providerId: null }, as)
      }),
    ),
    ...contractRoutes(deps),
  ]
}

function plainCode(typed: string): string {
  const parsed = parseVoucherCode(typed)
  return parsed.ok ? parsed.code : ''
}
