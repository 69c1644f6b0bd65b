import { type CaseHead, loadCase } from '../../db/cases/cases.ts'
import type { Constraint } from '../../db/core/constraints.ts'
import type { Statement } from '../../db/core/database.ts'
import type { AuditDraft } from '../../db/staff/audit.ts'
import { findVoucherAct } from '../../db/vouchers/events.ts'
import {
  loadVoucher,
  type NewVoucher,
  nextVoucherSerial,
  type VoucherHead,
  type VoucherIssue,
  writeVoucher,
} from '../../db/vouchers/vouchers.ts'
import { beginning, makeMove } from '../../flows/programme/lifecycle/machine.ts'
import type { VoucherKind } from '../../flows/programme/lifecycle/voucher.ts'
import type { VoucherActor } from '../../flows/programme/lifecycle/voucher-life.ts'
import { voucherDates } from '../../flows/programme/lifecycle/voucher-rules.ts'
import { commit } from '../kernel/commit/commit.ts'
import { draftOf, type VoucherActed } from './act.ts'
import { newVoucherCode, voucherCodeIndex } from './codes.ts'
import {
  budgetIdOf,
  dayOf,
  kindOf,
  type VoucherContext,
  type VoucherStaff,
  voucherActor,
} from './context.ts'
import { checkEligible } from './eligible.ts'
import { voucherNotice } from './notice.ts'
import { problemOf, refuse, type VoucherRefusal } from './problem.ts'
import { remindTimes } from './remind-times.ts'

/** What a new voucher would store: as a request (`apply`) or issued straight (`grant`). */
export async function planNewVoucher(
  context: VoucherContext,
  of: { head: CaseHead; kind: string; move: 'apply' | 'grant'; actor: VoucherActor; key: string },
  at: string,
): Promise<
  { ok: true; voucher: VoucherHead; statements: Statement[]; draft: AuditDraft } | VoucherRefusal
> {
  const kind = kindOf(context, of.kind)
  if (kind === undefined) return refuse({ kind: 'no-such-kind' })
  const holder = await checkEligible(context, of.head, at)
  if (!holder.ok) return holder
  const { life } = context.pack.vouchers
  const moved = makeMove(life, beginning(life), { move: of.move, actor: of.actor, at })
  if (!moved.ok) return moved
  const voucher = await draftVoucher(context, of.head, kind, holder)
  if (voucher === null) return refuse({ kind: 'no-budget' })
  const issue = of.move === 'grant' ? await issueOf(context, at) : undefined
  const { event, state } = moved
  const head: VoucherHead = {
    ...voucher,
    state: event.to,
    version: 1,
    appliedAt: at,
    updatedAt: at,
    closedAt: null,
    useBy: issue?.useBy ?? null,
    claimBy: issue?.claimBy ?? null,
    issuedAt: issue === undefined ? null : at,
  }
  return {
    ok: true,
    voucher: head,
    draft: await draftOf(head, event, of.actor),
    statements: await writeVoucher(context.vault, {
      voucher,
      created: voucher,
      event,
      state,
      key: of.key,
      ...(issue === undefined ? {} : { issue, ...moneyOf(context, head) }),
      also:
        issue === undefined ? [] : await voucherNotice(context, head, event, { code: issue.code }),
    }),
  }
}

/** The money of an issue: out of the budget, and on the account of the enterprise's year. */
export function moneyOf(
  { pack }: VoucherContext,
  head: Pick<VoucherHead, 'faceFen' | 'creditIndex'>,
) {
  const { year, yearlyFen } = pack.vouchers
  return {
    transfers: [{ from: 'available', to: 'outstanding', amount: head.faceFen } as const],
    yearly: {
      programme: pack.programme.id,
      year,
      creditIndex: head.creditIndex,
      fen: head.faceFen,
      cap: yearlyFen,
    },
  }
}

/** Code and dates of a voucher that is issued now. */
export async function issueOf(context: VoucherContext, at: string): Promise<VoucherIssue> {
  const { vault, pack } = context
  const code = await newVoucherCode(vault)
  const { useBy, claimBy } = voucherDates(pack.vouchers, dayOf(at))
  return {
    code,
    useBy,
    claimBy,
    codeIndex: await voucherCodeIndex(vault, code),
    remindAt: remindTimes(pack.vouchers.remindDays, useBy, at)[0]?.at ?? null,
  }
}

/**
 * Issues a voucher for an application without having been asked, as the city's reviewer. Under one key, it
 * is issued once; never beyond the budget, whoever issues at once.
 */
export async function issueVoucher(
  context: VoucherContext,
  staff: VoucherStaff,
  { caseNumber, kind, key }: { caseNumber: string; kind: string; key: string },
): Promise<VoucherActed> {
  const actor = voucherActor(staff)
  if (actor === null) return refuse({ kind: 'not-yours' })
  const head = await loadCase(context.db, { number: caseNumber })
  if (head === null || head.programmeId !== context.pack.programme.id) {
    return refuse({ kind: 'no-such-case' })
  }
  return commit<VoucherActed>(context.db, {
    // One number after the other: who issues at once in this process does not lose to each other.
    queue: `issue:${budgetIdOf(context)}`,
    plan: async () => {
      const done = await findVoucherAct(context.db, key)
      const before = done === null ? null : await loadVoucher(context.db, { id: done.voucherId })
      if (before !== null) {
        const same = before.caseId === head.id && before.kind === kind
        return {
          made: same
            ? { ok: true, head: before, again: true, notified: false }
            : refuse({ kind: 'conflict' }),
        }
      }
      const at = context.now()
      const planned = await planNewVoucher(context, { head, kind, actor, key, move: 'grant' }, at)
      if (!planned.ok) return { made: planned }
      return {
        result: { ok: true, head: planned.voucher, again: false, notified: true },
        write: planned.statements,
        audit: [planned.draft],
      }
    },
    races: SAME_OR_TAKEN,
    means: (broken) => {
      const problem = problemOf(broken)
      if (problem === null) return null
      return refuse(problem.kind === 'too-much' ? { kind: 'budget-used-up' } : problem)
    },
  })
}

/** Somebody else has done this very thing, or the number or the code is taken: the next ones are others. */
const SAME_OR_TAKEN: readonly Constraint[] = [
  'voucher_events.request_key',
  'vouchers.request_key',
  'vouchers.number',
  'vouchers.code_index',
]

async function draftVoucher(
  context: VoucherContext,
  head: CaseHead,
  kind: VoucherKind,
  holder: { creditIndex: string; personIndex: string },
): Promise<NewVoucher | null> {
  const { db, pack, newId } = context
  const budgetId = budgetIdOf(context)
  const [budgets = []] = await db.read([
    { sql: 'SELECT 1 FROM voucher_budgets WHERE id = ?', args: [budgetId] },
  ])
  if (budgets.length === 0) return null
  const serial = await nextVoucherSerial(db, budgetId)
  const { prefix, year } = pack.vouchers
  return {
    id: newId(),
    number: `${prefix}${String(year).slice(2)}-${String(serial).padStart(6, '0')}`,
    programmeId: pack.programme.id,
    budgetId,
    caseId: head.id,
    contactId: head.contactId,
    district: head.district,
    kind: kind.id,
    faceFen: kind.faceFen,
    sharePercent: kind.sharePercent,
    perDealFen: kind.perDealFen,
    creditIndex: holder.creditIndex,
    personIndex: holder.personIndex,
  }
}
