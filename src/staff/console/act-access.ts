import {
  type AccessKind,
  agreeStaffAsk,
  listStaffAsks,
  putStaffAsk,
} from '../../../db/staff/asks.ts'
import { writeAudited } from '../../../db/staff/audit.ts'
import type { StaffMember } from '../../../db/staff/members.ts'
import { isSamePerson } from '../../../flows/programme/lifecycle/machine.ts'
import type { ConsoleDeps } from '../../console/route.ts'
import { commit } from '../../kernel/commit/commit.ts'
import { tellStaff } from '../../kernel/staff/tell-staff.ts'
import { planAccess } from '../access.ts'
import { giveSupervision } from './act-supervision.ts'

/** So long a second administrator may agree. */
const HOURS = 24

/**
 * An administrator wants somebody to get a new link or a new authenticator. Who has never signed in gets the link at
 * once; for anybody else a second administrator must agree, or the person in a linked chat of theirs, where they are
 * asked at once; so nobody alone can become somebody else.
 * Resolves to the link, where there is one.
 */
export async function askAccess(
  deps: ConsoleDeps,
  by: StaffMember,
  member: StaffMember,
  kind: AccessKind,
): Promise<string | null> {
  if (!member.twoFactorEnabled && kind === 'link') {
    const first = { actor: by.id, reason: 'first' }
    return commit(deps.db, { plan: () => planAccess(deps, member, kind, first) })
  }
  const [at, id] = [deps.now(), deps.newId()]
  await writeAudited(
    deps.db,
    [
      {
        at,
        actor: by.id,
        action: 'staff.access-asked',
        subject: `staff:${member.id}`,
        reason: kind,
      },
    ],
    [
      ...putStaffAsk({
        id,
        kind,
        staffId: member.id,
        askedBy: by.id,
        askedAt: at,
        expiresAt: new Date(Date.parse(at) + HOURS * 3_600_000).toISOString(),
      }),
      ...(await tellStaff(deps, { staffId: member.id }, (locale) => ({
        text: deps.translate(locale, `staff.access-asked-${kind}`, { name: by.name }),
        quickReplies: [
          { value: `!staff:access yes ${id}`, label: deps.translate(locale, 'staff.access-yes') },
          { value: `!staff:access no ${id}`, label: deps.translate(locale, 'staff.access-no') },
        ],
      }))),
    ],
  )
  deps.wake()
  return null
}

/** A second administrator agrees, once. `refused`: they asked themselves, by account or by name, or nothing is asked any more. */
export async function agreeAccess(
  deps: ConsoleDeps,
  by: StaffMember,
  member: StaffMember,
  askId: string,
): Promise<{ link: string | null } | 'refused' | 'not-alone'> {
  const asks = await listStaffAsks(deps.db, member.id, deps.now())
  const ask = asks.find(({ id }) => id === askId)
  if (ask === undefined || isSamePerson(ask.askedBy, by)) return 'refused'
  if (ask.kind === 'supervision') return giveSupervision(deps, by, member, ask)
  const { kind } = ask
  return commit<{ link: string | null } | 'refused'>(deps.db, {
    plan: async () => {
      const { result: link, ...planned } = await planAccess(deps, member, kind, {
        actor: by.id,
        reason: `asked by ${ask.askedBy.id}`,
        also: [agreeStaffAsk(ask.id, by.id)],
      })
      return { ...planned, result: { link } }
    },
    means: () => 'refused',
  })
}
