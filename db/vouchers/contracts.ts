import type { Database, Statement } from '../core/database.ts'
import { first, insertInto, query, type RowOf, shape } from '../core/query.ts'
import type { Vault } from '../core/vault.ts'
import { voucherContracts, voucherRedemptions } from '../schema/voucher-deals.ts'

const CONTRACT = shape({
  id: voucherContracts.id,
  voucherId: voucherContracts.voucherId,
  providerId: voucherContracts.providerId,
  totalFen: voucherContracts.total,
  reservedFen: voucherContracts.reserved,
  madeAt: voucherContracts.madeAt,
  endedAt: voucherContracts.endedAt,
  details: voucherContracts.details,
})
/**
 * The contract that a voucher is kept for; `reservedFen`: what the voucher pays of it at most, `endedAt`: it was
 * called off.
 */
export type VoucherContract = Omit<RowOf<typeof CONTRACT>, 'details'> & { title: string | null }

const REDEMPTION = shape({
  id: voucherRedemptions.id,
  voucherId: voucherRedemptions.voucherId,
  contractId: voucherRedemptions.contractId,
  providerId: voucherRedemptions.providerId,
  amountFen: voucherRedemptions.amount,
  by: voucherRedemptions.byWay,
  redeemedAt: voucherRedemptions.redeemedAt,
  reversedAt: voucherRedemptions.reversedAt,
})
/** One redemption; `by`: how the holder said yes, `reversedAt`: it was taken back. */
export type VoucherRedemption = RowOf<typeof REDEMPTION>

/**
 * A new contract. Fails with a `ConstraintError` of `voucher_contract_fits` where the provider is not
 * listed for it or is related to the enterprise, or the sum is above share or cap; and of
 * `voucher_contracts.voucher_id` where there is one already.
 */
export async function insertContract(
  vault: Vault,
  one: Omit<VoucherContract, 'endedAt'>,
): Promise<Statement> {
  const { id, totalFen: total, reservedFen: reserved, title, ...same } = one
  const details =
    title === null ? null : await vault.seal(JSON.stringify({ title }), contractContext(id))
  return insertInto(voucherContracts, { ...same, id, total, reserved, details })
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
  const standing = `SELECT ${CONTRACT.columns} FROM voucher_contracts WHERE voucher_id = ? AND ended_at IS NULL`
  const found = await first(db, standing, [voucherId], CONTRACT)
  if (found === null) return null
  const { details, ...contract } = found
  const opened =
    details === null ? null : await vault.openText(details, contractContext(contract.id))
  return { ...contract, title: opened === null ? null : JSON.parse(opened).title }
}

/** A redemption's row; the money is moved by the ledger in the same batch. */
export function insertRedemption(one: Omit<VoucherRedemption, 'reversedAt'>): Statement {
  const { amountFen: amount, by: byWay, ...same } = one
  return insertInto(voucherRedemptions, { ...same, amount, byWay })
}

/** Takes a redemption back; the batch fails with a `ConstraintError` of `voucher_reversed_once` the second time. */
export function reverseRedemptionRow(id: string, at: string): Statement {
  return {
    sql: 'UPDATE voucher_redemptions SET reversed_at = ?, reversals = reversals + 1 WHERE id = ?',
    args: [at, id],
  }
}

const REDEEMED = `SELECT ${REDEMPTION.columns} FROM voucher_redemptions`

/** The redemptions of a voucher, oldest first, those taken back among them. */
export function listRedemptions(db: Database, voucherId: string): Promise<VoucherRedemption[]> {
  const all = `${REDEEMED} WHERE voucher_id = ? ORDER BY redeemed_at, rowid`
  return query(db, all, [voucherId], REDEMPTION)
}

/** One redemption, or null. */
export function loadRedemption(db: Database, id: string): Promise<VoucherRedemption | null> {
  return first(db, `${REDEEMED} WHERE id = ?`, [id], REDEMPTION)
}
