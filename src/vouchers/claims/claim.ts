import { insertClaim, listPapers } from '../../../db/vouchers/claims.ts'
import { actOnVoucher, type VoucherActed } from '../act.ts'
import { dayOf, kindOf, type VoucherContext, type VoucherStaff } from '../context.ts'
import { refuse } from '../problem.ts'
import { ownProvider } from '../provider.ts'

/** An invoice's number as it is typed: letters, digits and dashes. */
const INVOICE = /^[\p{L}\p{N}-]{4,40}$/u

/**
 * Claims what was redeemed, once contract, invoice and proof are there (`keepPaper`). What the contract did
 * not need goes back to the budget in the same batch.
 */
export async function claimVoucher(
  context: VoucherContext,
  staff: VoucherStaff,
  { voucherId, invoiceNumber, key }: { voucherId: string; invoiceNumber: string; key: string },
): Promise<VoucherActed> {
  const own = await ownProvider(context, staff, true)
  if (!own.ok) return own
  const invoice = invoiceNumber.normalize('NFKC').replaceAll(/\s/g, '')
  if (!INVOICE.test(invoice)) return refuse({ kind: 'bad-words' })
  const { db, vault, newId } = context
  return actOnVoucher(context, {
    voucherId,
    key,
    move: 'claim',
    actor: { role: 'provider', name: staff.name, id: staff.id },
    plan: async ({ head, amounts, contract, at }) => {
      if (contract === null || contract.providerId !== own.provider.id) {
        return refuse({ kind: 'no-such-voucher' })
      }
      if (head.claimBy !== null && dayOf(at) > head.claimBy) return refuse({ kind: 'too-late' })
      const papers = await listPapers(db, vault, voucherId, contract)
      const needed = kindOf(context, head.kind)?.papers ?? []
      if (!needed.every((kind) => papers.some((paper) => paper.kind === kind))) {
        return refuse({ kind: 'papers-missing' })
      }
      return {
        ok: true,
        transfers: [
          { from: 'redeemed', to: 'claimed', amount: amounts.redeemed },
          { from: 'committed', to: 'available', amount: amounts.committed },
          { from: 'outstanding', to: 'available', amount: amounts.outstanding },
        ],
        also: [
          await insertClaim(vault, {
            id: newId(),
            voucherId,
            contractId: contract.id,
            providerId: own.provider.id,
            amountFen: amounts.redeemed,
            month: dayOf(at).slice(0, 7),
            status: 'claimed',
            invoiceNumber: invoice,
            claimedAt: at,
            checkedAt: null,
            paidAt: null,
          }),
        ],
      }
    },
  })
}
