import { listClaims, moveClaim, type SettlementRow } from '../../../db/vouchers/claims.ts'
import { loadVoucher } from '../../../db/vouchers/vouchers.ts'
import { actOnVoucher } from '../act.ts'
import type { VoucherContext, VoucherStaff } from '../context.ts'
import { mayTouch } from '../find.ts'
import { refuse, type VoucherProblem, type VoucherRefusal } from '../problem.ts'

/** What each provider is owed and was paid of a month, in fen. */
export type SettlementTotal = {
  providerId: string
  provider: string
  vouchers: number
  claimedFen: number
  checkedFen: number
  paidFen: number
}

/**
 * The claims of a month (of China, `YYYY-MM`), by provider, with totals. A provider sees its own, an office
 * its district's.
 */
export async function settlement(
  { db, vault, pack }: VoucherContext,
  staff: VoucherStaff,
  { month, providerId = null }: { month: string; providerId?: string | null },
): Promise<{ rows: SettlementRow[]; totals: SettlementTotal[] }> {
  const own = staff.role === 'provider' ? (staff.providerId ?? '') : providerId
  const rows = await listClaims(db, vault, {
    programme: pack.programme.id,
    month,
    providerId: own,
    district: staff.district,
  })
  const totals = new Map<string, SettlementTotal>()
  for (const row of rows) {
    const total = totals.get(row.providerId) ?? {
      providerId: row.providerId,
      provider: row.provider,
      vouchers: 0,
      claimedFen: 0,
      checkedFen: 0,
      paidFen: 0,
    }
    totals.set(row.providerId, {
      ...total,
      vouchers: total.vouchers + 1,
      claimedFen: total.claimedFen + (row.status === 'claimed' ? row.amountFen : 0),
      checkedFen: total.checkedFen + (row.status === 'checked' ? row.amountFen : 0),
      paidFen: total.paidFen + (row.status === 'paid' ? row.amountFen : 0),
    })
  }
  return { rows, totals: [...totals.values()] }
}

/**
 * Pays claims that were checked, each in a batch of its own: who stops half-way and tries again under the
 * same key pays nothing twice. `numbers`: of the vouchers whose claims are paid.
 */
export async function payClaims(
  context: VoucherContext,
  staff: VoucherStaff,
  { numbers, key }: { numbers: readonly string[]; key: string },
): Promise<
  | { ok: true; paid: string[]; refused: { number: string; problem: VoucherProblem }[] }
  | VoucherRefusal
> {
  if (staff.role !== 'finance') return refuse({ kind: 'not-yours' })
  const paid: string[] = []
  const refused: { number: string; problem: VoucherProblem }[] = []
  for (const number of new Set(numbers)) {
    const head = await loadVoucher(context.db, { number })
    if (head === null || !(await mayTouch(context, staff, head.id))) {
      refused.push({ number, problem: { kind: 'no-such-voucher' } })
      continue
    }
    const acted = await actOnVoucher(context, {
      voucherId: head.id,
      key: `${key}:${number}`,
      move: 'pay',
      actor: { role: 'finance', name: staff.name, id: staff.id },
      plan: ({ amounts, at }) => ({
        ok: true,
        transfers: [{ from: 'claimed', to: 'paid', amount: amounts.claimed }],
        also: [moveClaim(head.id, 'paid', at)],
      }),
    })
    if (acted.ok) paid.push(number)
    else refused.push({ number, problem: acted.problem })
  }
  return { ok: true, paid, refused }
}
