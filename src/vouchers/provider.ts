import { loadProvider, type ProviderParty } from '../../db/vouchers/providers.ts'
import type { VoucherHead } from '../../db/vouchers/vouchers.ts'
import { isRelated } from '../../flows/programme/lifecycle/voucher-rules.ts'
import type { VoucherContext, VoucherStaff } from './context.ts'
import { refuse, type VoucherRefusal } from './problem.ts'

/**
 * The provider that somebody works for, where it is on the register now; `unlessStruck`: also one that is
 * suspended, which may still claim for work that is done.
 */
export async function ownProvider(
  { db }: Pick<VoucherContext, 'db'>,
  staff: VoucherStaff,
  unlessStruck = false,
): Promise<{ ok: true; provider: ProviderParty } | VoucherRefusal> {
  if (staff.role !== 'provider' || staff.providerId === null) return refuse({ kind: 'not-yours' })
  const provider = await loadProvider(db, staff.providerId)
  if (provider === null) return refuse({ kind: 'no-such-provider' })
  return provider.status === 'listed' || (unlessStruck && provider.status === 'suspended')
    ? { ok: true, provider }
    : refuse({ kind: 'provider-not-listed' })
}

/** Whether a provider may serve the holder of a voucher; null: it may. A trigger says so again. */
export function providerProblem(provider: ProviderParty, head: VoucherHead): VoucherRefusal | null {
  if (provider.status !== 'listed') return refuse({ kind: 'provider-not-listed' })
  if (!provider.services.includes(head.kind)) return refuse({ kind: 'provider-not-for-kind' })
  return isRelated(
    { credit: provider.creditIndex, person: provider.personIndex },
    { credit: head.creditIndex, person: head.personIndex },
  )
    ? refuse({ kind: 'provider-related' })
    : null
}
