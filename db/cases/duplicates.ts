import type { Database } from '../core/database.ts'
import type { AccessScope } from './staff-cases.ts'

/** What two cases have in common. */
type SharedTrait = 'identity' | 'mobile' | 'credit'

/** Another case of the same person, mobile or business. */
export type Duplicate = {
  id: string
  number: string
  district: string
  stage: string
  by: SharedTrait[]
}

/**
 * The other cases that have a blind index in common with this one, the newest first. Of those in a
 * district that is not to be seen only the number of them is told.
 */
export async function findDuplicates(
  db: Database,
  scope: AccessScope,
  caseId: string,
): Promise<{ seen: Duplicate[]; elsewhere: number }> {
  const [rows = []] = await db.read([
    {
      sql: `SELECT c.id, c.number, c.district, c.stage, c.identity_index = o.identity_index,
          c.mobile_index = o.mobile_index, c.credit_index = o.credit_index
        FROM cases o JOIN cases c ON c.id <> o.id AND (c.identity_index = o.identity_index
          OR c.mobile_index = o.mobile_index OR c.credit_index = o.credit_index)
        WHERE o.id = ? ORDER BY c.submitted_at DESC, c.number`,
      args: [caseId],
    },
  ])
  const all = rows.map(
    ([id, number, district, stage, identity, mobile, credit]): Duplicate => ({
      id: String(id),
      number: String(number),
      district: String(district),
      stage: String(stage),
      by: [
        ...(identity === 1 ? (['identity'] as const) : []),
        ...(mobile === 1 ? (['mobile'] as const) : []),
        ...(credit === 1 ? (['credit'] as const) : []),
      ],
    }),
  )
  const seen = all.filter(({ district }) => scope.district === null || scope.district === district)
  return { seen, elsewhere: all.length - seen.length }
}
