import type { Statement } from '../../db/core/database.ts'
import type { ConsentRequest } from '../../db/vouchers/consent-requests.ts'
import { insertContract, insertRedemption } from '../../db/vouchers/contracts.ts'
import type { VoucherAmounts } from '../../db/vouchers/ledger.ts'
import type { ProviderParty } from '../../db/vouchers/providers.ts'
import { payable } from '../../flows/programme/lifecycle/voucher-rules.ts'
import type { MovePlan, VoucherAct, VoucherActScene } from './act.ts'
import { dayOf, type VoucherContext } from './context.ts'
import { refuse, type VoucherRefusal } from './problem.ts'
import { providerProblem } from './provider.ts'

/** What a provider wants of a voucher, as the holder says yes to it. */
export type ContractRequest = Pick<
  ConsentRequest,
  'what' | 'amountFen' | 'totalFen' | 'last' | 'title'
> & {
  provider: ProviderParty
  staff: { id: string; name: string }
}

/** Amounts above this are a slip: a hundred million yuan. */
const MOST_FEN = 10_000_000_000

const TITLE = 60

/** What a contract is about, as it is kept: one short line. Null: there is nothing readable in it. */
export function contractTitle(typed: string): string | null {
  const title = typed.replaceAll(/[\p{Cc}\p{Cf}]/gu, ' ').trim()
  return title === '' || [...title].length > TITLE ? null : title
}

/** What a voucher loses by a redemption that is its last, in fen; 0 where something can be redeemed later. */
export function lapsesOf(
  { what, last, amountFen }: Pick<ConsentRequest, 'what' | 'last' | 'amountFen'>,
  { outstanding, committed }: Pick<VoucherAmounts, 'outstanding' | 'committed'>,
): number {
  if (what !== 'redeem' || !(last || amountFen === committed)) return 0
  return Math.max(0, outstanding + committed - amountFen)
}

/** Why a wish cannot be granted as things stand, or what the voucher pays of it. */
export function validateContract(
  scene: Omit<VoucherActScene, 'events'>,
  wish: ContractRequest,
): VoucherRefusal | { ok: true; amountFen: number } {
  const { head, amounts, contract, at } = scene
  if (head.useBy !== null && dayOf(at) > head.useBy) return refuse({ kind: 'too-late' })
  if (wish.what === 'lock') {
    const { totalFen } = wish
    if (
      totalFen === null ||
      !Number.isSafeInteger(totalFen) ||
      totalFen <= 0 ||
      totalFen > MOST_FEN
    ) {
      return refuse({ kind: 'bad-amount' })
    }
    const wrong = providerProblem(wish.provider, head)
    if (wrong !== null) return wrong
    if (head.state !== 'issued') return refuse({ kind: 'not-from-here' })
    const amountFen = payable(head, { contractFen: totalFen, leftFen: amounts.outstanding })
    return amountFen > 0 ? { ok: true, amountFen } : refuse({ kind: 'bad-amount' })
  }
  if (head.state !== 'locked' || contract === null) {
    return refuse({ kind: 'not-from-here' })
  }
  // Another provider's contract is none of theirs.
  if (contract.providerId !== wish.provider.id) return refuse({ kind: 'no-such-voucher' })
  if (wish.provider.status !== 'listed') return refuse({ kind: 'provider-not-listed' })
  if (!Number.isSafeInteger(wish.amountFen) || wish.amountFen <= 0)
    return refuse({ kind: 'bad-amount' })
  return wish.amountFen > amounts.committed
    ? refuse({ kind: 'too-much', mostFen: amounts.committed })
    : { ok: true, amountFen: wish.amountFen }
}

/**
 * A granted wish as an act: the contract with what the voucher is kept for, or the redemption. The part of
 * a contract that is not needed stays on the voucher until the claim, so that a redemption can be reversed.
 */
export function fulfilContract(
  context: VoucherContext,
  of: {
    voucherId: string
    wish: ContractRequest
    by: 'chat' | 'pin'
    key: string
    /** What settles the ask or the PIN in the same batch. */
    also: readonly Statement[]
  },
): VoucherAct {
  const { voucherId, wish, by, key, also } = of
  return {
    voucherId,
    key,
    move: ({ amounts }) =>
      wish.what === 'lock'
        ? 'lock'
        : wish.last || wish.amountFen === amounts.committed
          ? 'redeem'
          : 'redeem-part',
    actor: { role: 'provider', name: wish.staff.name, id: wish.staff.id },
    plan: (scene) => planWish(context, scene, { wish, by, also }),
  }
}

async function planWish(
  { vault, newId }: VoucherContext,
  scene: VoucherActScene,
  { wish, by, also }: { wish: ContractRequest; by: 'chat' | 'pin'; also: readonly Statement[] },
): Promise<MovePlan> {
  const checked = validateContract(scene, wish)
  if (!checked.ok) return checked
  const { amountFen } = checked
  // The holder said yes to an amount; a voucher that pays less by now is another bargain.
  if (amountFen !== wish.amountFen) return refuse({ kind: 'conflict' })
  const { head, contract, at } = scene
  const facts = { amountFen, provider: wish.provider.name }
  if (wish.what === 'lock' || contract === null) {
    return {
      ok: true,
      facts,
      transfers: [{ from: 'outstanding', to: 'committed', amount: amountFen }],
      also: [
        await insertContract(vault, {
          id: newId(),
          voucherId: head.id,
          providerId: wish.provider.id,
          totalFen: wish.totalFen ?? 0,
          reservedFen: amountFen,
          title: wish.title,
          madeAt: at,
        }),
        ...also,
      ],
    }
  }
  return {
    ok: true,
    facts,
    transfers: [{ from: 'committed', to: 'redeemed', amount: amountFen }],
    also: [
      insertRedemption({
        id: newId(),
        voucherId: head.id,
        contractId: contract.id,
        by,
        amountFen,
        providerId: wish.provider.id,
        redeemedAt: at,
      }),
      ...also,
    ],
  }
}
