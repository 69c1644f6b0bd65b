import { agreeStaffAsk, putStaffAsk, type StaffAsk } from '../../../db/staff/asks.ts'
import { writeAudited } from '../../../db/staff/audit.ts'
import { moveStaff, type StaffMember, signOutEverywhere } from '../../../db/staff/members.ts'
import type { Locale } from '../../../locales/keys.ts'
import type { ConsoleDeps } from '../../console/route.ts'
import { commit } from '../../kernel/commit/commit.ts'
import { tellStaff } from '../../kernel/staff/tell-staff.ts'

/** So long a second administrator may agree. */
const HOURS = 24

/** An administrator wants somebody to hold the role supervision; nothing changes until another one agrees. */
export async function askSupervision(
  deps: ConsoleDeps,
  by: StaffMember,
  member: StaffMember,
): Promise<void> {
  const at = deps.now()
  const subject = `staff:${member.id}` as const
  await writeAudited(
    deps.db,
    [{ at, actor: by.id, action: 'staff.supervision-asked', subject }],
    putStaffAsk({
      id: deps.newId(),
      kind: 'supervision',
      staffId: member.id,
      askedBy: by.id,
      askedAt: at,
      expiresAt: new Date(Date.parse(at) + HOURS * 3_600_000).toISOString(),
    }),
  )
}

/**
 * Gives the role in the place of the former one, and tells all who hold it. `not-alone`: somebody of the same name
 * decides, pays or administers (`staff_supervision_alone`); `refused`: it was agreed to already.
 */
export async function giveSupervision(
  deps: ConsoleDeps,
  by: StaffMember,
  member: StaffMember,
  ask: StaffAsk,
): Promise<{ link: null } | 'refused' | 'not-alone'> {
  const at = deps.now()
  const names = { name: member.name, asked: ask.askedBy.name, agreed: by.name }
  const told = (locale: Locale) => ({
    text: deps.translate(locale, 'tipoffs-console.told', names),
    quickReplies: [],
  })
  const done = await commit<{ link: null } | 'refused' | 'not-alone'>(deps.db, {
    plan: async () => ({
      result: { link: null },
      write: [
        agreeStaffAsk(ask.id, by.id),
        moveStaff(member.id, { role: 'supervision', district: null, providerId: null }, at),
        signOutEverywhere(member.id),
        ...(await tellStaff(deps, { role: 'supervision' }, told)),
        ...(await tellStaff(deps, { staffId: member.id }, told)),
      ],
      audit: [
        {
          at,
          actor: by.id,
          action: 'staff.supervision-given',
          subject: `staff:${member.id}`,
          reason: `asked by ${ask.askedBy.id}`,
        },
      ],
    }),
    means: (broken) => (broken.includes('staff_supervision_alone') ? 'not-alone' : 'refused'),
  })
  if (typeof done === 'object') deps.wake()
  return done
}
