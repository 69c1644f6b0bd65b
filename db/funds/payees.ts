import type { Payee, PayeeDoubt } from '../../flows/programme/money/payee.ts'
import type { Database, SqlValue, Statement } from '../core/database.ts'
import { insertInto, maybe, query, type RowOf, shape } from '../core/query.ts'
import { type Vault, VaultError } from '../core/vault.ts'
import { cases } from '../schema/cases.ts'
import { fundPayees } from '../schema/funds.ts'
import { staff } from '../schema/staff.ts'
import { districtFilter } from '../staff/district.ts'

const HEAD = shape({
  id: fundPayees.id,
  caseId: fundPayees.caseId,
  details: fundPayees.details,
  state: fundPayees.state,
  why: fundPayees.why,
  firstId: fundPayees.firstBy,
  firstBy: maybe(staff.name),
  secondBy: {
    sql: 'second.name',
    read: (value: SqlValue) => (value === null ? null : String(value)),
  },
  version: fundPayees.version,
  at: fundPayees.at,
  decidedAt: fundPayees.decidedAt,
  number: cases.number,
  district: cases.district,
  contactId: cases.contactId,
})

/** An account to pay to; `payee` null: it is gone, or does not open. */
export type PayeeLine = Omit<RowOf<typeof HEAD>, 'details'> & { payee: Payee | null }

const FROM = `SELECT ${HEAD.columns} FROM fund_payees JOIN cases ON cases.id = fund_payees.case_id
  LEFT JOIN staff ON staff.id = fund_payees.first_by LEFT JOIN staff second ON second.id = fund_payees.second_by`

/** The accounts that these eyes may see, the newest first: of an application, or one. */
export async function listPayees(
  db: Database,
  vault: Vault,
  eyes: { district: string | null },
  of: { caseId: string } | { id: string },
): Promise<PayeeLine[]> {
  const seen = districtFilter(eyes, 'cases.district')
  const [column, value] = 'id' in of ? ['id', of.id] : ['case_id', of.caseId]
  const rows = await query(
    db,
    `${FROM} WHERE fund_payees.${column} = ? AND ${seen.sql} ORDER BY fund_payees.at DESC, fund_payees.id DESC`,
    [value, ...seen.args],
    HEAD,
  )
  return Promise.all(
    rows.map(async ({ details, ...line }) => ({
      ...line,
      payee: await openPayee(vault, line.id, details),
    })),
  )
}

/** The details of an account as they are sealed; null for what is gone or does not open. */
export async function openPayee(vault: Vault, id: string, details: unknown): Promise<Payee | null> {
  if (!(details instanceof Uint8Array)) return null
  try {
    // Our own JSON, authenticated by the seal.
    return JSON.parse(await vault.openText(details, payeeContext(id)))
  } catch (error) {
    if (error instanceof VaultError) return null
    throw error
  }
}

/** Where an account is sealed for. */
export function payeeContext(id: string): string {
  return `payee:${id}`
}

/**
 * A new account of an application, in the place of one that waits. It stands at once where nothing is doubted; otherwise it
 * waits for two members of staff. `fund_payees_standing`: one stands by now.
 */
export async function insertPayee(
  vault: Vault,
  {
    id,
    caseId,
    payee,
    why,
    at,
  }: { id: string; caseId: string; payee: Payee; why: PayeeDoubt | null; at: string },
): Promise<Statement[]> {
  return [
    endPayees(`case_id = ? AND state IN ('asked', 'seen')`, [caseId], at),
    insertInto(fundPayees, {
      id,
      caseId,
      details: await vault.seal(JSON.stringify(payee), payeeContext(id)),
      state: why === null ? 'stands' : 'asked',
      why,
      at,
    }),
  ]
}

/** Nothing is paid to these accounts any more: their details go. */
function endPayees(which: string, args: readonly SqlValue[], at: string): Statement {
  return {
    sql: `UPDATE fund_payees SET state = 'over', details = NULL, decided_at = coalesce(decided_at, ?), version = version + 1
      WHERE ${which}`,
    args: [at, ...args],
  }
}

/** A person takes their accounts back. Of what was paid the amount, the day and the voucher number stay, not the account. */
export function forgetPayees(contactId: string, at: string): Statement {
  return endPayees(
    `details IS NOT NULL AND case_id IN (SELECT id FROM cases WHERE contact_id = ?)`,
    [contactId],
    at,
  )
}

/** What a member of staff says to an account that waits, upon what they saw (`fund_payees_version`). */
export type PayeeDecision = {
  id: string
  caseId: string
  version: number
  says: 'first-yes' | 'second-yes' | 'no'
  by: string
  at: string
}

/** The statements of a decision: with the second yes it stands, and the one before is over; with a no it is gone. */
export function decidePayee({ id, caseId, version, says, by, at }: PayeeDecision): Statement[] {
  const raised = 'version = CASE version WHEN ? THEN version + 1 ELSE 0 END'
  switch (says) {
    case 'first-yes':
      return [
        {
          sql: `UPDATE fund_payees SET state = 'seen', first_by = ?, ${raised} WHERE id = ?`,
          args: [by, version, id],
        },
      ]
    case 'second-yes':
      return [
        endPayees(`case_id = ? AND state = 'stands'`, [caseId], at),
        {
          sql: `UPDATE fund_payees SET state = 'stands', second_by = ?, decided_at = ?, ${raised} WHERE id = ?`,
          args: [by, at, version, id],
        },
      ]
    case 'no':
      return [
        {
          sql: `UPDATE fund_payees SET state = 'declined', details = NULL, decided_at = ?,
              first_by = coalesce(first_by, ?), ${raised} WHERE id = ?`,
          args: [at, by, version, id],
        },
      ]
  }
}
