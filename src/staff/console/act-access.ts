import { writeAudited } from '../../../db/staff/audit.ts'
import { resetTwoFactor, type StaffMember, signOutEverywhere } from '../../../db/staff/members.ts'
import type { ConsoleDeps } from '../../console/route.ts'
import { issueLink } from '../links.ts'

/** For a lost phone: the next sign-in asks for a new authenticator; all sessions end. */
export async function resetAuthenticator(
  deps: ConsoleDeps,
  by: StaffMember,
  member: StaffMember,
): Promise<void> {
  const at = deps.now()
  await writeAudited(
    deps.db,
    [{ at, actor: by.id, action: 'staff.authenticator-reset', subject: `staff:${member.id}` }],
    resetTwoFactor(member.id, at),
  )
}

/** For a forgotten password: a new one-time link; all sessions end. */
export async function newLink(
  deps: ConsoleDeps,
  by: StaffMember,
  member: StaffMember,
): Promise<string> {
  return issueLink(deps, member.id, { actor: by.id, action: 'staff.link-made' }, [
    signOutEverywhere(member.id),
  ])
}
