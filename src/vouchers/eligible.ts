import type { CaseHead } from '../../db/cases/cases.ts'
import { identityIndex, openCase } from '../../db/cases/content.ts'
import { daysBetween } from '../../flows/programme/lifecycle/voucher-rules.ts'
import { dayOf, type VoucherContext } from './context.ts'
import { refuse, type VoucherRefusal } from './problem.ts'

/** The enterprise of a case that may have vouchers, by blind indexes. */
export type Holder = {
  ok: true
  creditIndex: string
  personIndex: string
  enterprise: string | null
}

/** Whether the rules let the enterprise of a case have vouchers at all; caps and budget are looked at later. */
export async function checkEligible(
  { db, vault, pack }: Pick<VoucherContext, 'db' | 'vault' | 'pack'>,
  head: CaseHead,
  at: string,
): Promise<Holder | VoucherRefusal> {
  const { stages, minCaseAgeDays } = pack.vouchers.requires
  if (!stages.includes(head.stage)) return refuse({ kind: 'not-eligible', why: 'stage' })
  if (daysBetween(dayOf(head.completedAt), dayOf(at)) < minCaseAgeDays) {
    return refuse({ kind: 'not-eligible', why: 'too-early' })
  }
  const content = await openCase(db, vault, head.id)
  if (content === null) return refuse({ kind: 'not-eligible', why: 'erased' })
  const { creditCode, enterpriseName } = content.answers
  // Without a code, nobody could tell whether a provider is the enterprise itself.
  if (typeof creditCode !== 'string') return refuse({ kind: 'not-eligible', why: 'licence' })
  return {
    ok: true,
    creditIndex: await vault.index('credit-code', creditCode),
    personIndex: await identityIndex(vault, content.applicant.identityNumber),
    enterprise: typeof enterpriseName === 'string' ? enterpriseName : null,
  }
}
