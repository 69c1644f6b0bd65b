import type { Constraint } from '../../db/core/constraints.ts'
import type { Statement } from '../../db/core/database.ts'
import { type AuditDraft, hashOf } from '../../db/staff/audit.ts'
import { moveAction } from '../../db/staff/audit-actions.ts'
import { loadContract, type VoucherContract } from '../../db/vouchers/contracts.ts'
import { findVoucherAct, loadVoucherEvents } from '../../db/vouchers/events.ts'
import { amountsOf, type VoucherAmounts } from '../../db/vouchers/ledger.ts'
import {
  loadVoucher,
  type VoucherHead,
  type VoucherWrite,
  writeVoucher,
} from '../../db/vouchers/vouchers.ts'
import { makeMove, standingFor } from '../../flows/programme/lifecycle/machine.ts'
import type { VoucherActor, VoucherEvent } from '../../flows/programme/lifecycle/voucher-life.ts'
import { commit } from '../kernel/commit/commit.ts'
import type { VoucherContext } from './context.ts'
import { type NoticeFacts, voucherNotice } from './notice.ts'
import { problemOf, refuse, type VoucherRefusal } from './problem.ts'

/** A voucher as it is read for an act. */
export type VoucherActScene = {
  head: VoucherHead
  events: readonly VoucherEvent[]
  amounts: VoucherAmounts
  contract: VoucherContract | null
  at: string
}

/** What a move brings with it besides its event. */
export type MovePlan =
  | ({ ok: true; facts?: NoticeFacts; head?: Partial<VoucherHead> } & Pick<
      VoucherWrite,
      'transfers' | 'issue' | 'yearly' | 'also'
    >)
  | VoucherRefusal

export type VoucherAct = {
  voucherId: string
  move: string | ((scene: VoucherActScene) => string)
  actor: VoucherActor
  reasons?: readonly string[]
  note?: string | null
  /** Of what was asked for: the same is never done twice. */
  key: string | null
  /** Of the voucher as the person saw it; without it, it is taken as it is now. */
  version?: number
  plan: (scene: VoucherActScene) => Promise<MovePlan> | MovePlan
}

/** A move that can be stored. */
type Planned = {
  ok: true
  head: VoucherHead
  event: VoucherEvent
  statements: Statement[]
  notified: boolean
}

export type VoucherActed =
  | {
      ok: true
      head: VoucherHead
      /** True where this very thing had been done before: a double click. */
      again: boolean
      notified: boolean
    }
  | VoucherRefusal

/** What a move would store, upon the voucher as it is now; nothing is written. */
export async function planVoucher(
  context: VoucherContext,
  act: VoucherAct,
  at: string,
): Promise<Planned | VoucherRefusal> {
  const { db, vault, pack } = context
  const head = await loadVoucher(db, { id: act.voucherId })
  if (head === null) return refuse({ kind: 'no-such-voucher' })
  const events = await loadVoucherEvents(db, vault, head.id)
  const history = { state: head.state, events }
  const { life } = pack.vouchers
  const standing = standingFor(life, history, act.actor)
  if (act.version !== undefined && act.version !== head.version) {
    return { ...refuse({ kind: 'conflict' }), standing }
  }
  const scene: VoucherActScene = {
    head,
    events,
    at,
    amounts: await amountsOf(db, head.id),
    contract: await loadContract(db, vault, head.id),
  }
  const move = typeof act.move === 'string' ? act.move : act.move(scene)
  const { actor, reasons = [], note = null } = act
  const moved = makeMove(life, history, { move, actor, at, reasons, note })
  if (!moved.ok) return moved
  const plan = await act.plan(scene)
  if (!plan.ok) return { ...plan, standing }
  const { event, state } = moved
  const after = { ...head, ...plan.head, state: event.to, version: event.ordinal, updatedAt: at }
  const notice = await voucherNotice(context, after, event, plan.facts ?? {})
  const { transfers, issue, yearly, also = [] } = plan
  const statements = await writeVoucher(vault, {
    voucher: head,
    event,
    state,
    key: act.key,
    ...(transfers === undefined ? {} : { transfers }),
    ...(issue === undefined ? {} : { issue }),
    ...(yearly === undefined ? {} : { yearly }),
    also: [...also, ...notice],
  })
  return { ok: true, head: after, event, statements, notified: notice.length > 0 }
}

/**
 * Moves a voucher, with its money, its audit entry and its notice, in one batch. Done twice under one key,
 * it is done once. Who comes second to a voucher that has changed since they saw it is told so.
 */
export function actOnVoucher(
  context: VoucherContext,
  act: VoucherAct,
  also: readonly AuditDraft[] = [],
): Promise<VoucherActed> {
  return commit<VoucherActed>(context.db, {
    queue: act.voucherId,
    plan: async () => {
      const made = await doneBefore(context, act)
      if (made !== null) return { made }
      const planned = await planVoucher(context, act, context.now())
      if (!planned.ok) return { made: planned }
      const { head, event, statements, notified } = planned
      return {
        result: { ok: true, head, again: false, notified },
        write: statements,
        audit: [await draftOf(head, event, act.actor), ...also],
      }
    },
    races: act.version === undefined ? [...SAME_ACT, ...MOVED] : SAME_ACT,
    means: async (broken) => {
      const problem = problemOf(broken)
      if (problem === null) return null
      if (problem.kind !== 'too-much' || act.version !== undefined) return refuse(problem)
      // What was there a moment ago is gone by now; else it is the budget that has no more.
      const now = await planVoucher(context, act, context.now())
      return now.ok ? refuse(problem) : now
    },
  })
}

/** Somebody has done this very thing. */
const SAME_ACT: readonly Constraint[] = ['voucher_events.request_key']
/** Somebody has moved the voucher: where it is taken as it is, the next look says what is true now. */
const MOVED: readonly Constraint[] = [
  'voucher_events.voucher_id',
  'voucher_contracts.voucher_id',
  'voucher_claims.voucher_id',
]

async function doneBefore(
  { db }: VoucherContext,
  { key, actor }: VoucherAct,
): Promise<VoucherActed | null> {
  const done = key === null ? null : await findVoucherAct(db, key)
  if (done === null) return null
  if (done.actorId !== (actor.id ?? null)) return refuse({ kind: 'conflict' })
  const head = await loadVoucher(db, { id: done.voucherId })
  return head === null ? null : { ok: true, head, again: true, notified: false }
}

/** The audit entry of a move: who, what, and the voucher before and after by hash. */
export async function draftOf(
  head: Pick<VoucherHead, 'id'>,
  event: VoucherEvent,
  actor: VoucherActor,
): Promise<AuditDraft> {
  const { move, from, to, ordinal, reasons, at } = event
  return {
    at,
    actor: actor.id ?? 'system',
    action: moveAction('voucher', move),
    subject: `voucher:${head.id}`,
    before: await hashOf({ state: from, version: ordinal - 1 }),
    after: await hashOf({ state: to, version: ordinal }),
    reason: reasons.length === 0 ? null : reasons.join(','),
  }
}
