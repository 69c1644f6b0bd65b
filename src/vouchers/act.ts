import { ConstraintError, type Statement } from '../../db/core/database.ts'
import { type AuditDraft, hashOf, writeAudited } from '../../db/staff/audit.ts'
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
import {
  applyVoucherMove,
  type VoucherActor,
  type VoucherEvent,
} from '../../flows/programme/lifecycle/voucher-life.ts'
import type { VoucherContext } from './context.ts'
import { inLine } from './in-line.ts'
import { type NoticeFacts, voucherNotice } from './notice.ts'
import { problemOf, refuse, type VoucherProblem, type VoucherRefusal } from './problem.ts'

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

/** Another process may be first; each try reads the voucher anew. */
const TRIES = 20

/** What a move would store, upon the voucher as it is now; nothing is written. */
export async function planVoucher(
  context: VoucherContext,
  act: VoucherAct,
  at: string,
): Promise<Planned | VoucherRefusal> {
  const { db, vault, pack } = context
  const head = await loadVoucher(db, { id: act.voucherId })
  if (head === null) return refuse({ kind: 'no-such-voucher' })
  if (act.version !== undefined && act.version !== head.version) return refuse({ kind: 'conflict' })
  const events = await loadVoucherEvents(db, vault, head.id)
  const scene: VoucherActScene = {
    ...{ head, events, at },
    amounts: await amountsOf(db, head.id),
    contract: await loadContract(db, vault, head.id),
  }
  const move = typeof act.move === 'string' ? act.move : act.move(scene)
  const moved = applyVoucherMove(
    pack.vouchers.life,
    { state: head.state, events },
    {
      ...{ move, actor: act.actor, at },
      ...(act.reasons === undefined ? {} : { reasons: act.reasons }),
      ...(act.note === undefined ? {} : { note: act.note }),
    },
  )
  if (!moved.ok) return moved
  const plan = await act.plan(scene)
  if (!plan.ok) return plan
  const { event, state } = moved
  const after = { ...head, ...plan.head, state: event.to, version: event.ordinal, updatedAt: at }
  const notice = await voucherNotice(context, after, event, plan.facts ?? {})
  const { transfers, issue, yearly, also = [] } = plan
  const statements = await writeVoucher(vault, {
    ...{ voucher: head, event, state, key: act.key },
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
  return inLine(context.db, act.voucherId, async () => {
    for (let tries = 1; ; tries++) {
      const done = await doneBefore(context, act)
      if (done !== null) return done
      const at = context.now()
      const planned = await planVoucher(context, act, at)
      if (!planned.ok) return planned
      const { head, event, statements, notified } = planned
      try {
        await writeAudited(context.db, [await draftOf(head, event, act.actor), ...also], statements)
        return { ok: true, head, again: false, notified }
      } catch (error) {
        const problem = await lostTo(context, act, error)
        if (problem === null) throw error
        if (problem !== 'try-again') return problem
        if (tries === TRIES) return refuse({ kind: 'conflict' })
      }
    }
  })
}

/** What a failed batch means: done before, lost to another process, or a refusal; null: a bug. */
async function lostTo(
  context: VoucherContext,
  act: VoucherAct,
  error: unknown,
): Promise<VoucherActed | 'try-again' | null> {
  if (error instanceof ConstraintError && error.columns.includes('voucher_events.request_key')) {
    return doneBefore(context, act)
  }
  const problem: VoucherProblem | null = problemOf(error)
  if (problem === null) return null
  // Others have changed it, and what there is left: the next look says what is true now.
  const moved = (await loadVoucher(context.db, { id: act.voucherId }))?.version
  if (problem.kind === 'conflict' && act.version === undefined) return 'try-again'
  if (problem.kind === 'too-much' && act.version === undefined && moved !== undefined) {
    return (await isSpentHere(context, act)) ? refuse(problem) : 'try-again'
  }
  return refuse(problem)
}

/** True where what is missing is the budget's money: reading the voucher again would not help. */
async function isSpentHere(context: VoucherContext, act: VoucherAct): Promise<boolean> {
  const planned = await planVoucher(context, act, context.now())
  return planned.ok
}

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
