import { writeAudited } from '../../../db/staff/audit.ts'
import { listPapers } from '../../../db/vouchers/claims.ts'
import { loadBudget } from '../../../db/vouchers/ledger.ts'
import { listVouchers, loadVoucher } from '../../../db/vouchers/vouchers.ts'
import { problemPage } from '../../console/problem-page.tsx'
import type { ConsoleContext, ConsoleDeps, ConsoleRoute } from '../../console/route.ts'
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
import type { VoucherMoveDraft } from './moves.tsx'
import { keyOf, type Posted, readPosted } from './read-form.ts'
import { registerRoutes } from './register-routes.tsx'
import { settlementRoutes } from './settlement-routes.tsx'
import { createVoucherRoute, statusOf, type VouchersView } from './view.ts'
import { VoucherPage } from './voucher-page.tsx'

const PAGE = 50
/** The moves by which a voucher waits for a role; the others are made when there is cause. */
const WORK = ['district-pass', 'issue', 'check-claim', 'pay']

/** Vouchers for the office: money, list, each voucher with its moves, issue, providers, settlement. */
export function voucherRoutes(deps: ConsoleDeps): ConsoleRoute[] {
  const route = createVoucherRoute(deps)

  const show = async (
    c: ConsoleContext,
    view: VouchersView,
    file: VoucherFile,
    told: { draft?: VoucherMoveDraft; problem?: string; done?: string } = {},
  ) =>
    c.html(
      <VoucherPage
        view={view}
        file={file}
        papers={await listPapers(deps.db, deps.vault, file.head.id)}
        place={await placeName(deps, file.head.district, view.locale)}
        draft={told.draft ?? null}
        problem={told.problem ?? null}
        done={told.done ?? null}
      />,
    )

  /** Something done with a voucher that this person may see: back to its page, with what was in the way. */
  const deed = (
    name: string,
    act: (view: VouchersView, file: VoucherFile, of: Deed) => Promise<VoucherActed>,
  ) =>
    route('POST', `/console/vouchers/:id/${name}`, 'vouchers.review', async (c, view) => {
      const [staff, number] = [c.get('staff'), c.req.param('id') ?? '']
      const file = await findStaffVoucher(view.world, staff, number)
      if (file === null) return problemPage(deps, c, 'not-found')
      const posted = await readPosted(c)
      const draft = {
        move: name === 'move' ? posted.text('move') : posted.text('redemption') || name,
        ...{ reasons: posted.all('reason'), note: posted.text('note') },
      }
      const key = keyOf(posted, view.newKey)
      const acted = await act(view, file, { c, posted, draft, key })
      if (acted.ok) {
        deps.wake()
        const done = name === 'move' ? draft.move : name
        return c.redirect(`/console/vouchers/${file.head.number}?done=${done}`, 303)
      }
      c.status(statusOf(acted.problem))
      const now = (await findStaffVoucher(view.world, staff, number)) ?? file
      return show(c, view, now, { draft, problem: view.whyNot(acted.problem) })
    })

  return [
    route('GET', '/console/vouchers', 'vouchers.read', async (c, view) => {
      const { world } = view
      const { role } = c.get('staff')
      const { life, kinds } = world.pack.vouchers
      const state = life.states.find(({ id }) => id === c.req.query('state'))?.id ?? ''
      const kind = kinds.find(({ id }) => id === c.req.query('kind'))?.id ?? ''
      const waiting = c.req.query('state') === 'waiting'
      const states = waiting
        ? life.moves
            .filter(({ id, who }) => WORK.includes(id) && who.some((one) => one === role))
            .flatMap(({ from }) => from)
        : [state].filter((one) => one !== '')
      const [at, id] = (c.req.query('before') ?? '').split('~')
      const vouchers = await listVouchers(deps.db, c.get('staff'), {
        ...{ programme: world.pack.programme.id, limit: PAGE },
        ...(waiting || state !== '' ? { states } : {}),
        ...(kind === '' ? {} : { kind }),
        ...(at && id ? { before: { at, id } } : {}),
      })
      const last = vouchers.length === PAGE ? vouchers.at(-1) : undefined
      const older = new URLSearchParams({
        ...{ state: waiting ? 'waiting' : state, kind },
        before: `${last?.appliedAt}~${last?.id}`,
      })
      return c.html(
        <VoucherListPage
          view={view}
          vouchers={vouchers}
          budget={await loadBudget(deps.db, budgetIdOf(world), c.get('staff'))}
          ofCity={c.get('staff').district === null}
          filter={{ state, kind, waiting }}
          places={await listPlaces(deps, view.locale)}
          older={last === undefined ? null : `/console/vouchers?${older}`}
        />,
      )
    }),
    ...issueRoutes(deps),
    ...budgetRoutes(deps),
    ...settlementRoutes(deps),
    ...registerRoutes(deps),
    route('GET', '/console/vouchers/:id', 'vouchers.read', async (c, view) => {
      const number = c.req.param('id') ?? ''
      const file = await findStaffVoucher(view.world, c.get('staff'), number)
      const { moves } = view.world.pack.vouchers.life
      const done = moves.find(({ id }) => id === c.req.query('done'))
      if (file !== null) {
        return show(c, view, file, done === undefined ? {} : { done: done.label[view.locale] })
      }
      // The audit names vouchers by what never changes.
      const head = await loadVoucher(deps.db, { id: number })
      const known = head && (await findStaffVoucher(view.world, c.get('staff'), head.number))
      return known === null
        ? problemPage(deps, c, 'not-found')
        : c.redirect(`/console/vouchers/${known.head.number}`, 303)
    }),
    deed('move', async (view, { head }, { c, posted, draft, key }) => {
      if (!isReviewMove(draft.move)) return { ok: false, problem: { kind: 'no-such-move' } }
      return reviewVoucher(view.world, c.get('staff'), {
        ...{ number: head.number, move: draft.move, key },
        version: Number(posted.text('version')) || 0,
        ...{ reasons: draft.reasons, note: draft.note },
      })
    }),
    deed('unlock', (view, { head }, { c, draft, key }) =>
      unlockVoucher(view.world, c.get('staff'), {
        ...{ voucherId: head.id, reasons: draft.reasons, note: draft.note, key },
      }),
    ),
    deed('reverse', async (view, { redemptions }, { c, posted, draft, key }) => {
      const redemptionId = posted.text('redemption')
      return redemptions.some(({ id }) => id === redemptionId)
        ? reverseRedemption(view.world, c.get('staff'), {
            ...{ redemptionId, reasons: draft.reasons, note: draft.note, key },
          })
        : { ok: false, problem: { kind: 'no-such-voucher' } }
    }),
    route('GET', '/console/vouchers/:id/papers/:paper', 'vouchers.read', (c, view) =>
      servePaper(deps, c, view),
    ),
  ]
}

type Deed = { c: ConsoleContext; posted: Posted; draft: VoucherMoveDraft; key: string }

/** A paper of a voucher that this person may see, as a download under the sandbox of app.ts, and noted. */
export async function servePaper(
  deps: ConsoleDeps,
  c: ConsoleContext,
  { world }: VouchersView,
): Promise<Response> {
  const staff = c.get('staff')
  const file = await findStaffVoucher(world, staff, c.req.param('id') ?? '')
  const voucherId = file?.head.id ?? ''
  const which = { voucherId, paperId: c.req.param('paper') ?? '' }
  const paper = file === null ? null : await loadPaper(world, staff, which)
  if (paper === null) return problemPage(deps, c, 'not-found')
  const action = 'voucher.paper-opened'
  await writeAudited(
    deps.db,
    [{ at: deps.now(), actor: staff.id, action, subject: `voucher:${voucherId}` }],
    [],
  )
  return c.body(Uint8Array.from(paper.bytes), 200, fileHeaders(paper.head))
}

function isReviewMove(move: string): move is ReviewMove {
  return (REVIEW_MOVES as readonly string[]).includes(move)
}
