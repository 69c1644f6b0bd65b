import type { Statement } from '../../db/core/database.ts'
import type { AuditDraft } from '../../db/staff/audit.ts'
import { putLink } from '../../db/staff/members.ts'
import type { PlannedWrite } from '../kernel/commit/commit.ts'
import { hashToken } from '../kernel/ids.ts'

const LINK_HOURS = 72

/**
 * The one-time link by which somebody sets their password, to be committed in one batch with what made it
 * necessary. The token is only in the address that results; we keep its hash.
 */
export async function planLink(
  deps: { now: () => string; newId: () => string; webUrl: () => string },
  staffId: string,
  entry: Omit<AuditDraft, 'at' | 'subject'>,
  before: readonly Statement[] = [],
): Promise<PlannedWrite<string>> {
  const token = deps.newId() + deps.newId()
  const at = deps.now()
  const expiresAt = new Date(Date.parse(at) + LINK_HOURS * 3600_000).toISOString()
  const link = putLink({ staffId, tokenHash: await hashToken(token), expiresAt })
  return {
    result: `${deps.webUrl()}/console/set-up/${token}`,
    write: [...before, link],
    audit: [{ ...entry, at, subject: `staff:${staffId}` }],
  }
}
