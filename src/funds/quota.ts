import { enterQuota, QUOTA_RACES } from '../../db/funds/quotas.ts'
import { hashOf } from '../../db/staff/audit.ts'
import { commit } from '../kernel/commit/commit.ts'
import type { FundContext, FundStaff } from './context.ts'
import { type FundRefusal, refuse } from './problem.ts'

/** A district's quota as it is entered. `version`: of the one that was seen, 0 where none was entered. */
type QuotaRequest = { district: string; households: number; document: string; version: number }

const MOST = 100_000

/**
 * Enters a district's guiding quota as the province gave it to the city, with the document that says so. By the city's
 * finance office. Who comes second is told so, and nothing of theirs is written.
 */
export async function setQuota(
  { db, now, pack }: FundContext,
  staff: FundStaff,
  { district, households, document, version }: QuotaRequest,
): Promise<{ ok: true } | FundRefusal> {
  if (staff.role !== 'finance' || staff.district !== null) return refuse({ kind: 'not-yours' })
  if (!pack.places.own.some(({ id }) => id === district)) return refuse({ kind: 'no-such-place' })
  if (!Number.isInteger(households) || households < 0 || households > MOST) {
    return refuse({ kind: 'bad-count' })
  }
  if (document.trim() === '') return refuse({ kind: 'document-needed' })
  const at = now()
  const { id: programme, year } = pack.programme
  const quota = { district, households, document: document.trim(), version, at }
  return commit<{ ok: true } | FundRefusal>(db, {
    plan: async () => ({
      result: { ok: true },
      write: [enterQuota(programme, year, quota)],
      audit: [
        {
          at,
          actor: staff.id,
          action: 'fund.quota-entered',
          subject: `fund:quota-${district}`,
          after: await hashOf({ households, document: quota.document }),
          reason: String(households),
        },
      ],
    }),
    means: (broken) =>
      broken.some((name) => QUOTA_RACES.includes(name)) ? refuse({ kind: 'conflict' }) : null,
  })
}
