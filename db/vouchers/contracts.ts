import type { Database, SqlValue, Statement } from '../core/database.ts'
import type { Vault } from '../core/vault.ts'

/** The contract that a voucher is kept for; `endedAt`: it was called off. */
export type VoucherContract = {
  id: string
  voucherId: string
  providerId: string
  totalFen: number
  /** What the voucher pays of it at most. */
  reservedFen: number
  title: string | null
  madeAt: string
  endedAt: string | null
}

/** One redemption; `reversedAt`: it was taken back. */
export type VoucherRedemption = {
  id: string
  contractId: string
  providerId: string
  amountFen: number
  /** How the holder said yes. */
  by: 'chat' | 'pin'
  redeemedAt: string
  reversedAt: string | null
}

/**
 * A new contract. Fails with a `ConstraintError` of `voucher_contract_fits` where the provider is not
 * listed for it or is related to the enterprise, or the sum is above share or cap; and of
 * `voucher_contracts.voucher_id` where there is one already.
 */
export async function insertContract(
  vault: Vault,
  one: Omit<VoucherContract, 'endedAt'>,
): Promise<Statement> {
  const { id, voucherId, providerId, totalFen, reservedFen, title, madeAt } = one
  return {
    sql: `INSERT INTO voucher_contracts (id, voucher_id, provider_id, total, reserved, details, made_at)
      VALUES (?, ?, ?, ?, ?, ?, ?)`,
    args: [
      id,
      voucherId,
      providerId,
      totalFen,
      reservedFen,
      title === null ? null : await vault.seal(JSON.stringify({ title }), contractContext(id)),
      madeAt,
    ],
  }
}

/** A contract is called off. */
export function endContract(id: string, at: string): Statement {
  return {
    sql: 'UPDATE voucher_contracts SET ended_at = ? WHERE id = ? AND ended_at IS NULL',
    args: [at, id],
  }
}

/** Where what a contract is about is sealed for. */
export function contractContext(id: string): string {
  return `voucher-contract:${id}`
}

/** The contract that stands for a voucher now, or null. */
export async function loadContract(
  db: Database,
  vault: Vault,
  voucherId: string,
): Promise<VoucherContract | null> {
  const [rows = []] = await db.read([
    {
      sql: `SELECT id, voucher_id, provider_id, total, reserved, details, made_at, ended_at
        FROM voucher_contracts WHERE voucher_id = ? AND ended_at IS NULL`,
      args: [voucherId],
    },
  ])
  const [row] = rows
  if (row === undefined) return null
  const [id, , providerId, total, reserved, details, madeAt, endedAt] = row
  return {
    id: String(id),
    voucherId,
    providerId: String(providerId),
    totalFen: Number(total),
    reservedFen: Number(reserved),
    title:
      details instanceof Uint8Array
        ? JSON.parse(await vault.openText(details, contractContext(String(id)))).title
        : null,
    madeAt: String(madeAt),
    endedAt: endedAt == null ? null : String(endedAt),
  }
}

/** A redemption's row; the money is moved by the ledger in the same batch. */
export function insertRedemption(one: VoucherRedemption & { voucherId: string }): Statement {
  return {
    sql: `INSERT INTO voucher_redemptions (id, voucher_id, contract_id, provider_id, amount, by_way, redeemed_at)
      VALUES (?, ?, ?, ?, ?, ?, ?)`,
    args: [
      one.id,
      one.voucherId,
      one.contractId,
      one.providerId,
      one.amountFen,
      one.by,
      one.redeemedAt,
    ],
  }
}

/** Takes a redemption back; the batch fails with a `ConstraintError` of `voucher_reversed_once` the second time. */
export function reverseRedemptionRow(id: string, at: string): Statement {
  return {
    sql: 'UPDATE voucher_redemptions SET reversed_at = ?, reversals = reversals + 1 WHERE id = ?',
    args: [at, id],
  }
}

/** The redemptions of a voucher, oldest first, those taken back among them. */
export async function listRedemptions(
  db: Database,
  voucherId: string,
): Promise<VoucherRedemption[]> {
  return selectRedemptions(db, 'voucher_id', voucherId)
}

/** One redemption with its voucher, or null. */
export async function loadRedemption(
  db: Database,
  id: string,
): Promise<(VoucherRedemption & { voucherId: string }) | null> {
  const [found] = await selectRedemptions(db, 'id', id)
  return found ?? null
}

async function selectRedemptions(db: Database, column: 'id' | 'voucher_id', value: string) {
  const [rows = []] = await db.read([
    {
      sql: `SELECT id, voucher_id, contract_id, provider_id, amount, by_way, redeemed_at, reversed_at
        FROM voucher_redemptions WHERE ${column} = ? ORDER BY redeemed_at, rowid`,
      args: [value],
    },
  ])
  return rows.map(parseRedemption)
}

function parseRedemption(row: readonly SqlValue[]): VoucherRedemption & { voucherId: string } {
  const [id, voucherId, contractId, providerId, amount, by, redeemedAt, reversedAt] = row
  return {
    id: String(id),
    voucherId: String(voucherId),
    contractId: String(contractId),
    providerId: String(providerId),
    amountFen: Number(amount),
    by: by === 'pin' ? 'pin' : 'chat',
    redeemedAt: String(redeemedAt),
    reversedAt: reversedAt == null ? null : String(reversedAt),
  }
}
