import * as z from 'zod'
import { writeAudited } from '../../../db/staff/audit.ts'
import { listPapers } from '../../../db/vouchers/claims.ts'
import { loadBudget } from '../../../db/vouchers/ledger.ts'
import { listVouchers, loadVoucher } from '../../../db/vouchers/vouchers.ts'
import { formKey, version } from '../../console/form.ts'
import { ROWS } from '../../console/lists.tsx'
import { nothing, type PageRequest } from '../../console/page.ts'
import type { ConsoleRoute } from '../../console/route.ts'
import { fileHeaders } from '../../http/file-headers.ts'
import { listPlaces, placeName } from '../../kernel/places.ts'
import type { VoucherActed } from '../act.ts'
import { loadPaper } from '../claims/papers.ts'
import { budgetIdOf } from '../context.ts'
import { findStaffVoucher, type VoucherFile } from '../find.ts'
import { reverseRedemption, unlockVoucher } from '../reverse.ts'
import { REVIEW_MOVES, type ReviewMove, reviewVoucher } from '../review.ts'
import { budgetRoutes } from './budget-routes.tsx'
import { issueRoutes } from './issue-routes.tsx'
import { VoucherListPage } from './list-page.tsx'
import type { VoucherMoveTold } from './moves.tsx'
import { tellProblem } from './read-form.ts'
import { registerRoutes } from './register-routes.tsx'
import { settlementRoutes } from './settlement-routes.tsx'
import { action, page, statusOf, type VouchersView } from './view.ts'
import { VoucherPage } from './voucher-page.tsx'

/** The moves by which a voucher waits for a role; the others are made when there is cause. */
const WORK = ['district-pass', 'issue', 'check-claim', 'pay']

const ChangeForm = z.object({
  key: formKey(),
  version: version(),
  move: z.string(),
  redemption: z.string(),
  reason: z.array(z.string()),
  note: z.string(),
})
type ChangeForm = z.infer<typeof ChangeForm>

type VoucherRequest = PageRequest<'id', VouchersView>

/** Vouchers for the office: money, list, each voucher with its moves, issue, providers, settlement. */
export const voucherRoutes: readonly ConsoleRoute[] = [
  page('vouchers.read', '/console/vouchers', nothing, async (_, { deps, query, staff, view }) => {
    const { world } = view
    const { life, kinds } = world.pack.vouchers
    const state = life.states.find(({ id }) => id === query('state'))?.id ?? ''
    const kind = kinds.find(({ id }) => id === query('kind'))?.id ?? ''
    const waiting = query('state') === 'waiting'
    const states = waiting
      ? life.moves
          .filter(({ id, who }) => WORK.includes(id) && who.some((one) => one === staff.role))
          .flatMap(({ from }) => from)
      : [state].filter((one) => one !== '')
    const vouchers = await listVouchers(deps.db, staff, {
      programme: world.pack.programme.id,
      limit: ROWS,
      cursor: query('page'),
      ...(waiting || state !== '' ? { states } : {}),
      ...(kind === '' ? {} : { kind }),
    })
    return (
      <VoucherListPage
        view={view}
        page={vouchers}
        budget={await loadBudget(deps.db, budgetIdOf(world), staff)}
        ofCity={staff.district === null}
        filter={{ state, kind, waiting }}
        places={await listPlaces(deps, view.locale)}
      />
    )
  }),
  ...issueRoutes,
  ...budgetRoutes,
  ...settlementRoutes,
  ...registerRoutes,
  page('vouchers.read', '/console/vouchers/:id', findByNumberOrId, (file, request) => {
    const { c, params, query, view } = request
    if (file.head.number !== params.id) {
      return c.redirect(`/console/vouchers/${file.head.number}`, 303)
    }
    const done = view.world.pack.vouchers.life.moves.find(({ id }) => id === query('done'))
    return show(request, file, done === undefined ? {} : { done: done.label[view.locale] })
  }),
  change('move', async ({ staff, view }, { head }, { move, reason: reasons, ...form }) =>
    isReviewMove(move)
      ? reviewVoucher(view.world, staff, { ...form, number: head.number, move, reasons })
      : { ok: false, problem: { kind: 'no-such-move' } },
  ),
  change('unlock', ({ staff, view }, { head }, { reason: reasons, note, key }) =>
    unlockVoucher(view.world, staff, { voucherId: head.id, reasons, note, key }),
  ),
  change(
    'reverse',
    async ({ staff, view }, { redemptions }, { redemption, reason: reasons, note, key }) =>
      redemptions.some(({ id }) => id === redemption)
        ? reverseRedemption(view.world, staff, { redemptionId: redemption, reasons, note, key })
        : { ok: false, problem: { kind: 'no-such-voucher' } },
  ),
  page('vouchers.files', '/console/vouchers/:id/papers/:paper', findPaper, servePaper),
]

/** Something done with a voucher that this person may see: back to its page, with what was in the way. */
function change(
  name: 'move' | 'unlock' | 'reverse',
  act: (request: VoucherRequest, file: VoucherFile, form: ChangeForm) => Promise<VoucherActed>,
): ConsoleRoute {
  return action(
    'vouchers.review',
    `/console/vouchers/:id/${name}`,
    findVoucher,
    async (file, request) => {
      const { deps, view } = request
      const sent = await request.form(ChangeForm)
      if (!sent.ok) return 'invalid'
      const form = { ...sent.data, key: sent.data.key || view.newKey() }
      const acted = await act(request, file, form)
      if (acted.ok) {
        deps.wake()
        const done = name === 'move' ? form.move : name
        return `/console/vouchers/${file.head.number}?done=${done}`
      }
      const now = (await findVoucher(request)) ?? file
      const of = name === 'move' ? form.move : form.redemption || name
      const told = { of, ...tellProblem(view, sent.draft, acted.problem) }
      const page = await show(request, now, { told })
      return { status: statusOf(acted.problem), page }
    },
  )
}

/** The voucher of an address, where this person may see it. */
export function findVoucher({ staff, view, params }: VoucherRequest): Promise<VoucherFile | null> {
  return findStaffVoucher(view.world, staff, params.id)
}

/** The audit names vouchers by what never changes: such an address leads to the number's. */
async function findByNumberOrId(request: VoucherRequest): Promise<VoucherFile | null> {
  const { deps, staff, view, params } = request
  const file = await findVoucher(request)
  const head = file === null ? await loadVoucher(deps.db, { id: params.id }) : null
  return head === null ? file : findStaffVoucher(view.world, staff, head.number)
}

async function show(
  { deps, view }: VoucherRequest,
  file: VoucherFile,
  { told = null, done = null }: { told?: VoucherMoveTold | null; done?: string | null } = {},
) {
  return (
    <VoucherPage
      view={view}
      file={file}
      papers={await listPapers(deps.db, deps.vault, file.head.id, null)}
      place={await placeName(deps, file.head.district, view.locale)}
      told={told}
      done={done}
    />
  )
}

type PaperRequest = PageRequest<'id' | 'paper', VouchersView>
type LoadedPaper = NonNullable<Awaited<ReturnType<typeof loadPaper>>> & { voucherId: string }

/** A paper of a voucher that this person may see. */
export async function findPaper(request: PaperRequest): Promise<LoadedPaper | null> {
  const { staff, view, params } = request
  const file = await findVoucher(request)
  if (file === null) return null
  const voucherId = file.head.id
  const paper = await loadPaper(view.world, staff, { voucherId, paperId: params.paper })
  return paper === null ? null : { ...paper, voucherId }
}

/** Such a paper as a download under the sandbox of app.ts, and noted. */
export async function servePaper(
  { bytes, head, voucherId }: LoadedPaper,
  { c, deps, staff }: PaperRequest,
): Promise<Response> {
  const entry = { at: deps.now(), actor: staff.id, action: 'voucher.paper-opened' } as const
  await writeAudited(deps.db, [{ ...entry, subject: `voucher:${voucherId}` }], [])
  return c.body(Uint8Array.from(bytes), 200, fileHeaders(head))
}

function isReviewMove(move: string): move is ReviewMove {
  return REVIEW_MOVES.some((one) => one === move)
}
