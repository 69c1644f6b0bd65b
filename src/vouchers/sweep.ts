import { dropHalfPaper, listHalfPapers } from '../../db/vouchers/claims.ts'
import { endContract } from '../../db/vouchers/contracts.ts'
import { endOldAsks, listVouchersDue, setNextReminder } from '../../db/vouchers/sweep.ts'
import { loadVoucher } from '../../db/vouchers/vouchers.ts'
import { daysBetween } from '../../flows/programme/lifecycle/voucher-rules.ts'
import type { Deps } from '../kernel/deps.ts'
import { actOnVoucher, type VoucherActed, type VoucherActScene } from './act.ts'
import { dayOf, type VoucherContext, voucherWorldOf } from './context.ts'
import { tellHolder, voucherParams, withSample } from './notice.ts'
import { refuse } from './problem.ts'
import { remindTimes } from './remind-times.ts'

/** Vouchers of one sweep; a backlog is worked off in several. */
const AT_ONCE = 200
const SYSTEM = { role: 'system', name: null } as const

/**
 * Ends vouchers whose last day of use or of claims has passed, gives their money back to the budget, and
 * reminds holders before. Any number of processes may do it at once, and it may be stopped at any moment.
 * Resolves to what it did.
 */
export async function sweepVouchers(
  deps: Deps,
): Promise<{ ended: number; lapsed: number; reminded: number }> {
  const context = await voucherWorldOf(deps)
  const done = { ended: 0, lapsed: 0, reminded: 0 }
  if (context === null) return done
  const now = context.now()
  await context.db.write(endOldAsks(now))
  const hourAgo = new Date(Date.parse(now) - 3_600_000).toISOString()
  for (const id of await listHalfPapers(context.db, hourAgo)) {
    await deps.blobs.delete(id)
    await context.db.write([dropHalfPaper(id)])
  }
  const due = await listVouchersDue(context.db, { now, today: dayOf(now), limit: AT_ONCE })
  for (const id of due.ended) done.ended += Number((await endOne(context, id)).ok)
  for (const id of due.lapsed) done.lapsed += Number((await lapseOne(context, id)).ok)
  for (const one of due.toRemind) done.reminded += Number(await remindOne(context, one))
  if (done.ended + done.lapsed + done.reminded > 0) deps.wake()
  return done
}

/** What is redeemed of it stays to be paid; one of which nothing is redeemed is void. */
function endOne(context: VoucherContext, voucherId: string): Promise<VoucherActed> {
  const isUsed = ({ amounts }: VoucherActScene) => amounts.redeemed > 0
  return actOnVoucher(context, {
    voucherId,
    actor: SYSTEM,
    key: null,
    move: (scene) => (isUsed(scene) ? 'close' : 'expire'),
    plan: (scene) => {
      const { head, amounts, contract, at } = scene
      if (head.useBy === null || dayOf(at) <= head.useBy) return refuse({ kind: 'conflict' })
      if (isUsed(scene)) return { ok: true }
      return {
        ok: true,
        transfers: (['outstanding', 'committed'] as const).map((from) => ({
          from,
          to: 'available' as const,
          amount: amounts[from],
        })),
        also: contract === null ? [] : [endContract(contract.id, at)],
      }
    },
  })
}

function lapseOne(context: VoucherContext, voucherId: string): Promise<VoucherActed> {
  return actOnVoucher(context, {
    voucherId,
    actor: SYSTEM,
    key: null,
    move: 'lapse',
    plan: ({ head, amounts, at }) =>
      head.claimBy === null || dayOf(at) <= head.claimBy
        ? refuse({ kind: 'conflict' })
        : {
            ok: true,
            transfers: (['redeemed', 'committed', 'outstanding'] as const).map((from) => ({
              from,
              to: 'available' as const,
              amount: amounts[from],
            })),
          },
  })
}

/** Reminded once for each day of the list, whoever sweeps at once; a day that was slept through is left out. */
async function remindOne(
  context: VoucherContext,
  { id, remindAt }: { id: string; remindAt: string },
): Promise<boolean> {
  const { db, pack, now, translate } = context
  const head = await loadVoucher(db, { id })
  if (head === null || head.useBy === null) return false
  const at = now()
  const next = remindTimes(pack.vouchers.remindDays, head.useBy, at)[0]?.at ?? null
  const days = daysBetween(dayOf(at), head.useBy)
  const notice = await tellHolder(context, head, {
    id: `notice:voucher:${id}:remind:${remindAt}`,
    kind: 'voucher',
    template: 'voucher.remind',
    at,
    seconds: 86_400,
    onlyIf: {
      sql: 'EXISTS (SELECT 1 FROM vouchers WHERE id = ? AND remind_at = ?)',
      args: [id, remindAt],
    },
    say: (locale) => ({
      text: withSample(
        context,
        locale,
        translate(locale, days === 0 ? 'voucher.remindToday' : 'voucher.remind', {
          ...voucherParams(context, head, locale),
          days,
        }),
      ),
      quickReplies: [{ value: '!voucher', label: translate(locale, 'voucher.menu') }],
      numbered: false,
    }),
  })
  const results = await db.write([...notice, setNextReminder(id, remindAt, next)])
  return notice.length > 0 && (results.at(-1)?.length ?? 0) > 0
}
