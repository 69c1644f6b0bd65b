import { listPapers } from '../../../../db/vouchers/claims.ts'
import { VoucherPaper } from '../../../../flows/programme/lifecycle/voucher.ts'
import type { Posted } from '../../../console/form.ts'
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
import { fenOf, keyOf } from '../read-form.ts'
import { findPaper, findVoucher, servePaper } from '../routes.tsx'
import { action, page, statusOf, type VouchersView } from '../view.ts'
import { type ContractDraft, ContractPage } from './contract-page.tsx'

const DONE = ['lock', 'redeem', 'reverse', 'paper', 'claim'] as const
type Done = (typeof DONE)[number]

type ContractRequest = PageRequest<'id', VouchersView>
/** Where to go after something was done, or why it was not. */
type Came = { ok: true; to: `/console${string}` } | { ok: false; problem: VoucherProblem }
type ContractForm = { posted: Posted; key: string; draft: ContractDraft }

/** A voucher under contract with one's provider: its page, and what is done with it. */
export const contractRoutes: readonly ConsoleRoute[] = [
  page('vouchers.redeem', '/console/redeem/:id', findVoucher, (file, request) => {
    const done = DONE.find((one) => one === request.query('done'))
    return show(request, file, done === undefined ? {} : { done })
  }),
  change('redeem', 'vouchers.redeem', async ({ staff, view }, file, { posted, key, draft }) => {
    const amountFen = fenOf(draft.amount)
    const form = { voucherId: file.head.id, amountFen, last: draft.last, key }
    if (posted.text('how') === 'pin') {
      const pin = posted.text('pin').trim()
      const done = await redeemWithPin(view.world, staff, { ...form, pin })
      return done.ok ? { ok: true, to: after(file, 'redeem') } : done
    }
    const asked = await askRedeem(view.world, staff, form)
    return asked.ok ? { ok: true, to: `/console/asks/${asked.ask.id}` } : asked
  }),
  change('reverse', 'vouchers.redeem', async ({ staff, view }, file, { posted, key, draft }) => {
    const redemptionId = posted.text('redemption')
    if (!file.redemptions.some(({ id }) => id === redemptionId)) {
      return { ok: false, problem: { kind: 'no-such-voucher' } }
    }
    const { reasons = [], note = '' } = draft.back ?? {}
    const done = await reverseRedemption(view.world, staff, { redemptionId, reasons, note, key })
    return done.ok ? { ok: true, to: after(file, 'reverse') } : done
  }),
  change('unlock', 'vouchers.redeem', async ({ staff, view }, { head }, { key, draft }) => {
    const { reasons = [], note = '' } = draft.back ?? {}
    const done = await unlockVoucher(view.world, staff, { voucherId: head.id, reasons, note, key })
    // It is no longer theirs to see.
    return done.ok ? { ok: true, to: '/console/redeem/own' } : done
  }),
  change('papers', 'vouchers.claim', async ({ c, staff, view }, file) => {
    const form = await c.req.parseBody()
    const kind = VoucherPaper.safeParse(form.kind)
    const sent = form.file
    if (!kind.success || !(sent instanceof File)) {
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
  change('claim', 'vouchers.claim', async ({ staff, view }, file, { key, draft }) => {
    const request = { voucherId: file.head.id, invoiceNumber: draft.invoiceNumber, key }
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
    const posted = await request.posted()
    const { text, all } = posted
    const key = keyOf(posted, request.view.newKey)
    const draft: ContractDraft = {
      amount: text('amount'),
      last: text('last') !== '',
      key,
      invoiceNumber: text('invoiceNumber'),
      back: { of: text('redemption') || name, reasons: all('reason'), note: text('note') },
    }
    const came = await act(request, file, { posted, key, draft })
    if (came.ok) {
      request.deps.wake()
      return came.to
    }
    const now = (await findVoucher(request)) ?? file
    const page = await show(request, now, { draft, problem: came.problem })
    return { status: statusOf(came.problem), page }
  })
}

function after({ head }: VoucherFile, done: Done): `/console${string}` {
  return `/console/redeem/${head.number}?done=${done}`
}

async function show(
  { deps, view }: ContractRequest,
  file: VoucherFile,
  { draft, problem, done }: { draft?: ContractDraft; problem?: VoucherProblem; done?: Done },
) {
  const empty = { amount: '', last: false, invoiceNumber: '', back: null, key: view.newKey() }
  return (
    <ContractPage
      view={view}
      file={file}
      papers={await listPapers(deps.db, deps.vault, file.head.id)}
      draft={draft ?? empty}
      problem={problem === undefined ? null : view.whyNot(problem)}
      done={done === undefined ? null : view.t(`vouchers-console.done-${done}`)}
    />
  )
}
