import { loadCase } from '../../db/cases/cases.ts'
import { moveClaim } from '../../db/vouchers/claims.ts'
import { endContract } from '../../db/vouchers/contracts.ts'
import { loadVoucher } from '../../db/vouchers/vouchers.ts'
import { actOnVoucher, type MovePlan, type VoucherActed, type VoucherActScene } from './act.ts'
import { type VoucherContext, type VoucherStaff, voucherActor } from './context.ts'
import { checkEligible } from './eligible.ts'
import { mayTouch } from './find.ts'
import { issueOf, moneyOf } from './issue.ts'
import { refuse } from './problem.ts'

/** The moves of the offices; those of providers and holders have functions of their own. */
export const REVIEW_MOVES = [
  'district-pass',
  'return',
  'refuse',
  'issue',
  'revoke',
  'return-claim',
  'check-claim',
] as const
export type ReviewMove = (typeof REVIEW_MOVES)[number]

/**
 * Moves a voucher as a reviewer, in their role and district, upon the version that they saw. An issue takes
 * its face value out of the budget in the same batch, or does not happen.
 */
export async function reviewVoucher(
  context: VoucherContext,
  staff: VoucherStaff,
  request: {
    number: string
    version: number
    move: ReviewMove
    reasons?: readonly string[]
    note?: string | null
    /** Makes two clicks one. */
    key?: string
  },
): Promise<VoucherActed> {
  const actor = voucherActor(staff)
  if (actor === null || actor.role === 'provider') return refuse({ kind: 'not-yours' })
  const head = await loadVoucher(context.db, { number: request.number })
  if (head === null || !(await mayTouch(context, staff, head.id))) {
    return refuse({ kind: 'no-such-voucher' })
  }
  const { move, version, reasons, note, key } = request
  const acted = await actOnVoucher(context, {
    voucherId: head.id,
    actor,
    move,
    version,
    key: key ?? null,
    ...(reasons === undefined ? {} : { reasons }),
    ...(note === undefined ? {} : { note }),
    plan: (scene) => planReview(context, move, scene),
  })
  // Of an issue, only the budget can have too little.
  return !acted.ok && acted.problem.kind === 'too-much' && move === 'issue'
    ? refuse({ kind: 'budget-used-up' })
    : acted
}

async function planReview(
  context: VoucherContext,
  move: ReviewMove,
  { head, amounts, contract, at }: VoucherActScene,
): Promise<MovePlan> {
  switch (move) {
    case 'district-pass':
    case 'return':
    case 'refuse':
      return { ok: true }
    case 'issue': {
      const owner = await loadCase(context.db, { id: head.caseId })
      if (owner === null) return refuse({ kind: 'no-such-case' })
      // Weeks may lie between the request and the issue.
      const holder = await checkEligible(context, owner, at)
      if (!holder.ok) return holder
      const issue = await issueOf(context, at)
      const { useBy, claimBy } = issue
      return {
        ok: true,
        issue,
        facts: { code: issue.code },
        head: { useBy, claimBy, issuedAt: at },
        ...moneyOf(context, head),
      }
    }
    case 'revoke':
      return {
        ok: true,
        transfers: (['outstanding', 'committed', 'redeemed', 'claimed'] as const).map((from) => ({
          from,
          to: 'available' as const,
          amount: amounts[from],
        })),
        also: [
          moveClaim(head.id, 'returned', at),
          ...(contract === null ? [] : [endContract(contract.id, at)]),
        ],
      }
    case 'return-claim':
      return {
        ok: true,
        transfers: [{ from: 'claimed', to: 'redeemed', amount: amounts.claimed }],
        also: [moveClaim(head.id, 'returned', at)],
      }
    case 'check-claim':
      return { ok: true, also: [moveClaim(head.id, 'checked', at)] }
  }
}
