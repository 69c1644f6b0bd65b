import type { PaymentStanding } from '../../flows/programme/money/payee.ts'
import type { Database } from '../core/database.ts'
import type { Vault } from '../core/vault.ts'
import { openPayee } from './payees.ts'

/**
 * How the payment of an application's direct subsidy stands, on one snapshot. `approvedFen`: what is approved where no money
 * was allotted yet; `isPaid`: its stage says that it is paid.
 */
export async function loadPaymentStanding(
  db: Database,
  vault: Vault,
  caseId: string,
  { approvedFen, isPaid }: { approvedFen: number; isPaid: boolean },
): Promise<PaymentStanding> {
  const holder = `h.case_id = ? AND h.fund = 'direct' AND h.level = 'enterprise'`
  const [approved = [], balances = [], days = [], payees = []] = await db.read([
    { sql: `SELECT h.approved FROM fund_holders h WHERE ${holder}`, args: [caseId] },
    {
      sql: `SELECT b.account, b.balance FROM fund_holders h JOIN fund_balances b ON b.owner = h.id WHERE ${holder}`,
      args: [caseId],
    },
    {
      sql: `SELECT max(a.day) FROM fund_holders h JOIN fund_acts a ON a.holder_id = h.id
        WHERE ${holder} AND a.move IN ('pay', 'settle', 'record') AND a.state = 'done'
          AND NOT EXISTS (SELECT 1 FROM fund_acts o WHERE o.reverses = a.id)`,
      args: [caseId],
    },
    {
      sql: `SELECT id, state, details FROM fund_payees WHERE case_id = ? AND details IS NOT NULL
        AND state IN ('stands', 'asked', 'seen')`,
      args: [caseId],
    },
  ])
  const on = (account: string) => Number(balances.find(([name]) => name === account)?.[1] ?? 0)
  const opened = await Promise.all(
    payees.map(async ([id, state, details]) => ({
      state: String(state),
      payee: await openPayee(vault, String(id), details),
    })),
  )
  const [day] = days[0] ?? []
  return {
    approvedFen: Number(approved[0]?.[0] ?? approvedFen),
    allotted: on('allotted'),
    listed: on('listed'),
    paid: on('paid'),
    isOpen: isPaid && on('paid') === 0,
    paidOn: typeof day === 'string' ? day : null,
    stands: opened.find(({ state }) => state === 'stands')?.payee ?? null,
    waits: opened.find(({ state }) => state !== 'stands')?.payee ?? null,
  }
}
