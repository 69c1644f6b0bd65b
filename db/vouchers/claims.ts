import type { VoucherPaper } from '../../flows/programme/lifecycle/voucher.ts'
import type { Database, SqlValue, Statement } from '../core/database.ts'
import type { Vault } from '../core/vault.ts'

export type ClaimStatus = 'claimed' | 'returned' | 'checked' | 'paid'

/** What a provider is owed for a voucher. */
export type VoucherClaim = {
  id: string
  voucherId: string
  contractId: string
  providerId: string
  amountFen: number
  /** `YYYY-MM` in China, of the claim. */
  month: string
  status: ClaimStatus
  invoiceNumber: string
  claimedAt: string
  checkedAt: string | null
  paidAt: string | null
}

/** A line of a settlement: a claim with what it is about. */
export type SettlementRow = VoucherClaim & {
  provider: string
  number: string
  kind: string
  state: string
  district: string
  totalFen: number
}

const COLUMNS = `c.id, c.voucher_id, c.contract_id, c.provider_id, c.amount, c.month, c.status, c.details,
  c.claimed_at, c.checked_at, c.paid_at`

/** A claim's row. The batch fails with a `ConstraintError` of `voucher_claims.voucher_id` where there is one. */
export async function insertClaim(vault: Vault, one: VoucherClaim): Promise<Statement> {
  return {
    sql: `INSERT INTO voucher_claims
      (id, voucher_id, contract_id, provider_id, amount, month, status, details, claimed_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    args: [
      one.id,
      one.voucherId,
      one.contractId,
      one.providerId,
      one.amountFen,
      one.month,
      one.status,
      await vault.seal(JSON.stringify({ invoiceNumber: one.invoiceNumber }), claimContext(one.id)),
      one.claimedAt,
    ],
  }
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
  const [rows = []] = await db.read([
    {
      sql: `SELECT ${COLUMNS} FROM voucher_claims c WHERE c.voucher_id = ? AND c.status <> 'returned'`,
      args: [voucherId],
    },
  ])
  const [row] = rows
  return row === undefined ? null : parseClaim(vault, row)
}

/** The claims of a month, by provider and number; `eyes` limits them to a provider or a district. */
export async function listClaims(
  db: Database,
  vault: Vault,
  eyes: { programme: string; month: string; providerId: string | null; district: string | null },
): Promise<SettlementRow[]> {
  const [rows = []] = await db.read([
    {
      sql: `SELECT ${COLUMNS}, p.name, v.number, v.kind, v.state, v.district, k.total
        FROM voucher_claims c
        JOIN vouchers v ON v.id = c.voucher_id
        JOIN voucher_providers p ON p.id = c.provider_id
        JOIN voucher_contracts k ON k.id = c.contract_id
        WHERE v.programme_id = ? AND c.month = ? AND c.status <> 'returned'
          AND (? IS NULL OR c.provider_id = ?) AND (? IS NULL OR v.district = ?)
        ORDER BY p.name, p.id, v.number`,
      args: [
        eyes.programme,
        eyes.month,
        eyes.providerId,
        eyes.providerId,
        eyes.district,
        eyes.district,
      ],
    },
  ])
  return Promise.all(
    rows.map(async (row) => {
      const [provider, number, kind, state, district, total] = row.slice(11)
      return {
        ...(await parseClaim(vault, row)),
        provider: String(provider),
        number: String(number),
        kind: String(kind),
        state: String(state),
        district: String(district),
        totalFen: Number(total),
      }
    }),
  )
}

async function parseClaim(vault: Vault, row: readonly SqlValue[]): Promise<VoucherClaim> {
  const [id, voucherId, contractId, providerId, amount, month, status, details] = row
  const [claimedAt, checkedAt, paidAt] = row.slice(8)
  return {
    id: String(id),
    voucherId: String(voucherId),
    contractId: String(contractId),
    providerId: String(providerId),
    amountFen: Number(amount),
    month: String(month),
    // Kept by a CHECK.
    status: String(status) as ClaimStatus,
    invoiceNumber:
      details instanceof Uint8Array
        ? JSON.parse(await vault.openText(details, claimContext(String(id)))).invoiceNumber
        : '',
    claimedAt: String(claimedAt),
    checkedAt: checkedAt == null ? null : String(checkedAt),
    paidAt: paidAt == null ? null : String(paidAt),
  }
}

/** A file that a provider handed in for a voucher. */
export type VoucherPaperHead = {
  id: string
  voucherId: string
  providerId: string
  kind: VoucherPaper
  mime: string
  size: number
  name: string | null
  at: string
}

/** The row of a file before its bytes are there. */
export async function beginPaper(vault: Vault, one: VoucherPaperHead): Promise<Statement> {
  return {
    sql: `INSERT INTO voucher_papers (id, voucher_id, provider_id, kind, status, mime, size, name, at)
      VALUES (?, ?, ?, ?, 'arriving', ?, ?, ?, ?)`,
    args: [
      one.id,
      one.voucherId,
      one.providerId,
      one.kind,
      one.mime,
      one.size,
      one.name === null ? null : await vault.seal(one.name, paperNameContext(one.id)),
      one.at,
    ],
  }
}

/** Its bytes are there. */
export function settlePaper(id: string): Statement {
  return { sql: `UPDATE voucher_papers SET status = 'kept' WHERE id = ?`, args: [id] }
}

/** Files whose bytes never all came: a crash left them before `before`. */
export async function listHalfPapers(db: Database, before: string): Promise<string[]> {
  const [rows = []] = await db.read([
    {
      sql: `SELECT id FROM voucher_papers WHERE status = 'arriving' AND at < ? LIMIT 100`,
      args: [before],
    },
  ])
  return rows.map(([id]) => String(id))
}

/** Takes the row of such a file away, after its bytes. */
export function dropHalfPaper(id: string): Statement {
  return { sql: `DELETE FROM voucher_papers WHERE id = ? AND status = 'arriving'`, args: [id] }
}

/** Where the name of a provider's file is sealed for. */
export function paperNameContext(id: string): string {
  return `voucher-paper:${id}:name`
}

/** The files of a voucher that are whole, oldest first. */
export async function listPapers(
  db: Database,
  vault: Vault,
  voucherId: string,
): Promise<VoucherPaperHead[]> {
  const [rows = []] = await db.read([
    {
      sql: `SELECT id, voucher_id, provider_id, kind, mime, size, name, at FROM voucher_papers
        WHERE voucher_id = ? AND status = 'kept' ORDER BY at, id`,
      args: [voucherId],
    },
  ])
  return Promise.all(
    rows.map(async ([id, , providerId, kind, mime, size, name, at]) => ({
      id: String(id),
      voucherId,
      providerId: String(providerId),
      // Kept by a CHECK.
      kind: String(kind) as VoucherPaper,
      mime: String(mime),
      size: Number(size),
      name:
        name instanceof Uint8Array
          ? await vault.openText(name, paperNameContext(String(id)))
          : null,
      at: String(at),
    })),
  )
}
