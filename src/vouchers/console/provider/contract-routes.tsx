import * as z from 'zod'
import { listPapers } from '../../../../db/vouchers/claims.ts'
import { VoucherPaper } from '../../../../flows/programme/lifecycle/voucher.ts'
import { draftOf, formKey } from '../../../console/form.ts'
import type { PageRequest } from '../../../console/page.ts'
import type { ConsoleRoute } from '../../../console/route.ts'
import type { Action } from '../../../kernel/permissions.ts'
import { claimVoucher } from '../../claims/claim.ts'
import { keepPaper } from '../../claims/papers.ts'
import { askRedeem } from '../../consent-request.ts'
import type { VoucherFile } from '../../find.ts'
import { redeemWithPin } from '../../pin.ts'
import type { VoucherProblem } from '../../problem.ts'
import { reverseRedemption, unlockVoucher } from '../../reverse.ts'
import type { VoucherMoveTold } from '../moves.tsx'
import { fenOf, tellProblem } from '../read-form.ts'
import { findPaper, findVoucher, servePaper } from '../routes.tsx'
import { action, page, statusOf, type VouchersView } from '../view.ts'
import { ContractPage } from './contract-page.tsx'

const DONE = ['lock', 'redeem', 'reverse', 'paper', 'claim'] as const
type Done = (typeof DONE)[number]

type ContractRequest = PageRequest<'id', VouchersView>
/** Where to go after something was done, or why it was not. */
type Came = { ok: true; to: `/console${string}` } | { ok: false; problem: VoucherProblem }
const ContractForm = z.object({
  key: formKey(),
  amount: z.string(),
  last: z.string(),
  how: z.string(),
  pin: z.string().trim(),
  redemption: z.string(),
  reason: z.array(z.string()),
  note: z.string(),
  kind: z.string(),
  file: z.file().optional(),
  invoiceNumber: z.string(),
})
type ContractForm = z.infer<typeof ContractForm>

/** A voucher under contract with one's provider: its page, and what is done with it. */
export const contractRoutes: readonly ConsoleRoute[] = [
  page('vouchers.redeem', '/console/redeem/:id', findVoucher, (file, request) => {
    const done = DONE.find((one) => one === request.query('done'))
    return show(request, file, done === undefined ? {} : { done })
  }),
  change('redeem', 'vouchers.redeem', async ({ staff, view }, file, { how, pin, ...sent }) => {
    const { amount, last, key } = sent
    const form = { voucherId: file.head.id, amountFen: fenOf(amount), last: last !== '', key }
    if (how === 'pin') {
      const done = await redeemWithPin(view.world, staff, { ...form, pin })
      return done.ok ? { ok: true, to: after(file, 'redeem') } : done
    }
    const asked = await askRedeem(view.world, staff, form)
    return asked.ok ? { ok: true, to: `/console/asks/${asked.ask.id}` } : asked
  }),
  change('reverse', 'vouchers.redeem', async ({ staff, view }, file, form) => {
    const { redemption: redemptionId, reason: reasons, note, key } = form
    if (!file.redemptions.some(({ id }) => id === redemptionId)) {
      return { ok: false, problem: { kind: 'no-such-voucher' } }
    }
    const done = await reverseRedemption(view.world, staff, { redemptionId, reasons, note, key })
    return done.ok ? { ok: true, to: after(file, 'reverse') } : done
  }),
  change('unlock', 'vouchers.redeem', async ({ staff, view }, { head }, form) => {
    const { reason: reasons, note, key } = form
    const done = await unlockVoucher(view.world, staff, { voucherId: head.id, reasons, note, key })
    // It is no longer theirs to see.
    return done.ok ? { ok: true, to: '/console/redeem/own' } : done
  }),
  change('papers', 'vouchers.claim', async ({ staff, view }, file, { kind: of, file: sent }) => {
    const kind = VoucherPaper.safeParse(of)
    if (!kind.success || sent === undefined) {
      return { ok: false, problem: { kind: 'bad-file', problem: 'empty' } }
    }
    const kept = await keepPaper(view.world, staff, {
      voucherId: file.head.id,
      kind: kind.data,
      name: sent.name,
      bytes: new Uint8Array(await sent.arrayBuffer()),
    })
    return kept.ok ? { ok: true, to: `${after(file, 'paper')}#claim` } : kept
  }),
  change('claim', 'vouchers.claim', async ({ staff, view }, file, { invoiceNumber, key }) => {
    const request = { voucherId: file.head.id, invoiceNumber, key }
    const done = await claimVoucher(view.world, staff, request)
    return done.ok ? { ok: true, to: after(file, 'claim') } : done
  }),
  page('vouchers.claim', '/console/redeem/:id/papers/:paper', findPaper, servePaper),
]

function change(
  name: 'redeem' | 'reverse' | 'unlock' | 'papers' | 'claim',
  rule: Action,
  act: (request: ContractRequest, file: VoucherFile, form: ContractForm) => Promise<Came>,
): ConsoleRoute {
  return action(rule, `/console/redeem/:id/${name}`, findVoucher, async (file, request) => {
    const sent = await request.form(ContractForm)
    if (!sent.ok) return 'invalid'
    const { view } = request
    const form = { ...sent.data, key: sent.data.key || view.newKey() }
    const came = await act(request, file, form)
    if (came.ok) {
      request.deps.wake()
      return came.to
    }
    const now = (await findVoucher(request)) ?? file
    const told = {
      of: form.redemption || name,
      ...tellProblem(view, sent.draft, came.problem),
    }
    const page = await show(request, now, { told })
    return { status: statusOf(came.problem), page }
  })
}

function after({ head }: VoucherFile, done: Done): `/console${string}` {
  return `/console/redeem/${head.number}?done=${done}`
}

async function show(
  { deps, view }: ContractRequest,
  file: VoucherFile,
  { told, done }: { told?: VoucherMoveTold; done?: Done },
) {
  return (
    <ContractPage
      view={view}
      file={file}
      papers={await listPapers(deps.db, deps.vault, file.head.id, file.contract)}
      told={told ?? { of: '', draft: draftOf({}), above: null }}
      done={done === undefined ? null : view.t(`vouchers-console.done-${done}`)}
    />
  )
}
