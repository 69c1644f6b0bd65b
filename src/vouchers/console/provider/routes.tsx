import { listVouchers, loadVoucher } from '../../../../db/vouchers/vouchers.ts'
import { parseVoucherCode } from '../../../../flows/programme/numbers/voucher-code.ts'
import { type ActionOutcome, nothing, type PageRequest } from '../../../console/page.ts'
import type { ConsoleRoute } from '../../../console/route.ts'
import { settlement } from '../../claims/pay.ts'
import { voucherVerifyKey } from '../../codes.ts'
import { askLock, readAsk } from '../../consent-request.ts'
import { findByCode, type ProviderView } from '../../find.ts'
import { lockWithPin } from '../../pin.ts'
import type { VoucherProblem } from '../../problem.ts'
import { exportSettlement } from '../export-settlement.ts'
import { fenOf, keyOf, monthOf } from '../read-form.ts'
import { action, page, statusOf, type VouchersView } from '../view.ts'
import { AskPage } from './ask-page.tsx'
import { CodePage } from './code-page.tsx'
import { contractRoutes } from './contract-routes.tsx'
import { OwnPage } from './own-page.tsx'
import { OwnSettlementPage } from './settlement-page.tsx'
import { type LockDraft, ShownPage } from './shown-page.tsx'

type CounterRequest = PageRequest<never, VouchersView>

/** The pages of somebody at a provider's counter. */
export const providerRoutes: readonly ConsoleRoute[] = [
  page('vouchers.redeem', '/console/redeem', nothing, (_, request) => codePage(request, '', null)),
  action('vouchers.redeem', '/console/redeem', nothing, async (_, request) => {
    const { staff, view } = request
    const { code: typed } = await request.fields('code')
    const found = await findByCode(view.world, staff, typed)
    if (!found.ok) return noCode(request, typed, found.problem)
    const draft = { title: '', total: '', key: view.newKey() }
    return { status: 200, page: shownPage(view, found.view, typed, draft, null) }
  }),
  action('vouchers.redeem', '/console/redeem/lock', nothing, async (_, request) => {
    const { deps, staff, view } = request
    const posted = await request.posted()
    const { text } = posted
    const [typed, key] = [text('code'), keyOf(posted, view.newKey)]
    // Who has no code in hand moves nothing.
    const found = await findByCode(view.world, staff, typed)
    if (!found.ok) return noCode(request, typed, found.problem)
    const { number, voucherId } = found.view
    const draft = { title: text('title'), total: text('total'), key }
    const form = { voucherId, contractFen: fenOf(draft.total), title: draft.title, key }
    const refused = (problem: VoucherProblem) => ({
      status: statusOf(problem),
      page: shownPage(view, found.view, typed, draft, problem),
    })
    if (text('how') === 'pin') {
      const pin = text('pin').trim()
      const locked = await lockWithPin(view.world, staff, { ...form, pin })
      if (!locked.ok) return refused(locked.problem)
      deps.wake()
      return `/console/redeem/${number}?done=lock`
    }
    const asked = await askLock(view.world, staff, form)
    if (!asked.ok) return refused(asked.problem)
    deps.wake()
    return `/console/asks/${asked.ask.id}`
  }),
  page(
    'vouchers.redeem',
    '/console/asks/:id',
    async ({ deps, params, staff, view }) => {
      const found = await readAsk(view.world, staff, params.id)
      const head = found && (await loadVoucher(deps.db, { id: found.ask.voucherId }))
      return head && { ...found, number: head.number }
    },
    ({ status, ask, number }, { view }) => (
      <AskPage view={view} status={status} ask={ask} number={number} />
    ),
  ),
  page(
    'vouchers.redeem',
    '/console/redeem/own',
    ({ deps, staff, view }) =>
      listVouchers(
        deps.db,
        { district: null },
        {
          programme: view.world.pack.programme.id,
          limit: 200,
          providerId: staff.providerId ?? '',
        },
      ),
    (vouchers, { view }) => <OwnPage view={view} vouchers={vouchers} />,
  ),
  page('vouchers.settle', '/console/redeem/settlement', asked, async (month, { staff, view }) => {
    const { rows, totals } = await settlement(view.world, staff, { month })
    return <OwnSettlementPage view={view} month={month} rows={rows} totals={totals} />
  }),
  ...(['xlsx', 'csv'] as const).map((as) =>
    page('vouchers.settle', `/console/redeem/settlement.${as}`, asked, (month, request) =>
      exportSettlement(request, { month, providerId: null }, as),
    ),
  ),
  ...contractRoutes,
]

function asked({ query, view }: CounterRequest): string {
  return monthOf(query('month'), view.now)
}

async function codePage({ deps, view }: CounterRequest, code: string, problem: string | null) {
  const verifyKey = await voucherVerifyKey(deps.vault)
  return <CodePage view={view} code={code} problem={problem} verifyKey={verifyKey} />
}

async function noCode(
  request: CounterRequest,
  typed: string,
  problem: VoucherProblem,
): Promise<ActionOutcome> {
  const page = await codePage(request, typed, request.view.whyNot(problem))
  return { status: statusOf(problem), page }
}

function shownPage(
  view: VouchersView,
  shown: ProviderView,
  typed: string,
  draft: LockDraft,
  problem: VoucherProblem | null,
) {
  return (
    <ShownPage
      view={view}
      shown={shown}
      code={plainCode(typed)}
      draft={draft}
      problem={problem === null ? null : view.whyNot(problem)}
    />
  )
}

function plainCode(typed: string): string {
  const parsed = parseVoucherCode(typed)
  return parsed.ok ? parsed.code : ''
}
