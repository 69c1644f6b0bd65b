import { loadCaseFile } from '../../db/cases/case-file.ts'
import type { Statement } from '../../db/core/database.ts'
import { grantFunds } from '../../db/funds/figures.ts'
import { findHolder, touchHolder } from '../../db/funds/holders.ts'
import type { AuditDraft } from '../../db/staff/audit.ts'
import { paidStages } from '../../flows/programme/money/paid-stages.ts'
import { planMove, writeOf } from '../cases/move-case.ts'
import type { FundContext, FundStaff } from './context.ts'
import { type FundRefusal, refuse } from './problem.ts'
import type { FundTarget } from './target.ts'

type Beside = { write: readonly Statement[]; audit: readonly AuditDraft[] }

/**
 * What a payment brings with it: once all of the direct subsidy is paid, its application moves on as paid, and its applicant
 * is told, in the same batch. It takes two people as that move does: who approved cannot pay.
 */
export async function besidePayment(
  context: FundContext,
  staff: FundStaff,
  { fund, holderId, grant }: FundTarget,
  amountFen: number,
): Promise<Beside | FundRefusal> {
  const { db, vault, pack, now, personalData } = context
  const holder = await findHolder(db, staff, holderId)
  // Two payments at once do not each take the other for one that is still to come.
  const seen = holder === null ? [] : [touchHolder(holder)]
  const alone = { write: seen, audit: [] }
  if (fund !== 'direct' || grant === null) return alone
  const { paid } = await grantFunds(db, holderId)
  const file = await loadCaseFile(db, vault, { id: grant.caseId })
  if (file === null) return refuse({ kind: 'no-such-case' })
  const isLast = paid + amountFen >= grant.approvedFen
  // Moved by hand before, or paid once more after a payment was taken back.
  if (!isLast || paidStages(context).includes(file.head.stage)) return alone
  const cases = { db, vault, now, personalData, pack }
  const planned = await planMove(
    cases,
    {
      number: file.head.number,
      move: pack.funds.payMove,
      actor: { role: 'finance', name: staff.name, id: staff.id },
    },
    file,
  )
  if (planned.ok) {
    const { write, audit } = await writeOf(cases, planned)
    return { write: [...seen, ...write], audit: [audit] }
  }
  return refuse({ kind: planned.problem.kind === 'same-person' ? 'approved-it' : 'not-granted' })
}
