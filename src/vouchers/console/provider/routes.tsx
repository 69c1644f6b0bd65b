import * as z from 'zod'
import { listVouchers, loadVoucher } from '../../../../db/vouchers/vouchers.ts'
import { parseVoucherCode } from '../../../../flows/programme/numbers/voucher-code.ts'
import { draftOf, type FormDraft, formKey, withProblem } from '../../../console/form.ts'
import { ROWS } from '../../../console/lists.tsx'
import { type ActionOutcome, nothing, type PageRequest } from '../../../console/page.ts'
import type { ConsoleRoute } from '../../../console/route.ts'
import { settlement } from '../../claims/pay.ts'
import { voucherVerifyKey } from '../../codes.ts'
import { askLock, readAsk } from '../../consent-request.ts'
import { findByCode, type ProviderView } from '../../find.ts'
import { lockWithPin } from '../../pin.ts'
import type { VoucherProblem } from '../../problem.ts'
import { exportSettlement } from '../export-settlement.ts'
import { fenOf, monthOf, type Told, tellProblem } from '../read-form.ts'
import { action, page, statusOf, type VouchersView } from '../view.ts'
import { AskPage } from './ask-page.tsx'
import { CodePage } from './code-page.tsx'
import { contractRoutes } from './contract-routes.tsx'
import { OwnPage } from './own-page.tsx'
import { OwnSettlementPage } from './settlement-page.tsx'
import { ShownPage } from './shown-page.tsx'

const CodeForm = z.object({ code: z.string() })
const LockForm = z.object({
  key: formKey(),
  code: z.string(),
  title: z.string(),
  total: z.string(),
  how: z.string(),
  pin: z.string().trim(),
})

type CounterRequest = PageRequest<never, VouchersView>

/** The pages of somebody at a provider's counter. */
export const providerRoutes: readonly ConsoleRoute[] = [
  page('vouchers.redeem', '/console/redeem', nothing, (_, request) =>
    codePage(request, draftOf({})),
  ),
  action('vouchers.redeem', '/console/redeem', nothing, async (_, request) => {
    const { staff, view } = request
    const { code: typed } = await request.read(CodeForm)
    const found = await findByCode(view.world, staff, typed)
    if (!found.ok) return noCode(request, typed, found.problem)
    const told = { draft: draftOf({ key: view.newKey() }), above: null }
    return { status: 200, page: shownPage(view, found.view, typed, told) }
  }),
  action('vouchers.redeem', '/console/redeem/lock', nothing, async (_, request) => {
    const { deps, staff, view } = request
    const sent = await request.form(LockForm)
    if (!sent.ok) return 'invalid'
    const { code: typed, title, total, how, pin } = sent.data
    // Who has no code in hand moves nothing.
    const found = await findByCode(view.world, staff, typed)
    if (!found.ok) return noCode(request, typed, found.problem)
    const { number, voucherId } = found.view
    const key = sent.data.key || view.newKey()
    const form = { voucherId, contractFen: fenOf(total), title, key }
    const refused = (problem: VoucherProblem) => ({
      status: statusOf(problem),
      page: shownPage(view, found.view, typed, tellProblem(view, sent.draft, problem)),
    })
    if (how === 'pin') {
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
    ({ deps, query, staff, view }) =>
      listVouchers(
        deps.db,
        { district: null },
        {
          programme: view.world.pack.programme.id,
          limit: ROWS,
          cursor: query('page'),
          providerId: staff.providerId ?? '',
        },
      ),
    (vouchers, { view }) => <OwnPage view={view} page={vouchers} />,
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

async function codePage({ deps, view }: CounterRequest, draft: FormDraft) {
  const verifyKey = await voucherVerifyKey(deps.vault)
  return <CodePage view={view} draft={draft} verifyKey={verifyKey} />
}

async function noCode(
  request: CounterRequest,
  code: string,
  problem: VoucherProblem,
): Promise<ActionOutcome> {
  const draft = withProblem(draftOf({ code }), 'code', request.view.whyNot(problem))
  return { status: statusOf(problem), page: await codePage(request, draft) }
}

function shownPage(view: VouchersView, shown: ProviderView, typed: string, told: Told) {
  return <ShownPage view={view} shown={shown} code={plainCode(typed)} told={told} />
}

function plainCode(typed: string): string {
  const parsed = parseVoucherCode(typed)
  return parsed.ok ? parsed.code : ''
}
