import { endContract, loadRedemption, reverseRedemptionRow } from '../../db/vouchers/contracts.ts'
import { loadProvider } from '../../db/vouchers/providers.ts'
import { actOnVoucher, type VoucherActed } from './act.ts'
import { type VoucherContext, type VoucherStaff, voucherActor } from './context.ts'
import { mayTouch } from './find.ts'
import { refuse } from './problem.ts'

/** Why, in the closed list of the programme, and words where the reason alone says too little. */
export type Because = { reasons: readonly string[]; note?: string | null; key: string }

/**
 * Takes a redemption back within its hours (a day), by the provider itself or the city's reviewer. The
 * money returns to what is kept for the contract, by an entry of its own.
 */
export async function reverseRedemption(
  context: VoucherContext,
  staff: VoucherStaff,
  { redemptionId, reasons, note, key }: Because & { redemptionId: string },
): Promise<VoucherActed> {
  const { db, pack } = context
  const actor = voucherActor(staff)
  const redemption = await loadRedemption(db, redemptionId)
  if (actor === null) return refuse({ kind: 'not-yours' })
  if (redemption === null || !(await mayTouch(context, staff, redemption.voucherId))) {
    return refuse({ kind: 'no-such-voucher' })
  }
  const { voucherId, amountFen, redeemedAt, providerId } = redemption
  return actOnVoucher(context, {
    voucherId,
    actor,
    key,
    reasons,
    move: 'reverse',
    ...(note === undefined ? {} : { note }),
    plan: async ({ at, head }) => {
      const now = await loadRedemption(db, redemptionId)
      if (now === null || now.reversedAt !== null) return refuse({ kind: 'reversed-already' })
      const until = Date.parse(redeemedAt) + pack.vouchers.reverseHours * 3_600_000
      if (Date.parse(at) > until) return refuse({ kind: 'too-late' })
      if (!['locked', 'redeemed'].includes(head.state)) {
        return refuse({ kind: 'not-from-here' })
      }
      const provider = await loadProvider(db, providerId)
      return {
        ok: true,
        facts: { amountFen, provider: provider?.name ?? '' },
        transfers: [{ from: 'redeemed', to: 'committed', amount: amountFen }],
        also: [reverseRedemptionRow(redemptionId, at)],
      }
    },
  })
}

/** Calls a contract off of which nothing has been redeemed; the voucher can be used again. */
export async function unlockVoucher(
  context: VoucherContext,
  staff: VoucherStaff,
  { voucherId, reasons, note, key }: Because & { voucherId: string },
): Promise<VoucherActed> {
  const actor = voucherActor(staff)
  if (actor === null) return refuse({ kind: 'not-yours' })
  if (!(await mayTouch(context, staff, voucherId))) return refuse({ kind: 'no-such-voucher' })
  return actOnVoucher(context, {
    voucherId,
    actor,
    key,
    reasons,
    move: 'unlock',
    ...(note === undefined ? {} : { note }),
    plan: async ({ amounts, contract, at }) => {
      if (contract === null) return refuse({ kind: 'not-from-here' })
      if (amounts.redeemed > 0) return refuse({ kind: 'part-redeemed' })
      const provider = await loadProvider(context.db, contract.providerId)
      return {
        ok: true,
        facts: { provider: provider?.name ?? '' },
        transfers: [{ from: 'committed', to: 'outstanding', amount: amounts.committed }],
        also: [endContract(contract.id, at)],
      }
    },
  })
}
