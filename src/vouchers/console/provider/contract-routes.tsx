import { listPapers } from '../../../../db/vouchers/claims.ts'
import { VoucherPaper } from '../../../../flows/programme/lifecycle/voucher.ts'
import { problemPage } from '../../../console/problem-page.tsx'
import type { ConsoleContext, ConsoleDeps, ConsoleRoute } from '../../../console/route.ts'
import type { Action } from '../../../kernel/permissions.ts'
import { claimVoucher } from '../../claims/claim.ts'
import { keepPaper } from '../../claims/papers.ts'
import { askRedeem } from '../../consent-request.ts'
import { findStaffVoucher, type VoucherFile } from '../../find.ts'
import { redeemWithPin } from '../../pin.ts'
import type { VoucherProblem } from '../../problem.ts'
import { reverseRedemption, unlockVoucher } from '../../reverse.ts'
import { fenOf, keyOf, type Posted, readPosted } from '../read-form.ts'
import { servePaper } from '../routes.tsx'
import { createVoucherRoute, statusOf, type VouchersView } from '../view.ts'
import { type ContractDraft, ContractPage } from './contract-page.tsx'

const DONE = ['lock', 'redeem', 'reverse', 'paper', 'claim'] as const
type Done = (typeof DONE)[number]

/** Where to go after something was done, or why it was not. */
type Came = { ok: true; to: string } | { ok: false; problem: VoucherProblem }
type Act = (
  c: ConsoleContext,
  view: VouchersView,
  file: VoucherFile,
  of: { posted: Posted; key: string; draft: ContractDraft },
) => Promise<Came>

/** A voucher under contract with one's provider: its page, and what is done with it. */
export function contractRoutes(deps: ConsoleDeps): ConsoleRoute[] {
  const route = createVoucherRoute(deps)

  const show = async (
    c: ConsoleContext,
    view: VouchersView,
    file: VoucherFile,
    told: { draft?: ContractDraft; problem?: VoucherProblem; done?: Done } = {},
  ) => {
    const { draft, problem, done } = told
    if (problem !== undefined) c.status(statusOf(problem))
    const empty = { amount: '', last: false, invoiceNumber: '', back: null, key: view.newKey() }
    return c.html(
      <ContractPage
        view={view}
        file={file}
        papers={await listPapers(deps.db, deps.vault, file.head.id)}
        draft={draft ?? empty}
        problem={problem === undefined ? null : view.whyNot(problem)}
        done={done === undefined ? null : view.t(`vouchers-console.done-${done}`)}
      />,
    )
  }

  const deed = (name: string, rule: Action, act: Act) =>
    route('POST', `/console/redeem/:id/${name}`, rule, async (c, view) => {
      const [staff, number] = [c.get('staff'), c.req.param('id') ?? '']
      const file = await findStaffVoucher(view.world, staff, number)
      if (file === null) return problemPage(deps, c, 'not-found')
      const posted = await readPosted(c)
      const { text, all } = posted
      const key = keyOf(posted, view.newKey)
      const draft: ContractDraft = {
        ...{ amount: text('amount'), last: text('last') !== '', key },
        invoiceNumber: text('invoiceNumber'),
        back: { of: text('redemption') || name, reasons: all('reason'), note: text('note') },
      }
      const came = await act(c, view, file, { posted, key, draft })
      if (came.ok) {
        deps.wake()
        return c.redirect(came.to, 303)
      }
      const now = (await findStaffVoucher(view.world, staff, number)) ?? file
      return show(c, view, now, { draft, problem: came.problem })
    })

  const after = ({ head }: VoucherFile, done: Done) => `/console/redeem/${head.number}?done=${done}`

  return [
    route('GET', '/console/redeem/:id', 'vouchers.redeem', async (c, view) => {
      const file = await findStaffVoucher(view.world, c.get('staff'), c.req.param('id') ?? '')
      if (file === null) return problemPage(deps, c, 'not-found')
      const done = DONE.find((one) => one === c.req.query('done'))
      return show(c, view, file, done === undefined ? {} : { done })
    }),
    deed('redeem', 'vouchers.redeem', async (c, view, file, { posted, key, draft }) => {
      const amountFen = fenOf(draft.amount)
      const form = { voucherId: file.head.id, amountFen, last: draft.last, key }
      if (posted.text('how') === 'pin') {
        const pin = posted.text('pin').trim()
        const done = await redeemWithPin(view.world, c.get('staff'), { ...form, pin })
        return done.ok ? { ok: true, to: after(file, 'redeem') } : done
      }
      const asked = await askRedeem(view.world, c.get('staff'), form)
      return asked.ok ? { ok: true, to: `/console/asks/${asked.ask.id}` } : asked
    }),
    deed('reverse', 'vouchers.redeem', async (c, view, file, { posted, key, draft }) => {
      const redemptionId = posted.text('redemption')
      if (!file.redemptions.some(({ id }) => id === redemptionId)) {
        return { ok: false, problem: { kind: 'no-such-voucher' } }
      }
      const { reasons = [], note = '' } = draft.back ?? {}
      const request = { redemptionId, reasons, note, key }
      const done = await reverseRedemption(view.world, c.get('staff'), request)
      return done.ok ? { ok: true, to: after(file, 'reverse') } : done
    }),
    deed('unlock', 'vouchers.redeem', async (c, view, { head }, { key, draft }) => {
      const { reasons = [], note = '' } = draft.back ?? {}
      const request = { voucherId: head.id, reasons, note, key }
      const done = await unlockVoucher(view.world, c.get('staff'), request)
      // It is no longer theirs to see.
      return done.ok ? { ok: true, to: '/console/redeem/own' } : done
    }),
    deed('papers', 'vouchers.claim', async (c, view, file) => {
      const form = await c.req.parseBody()
      const kind = VoucherPaper.safeParse(form.kind)
      const sent = form.file
      if (!kind.success || !(sent instanceof File)) {
        return { ok: false, problem: { kind: 'bad-file', problem: 'empty' } }
      }
      const kept = await keepPaper(view.world, c.get('staff'), {
        ...{ voucherId: file.head.id, kind: kind.data, name: sent.name },
        bytes: new Uint8Array(await sent.arrayBuffer()),
      })
      return kept.ok ? { ok: true, to: `${after(file, 'paper')}#claim` } : kept
    }),
    deed('claim', 'vouchers.claim', async (c, view, file, { key, draft }) => {
      const { invoiceNumber } = draft
      const request = { voucherId: file.head.id, invoiceNumber, key }
      const done = await claimVoucher(view.world, c.get('staff'), request)
      return done.ok ? { ok: true, to: after(file, 'claim') } : done
    }),
    route('GET', '/console/redeem/:id/papers/:paper', 'vouchers.claim', (c, view) =>
      servePaper(deps, c, view),
    ),
  ]
}
