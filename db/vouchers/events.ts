import { type VoucherEvent, VoucherRole } from '../../flows/programme/lifecycle/voucher-life.ts'
import type { Database, Statement } from '../core/database.ts'
import { sealedMoves } from '../core/lifecycle-events.ts'
import { first, type RowOf, shape } from '../core/query.ts'
import type { Vault } from '../core/vault.ts'
import { voucherEvents } from '../schema/vouchers.ts'

const MOVES = sealedMoves({
  table: voucherEvents,
  of: voucherEvents.voucherId,
  from: voucherEvents.fromState,
  to: voucherEvents.toState,
  role: VoucherRole.parse,
  words: ({ note }: VoucherEvent): Pick<VoucherEvent, 'note'> | null =>
    note === null ? null : { note },
  nothing: { note: null },
  sealedFor: voucherEventContext,
})

/** The history of a voucher, in order. */
export const loadVoucherEvents = MOVES.list

/**
 * The row of an event. `key`: of what was asked for; the same is never done twice
 * (`voucher_events.request_key`).
 */
export function insertVoucherEvent(
  vault: Vault,
  voucherId: string,
  event: VoucherEvent,
  key: string | null,
): Promise<Statement> {
  return MOVES.insert(vault, voucherId, event, { request_key: key })
}

/** Where the words of an event are sealed for. */
export function voucherEventContext(voucherId: string, ordinal: number): string {
  return `voucher:${voucherId}:event:${ordinal}`
}

const ACT = shape({
  voucherId: voucherEvents.voucherId,
  move: voucherEvents.move,
  actorId: voucherEvents.actorId,
})

/** The voucher that something was done to under this key before, or null. */
export function findVoucherAct(db: Database, key: string): Promise<RowOf<typeof ACT> | null> {
  const one = `SELECT ${ACT.columns} FROM voucher_events WHERE request_key = ?`
  return first(db, one, [key], ACT)
}
