import type { Statement } from '../../db/core/database.ts'
import type { AccessKind } from '../../db/staff/asks.ts'
import { resetTwoFactor, type StaffMember, signOutEverywhere } from '../../db/staff/members.ts'
import type { PlannedWrite } from '../kernel/commit/commit.ts'
import type { Deps } from '../kernel/deps.ts'
import { tellStaff } from '../kernel/staff/tell-staff.ts'
import { planLink } from './links.ts'

/** What a person is told of their own account. */
type AccessChange = AccessKind | 'moved' | 'shut-out'

/**
 * Changes how somebody signs in: a new one-time link, or a new authenticator at the next sign-in; all sessions end.
 * The person is told in their linked chats, whoever did it. Resolves to what is to be committed, with the link where it is one.
 */
export async function planAccess(
  deps: Pick<Deps, 'vault' | 'db' | 'now' | 'newId' | 'webUrl' | 'translate'>,
  member: Pick<StaffMember, 'id'>,
  kind: AccessKind,
  { actor, reason, also = [] }: { actor: string; reason: string; also?: readonly Statement[] },
): Promise<PlannedWrite<string | null>> {
  const told = await tellMember(deps, member.id, kind)
  if (kind === 'link') {
    const entry = { actor, action: 'staff.link-made', reason } as const
    return planLink(deps, member.id, entry, [...told, ...also, signOutEverywhere(member.id)])
  }
  const [at, subject] = [deps.now(), `staff:${member.id}` as const]
  return {
    result: null,
    write: [...told, ...also, ...resetTwoFactor(member.id, at)],
    audit: [{ at, actor, action: 'staff.authenticator-reset', subject, reason }],
  }
}

/**
 * A notice to each chat of somebody of staff. It belongs before the statements that end their chats, in their batch:
 * whoever is moved or shut out first hears of that.
 */
export function tellMember(
  deps: Pick<Deps, 'db' | 'vault' | 'now' | 'newId' | 'translate'>,
  staffId: string,
  change: AccessChange,
): Promise<Statement[]> {
  return tellStaff(deps, { staffId }, (locale) => ({
    text: deps.translate(locale, `staff.access-${change}`),
    quickReplies: [],
  }))
}
