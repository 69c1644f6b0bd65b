import type { Database, Statement } from '../core/database.ts'
import { first, insertInto, query, type RowOf, shape } from '../core/query.ts'
import type { Vault } from '../core/vault.ts'
import {
  voucherClaims,
  voucherContracts,
  voucherPapers,
  voucherProviders,
} from '../schema/voucher-deals.ts'
import { vouchers } from '../schema/vouchers.ts'

const claim = {
  id: voucherClaims.id,
  voucherId: voucherClaims.voucherId,
  contractId: voucherClaims.contractId,
  providerId: voucherClaims.providerId,
  amountFen: voucherClaims.amount,
  month: voucherClaims.month,
  status: voucherClaims.status,
  claimedAt: voucherClaims.claimedAt,
  checkedAt: voucherClaims.checkedAt,
  paidAt: voucherClaims.paidAt,
  details: voucherClaims.details,
}
const CLAIM = shape(claim)
const LINE = shape({
  ...claim,
  provider: voucherProviders.name,
  number: vouchers.number,
  kind: vouchers.kind,
  state: vouchers.state,
  district: vouchers.district,
  totalFen: voucherContracts.total,
})
type Opened<Row> = Omit<Row, 'details'> & { invoiceNumber: string }

/** What a provider is owed for a voucher; `month`: `YYYY-MM` in China, of the claim. */
export type VoucherClaim = Opened<RowOf<typeof CLAIM>>
/** A line of a settlement: a claim with what it is about. */
export type SettlementRow = Opened<RowOf<typeof LINE>>
export type ClaimStatus = VoucherClaim['status']

/** A claim's row. The batch fails with a `ConstraintError` of `voucher_claims.voucher_id` where there is one. */
export async function insertClaim(vault: Vault, one: VoucherClaim): Promise<Statement> {
  const { amountFen: amount, invoiceNumber, ...same } = one
  const words = JSON.stringify({ invoiceNumber })
  const details = await vault.seal(words, claimContext(one.id))
  return insertInto(voucherClaims, { ...same, amount, details })
}

/** What becomes of the claim that stands for a voucher. */
export function moveClaim(
  voucherId: string,
  status: Exclude<ClaimStatus, 'claimed'>,
  at: string,
): Statement {
  const column = { returned: null, checked: 'checked_at', paid: 'paid_at' }[status]
  return {
    sql: `UPDATE voucher_claims SET status = ?${column === null ? '' : `, ${column} = ?`}
      WHERE voucher_id = ? AND status NOT IN ('returned', 'paid')`,
    args: [status, ...(column === null ? [] : [at]), voucherId],
  }
}

/** Where the details of a claim are sealed for. */
export function claimContext(id: string): string {
  return `voucher-claim:${id}`
}

/** The claim that stands for a voucher, or null. */
export async function loadClaim(
  db: Database,
  vault: Vault,
  voucherId: string,
): Promise<VoucherClaim | null> {
  const one = `SELECT ${CLAIM.columns} FROM voucher_claims WHERE voucher_id = ? AND status <> 'returned'`
  const found = await first(db, one, [voucherId], CLAIM)
  return found === null ? null : openClaim(vault, found)
}

/** The claims of a month, by provider and number; `eyes` limits them to a provider or a district. */
export async function listClaims(
  db: Database,
  vault: Vault,
  eyes: { programme: string; month: string; providerId: string | null; district: string | null },
): Promise<SettlementRow[]> {
  const all = `SELECT ${LINE.columns} FROM voucher_claims
    JOIN vouchers ON vouchers.id = voucher_claims.voucher_id
    JOIN voucher_providers ON voucher_providers.id = voucher_claims.provider_id
    JOIN voucher_contracts ON voucher_contracts.id = voucher_claims.contract_id
    WHERE vouchers.programme_id = ? AND month = ? AND voucher_claims.status <> 'returned'
      AND (? IS NULL OR voucher_claims.provider_id = ?) AND (? IS NULL OR vouchers.district = ?)
    ORDER BY voucher_providers.name, voucher_providers.id, vouchers.number`
  const { programme, month, providerId, district } = eyes
  const args = [programme, month, providerId, providerId, district, district]
  const lines = await query(db, all, args, LINE)
  return Promise.all(lines.map((line) => openClaim(vault, line)))
}

async function openClaim<Row extends RowOf<typeof CLAIM>>(
  vault: Vault,
  { details, ...row }: Row,
): Promise<Omit<Row, 'details'> & { invoiceNumber: string }> {
  const opened = details === null ? null : await vault.openText(details, claimContext(row.id))
  return { ...row, invoiceNumber: opened === null ? '' : JSON.parse(opened).invoiceNumber }
}

const PAPER = shape({
  id: voucherPapers.id,
  voucherId: voucherPapers.voucherId,
  providerId: voucherPapers.providerId,
  kind: voucherPapers.kind,
  mime: voucherPapers.mime,
  size: voucherPapers.size,
  at: voucherPapers.at,
  name: voucherPapers.name,
})
/** A file that a provider handed in for a voucher. */
export type VoucherPaperHead = Omit<RowOf<typeof PAPER>, 'name'> & { name: string | null }

/** The row of a file before its bytes are there. */
export async function beginPaper(vault: Vault, one: VoucherPaperHead): Promise<Statement> {
  const name = one.name === null ? null : await vault.seal(one.name, paperNameContext(one.id))
  return insertInto(voucherPapers, { ...one, name, status: 'arriving' })
}

/** Its bytes are there. */
export function settlePaper(id: string): Statement {
  return { sql: `UPDATE voucher_papers SET status = 'kept' WHERE id = ?`, args: [id] }
}

/** Files whose bytes never all came: a crash left them before `before`. */
export async function listHalfPapers(db: Database, before: string): Promise<string[]> {
  const half = `SELECT id FROM voucher_papers WHERE status = 'arriving' AND at < ? LIMIT 100`
  return (await query(db, half, [before], shape({ id: voucherPapers.id }))).map(({ id }) => id)
}

/** Takes the row of such a file away, after its bytes. */
export function dropHalfPaper(id: string): Statement {
  return { sql: `DELETE FROM voucher_papers WHERE id = ? AND status = 'arriving'`, args: [id] }
}

/** Where the name of a provider's file is sealed for. */
export function paperNameContext(id: string): string {
  return `voucher-paper:${id}:name`
}

/**
 * The files of a voucher that are whole, oldest first: all of them, or those of one contract. What another provider
 * handed in for a contract that was called off is neither shown to the next one nor does it count for them.
 */
export async function listPapers(
  db: Database,
  vault: Vault,
  voucherId: string,
  of: { providerId: string; madeAt: string } | null,
): Promise<VoucherPaperHead[]> {
  const [provider, since] = [of?.providerId ?? null, of?.madeAt ?? '']
  const kept = `SELECT ${PAPER.columns} FROM voucher_papers
    WHERE voucher_id = ? AND (? IS NULL OR provider_id = ?) AND at >= ? AND status = 'kept' ORDER BY at, id`
  return Promise.all(
    (await query(db, kept, [voucherId, provider, provider, since], PAPER)).map(
      async ({ name, ...paper }) => ({
        ...paper,
        name: name === null ? null : await vault.openText(name, paperNameContext(paper.id)),
      }),
    ),
  )
}
