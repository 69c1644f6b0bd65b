import type { Statement } from '../../db/core/database.ts'
import { type ConsentRequest, loadAsk, settleAsk } from '../../db/vouchers/consent-requests.ts'
import { loadProvider } from '../../db/vouchers/providers.ts'
import { loadVoucher, type VoucherHead } from '../../db/vouchers/vouchers.ts'
import { planVoucher } from './act.ts'
import type { VoucherContext } from './context.ts'
import { fulfilContract } from './contract.ts'
import { refuse, type VoucherRefusal } from './problem.ts'

/** What the holder's answer would store; nothing is written. */
export type ConsentDecision =
  | { ok: true; head: VoucherHead; ask: ConsentRequest; statements: Statement[] }
  | VoucherRefusal

/**
 * What a holder's yes or no to a provider stores, for their turn's batch. Only the holder's own contact may
 * answer, once, and in time.
 */
export async function planDecision(
  context: VoucherContext,
  { askId, contactId, yes }: { askId: string; contactId: string; yes: boolean },
  at: string,
): Promise<ConsentDecision> {
  const { db, vault } = context
  const ask = await loadAsk(db, vault, { id: askId })
  const head = ask === null ? null : await loadVoucher(db, { id: ask.voucherId })
  if (ask === null || head === null || head.contactId !== contactId) {
    return refuse({ kind: 'ask-closed' })
  }
  if (ask.status !== 'asked' || ask.expiresAt <= at) return refuse({ kind: 'ask-closed' })
  if (!yes) return { ok: true, head, ask, statements: [settleAsk(ask.id, 'refused', at)] }
  const provider = await loadProvider(db, ask.providerId)
  if (provider === null) return refuse({ kind: 'no-such-provider' })
  const planned = await planVoucher(
    context,
    fulfilContract(context, {
      voucherId: ask.voucherId,
      wish: { ...ask, provider, staff: { id: ask.staffId, name: ask.staffName } },
      by: 'chat',
      key: `ask:${ask.id}`,
      also: [settleAsk(ask.id, 'done', at)],
    }),
    at,
  )
  return planned.ok
    ? { ok: true, head: planned.head, ask, statements: planned.statements }
    : planned
}
