import { type VoucherEvent, VoucherRole } from '../../flows/programme/lifecycle/voucher-life.ts'
import type { Database, SqlValue, Statement } from '../core/database.ts'
import type { Vault } from '../core/vault.ts'

/**
 * The row of an event. `key`: of what was asked for; the same is never done twice
 * (`voucher_events.request_key`).
 */
export async function insertVoucherEvent(
  vault: Vault,
  voucherId: string,
  event: VoucherEvent,
  key: string | null,
): Promise<Statement> {
  const { ordinal, move, from, to, role, actor, actorId, reasons, note, at } = event
  return {
    sql: `INSERT INTO voucher_events
      (voucher_id, ordinal, move, from_state, to_state, role, actor, actor_id, reasons, details, request_key, at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    args: [
      voucherId,
      ordinal,
      move,
      from,
      to,
      role,
      actor,
      actorId,
      JSON.stringify(reasons),
      note === null
        ? null
        : await vault.seal(JSON.stringify({ note }), voucherEventContext(voucherId, ordinal)),
      key,
      at,
    ],
  }
}

/** Where the words of an event are sealed for. */
export function voucherEventContext(voucherId: string, ordinal: number): string {
  return `voucher:${voucherId}:event:${ordinal}`
}

/** The history of a voucher, in order. */
export async function loadVoucherEvents(
  db: Database,
  vault: Vault,
  voucherId: string,
): Promise<VoucherEvent[]> {
  const [rows = []] = await db.read([
    {
      sql: `SELECT ordinal, move, from_state, to_state, role, actor, actor_id, reasons, details, at
        FROM voucher_events WHERE voucher_id = ? ORDER BY ordinal`,
      args: [voucherId],
    },
  ])
  return Promise.all(rows.map((row) => parseEvent(vault, voucherId, row)))
}

/** The voucher that something was done to under this key before, or null. */
export async function findVoucherAct(
  db: Database,
  key: string,
): Promise<{ voucherId: string; move: string; actorId: string | null } | null> {
  const [rows = []] = await db.read([
    {
      sql: 'SELECT voucher_id, move, actor_id FROM voucher_events WHERE request_key = ?',
      args: [key],
    },
  ])
  const [voucherId, move, actorId] = rows[0] ?? []
  return voucherId === undefined
    ? null
    : {
        voucherId: String(voucherId),
        move: String(move),
        actorId: actorId == null ? null : String(actorId),
      }
}

async function parseEvent(
  vault: Vault,
  voucherId: string,
  row: readonly SqlValue[],
): Promise<VoucherEvent> {
  const [ordinal, move, from, to, role, actor, actorId, reasons, details, at] = row
  return {
    ordinal: Number(ordinal),
    move: String(move),
    from: String(from),
    to: String(to),
    role: VoucherRole.parse(role),
    actor: actor == null ? null : String(actor),
    actorId: actorId == null ? null : String(actorId),
    reasons: JSON.parse(String(reasons)),
    note:
      details instanceof Uint8Array
        ? JSON.parse(await vault.openText(details, voucherEventContext(voucherId, Number(ordinal))))
            .note
        : null,
    at: String(at),
  }
}
