import { confirmStaffAsk, dropStaffAsk, listStaffAsks } from '../../../db/staff/asks.ts'
import { writeAudited } from '../../../db/staff/audit.ts'
import type { StaffMember } from '../../../db/staff/members.ts'
import type { StaffReply } from '../../../flows/staff/ask.ts'
import { commit } from '../../kernel/commit/commit.ts'
import type { Deps } from '../../kernel/deps.ts'
import { tellStaff } from '../../kernel/staff/tell-staff.ts'
import { planAccess } from '../access.ts'

/**
 * What somebody says in their own linked chat to another way in that an administrator asked for: yes is as good as a
 * second administrator's, and the link goes to them alone; no takes it back, and administrators are told. The six
 * digits are not asked for, since a lost authenticator is what this is for.
 */
export async function answerAccess(
  deps: Deps,
  member: StaffMember,
  { id, wanted }: { id: string; wanted: boolean },
): Promise<StaffReply> {
  const at = deps.now()
  const asks = await listStaffAsks(deps.db, member.id, at)
  const ask = asks.find((one) => one.id === id)
  // Nobody says yes to the role supervision for themselves.
  if (ask === undefined || ask.kind === 'supervision') return { kind: 'done' }
  const { kind } = ask
  const reason = `asked by ${ask.askedBy.id}`
  if (!wanted) {
    const told = await tellStaff(deps, { role: 'admin' }, (locale) => ({
      text: deps.translate(locale, 'staff.access-refused-told', { name: member.name }),
      quickReplies: [],
    }))
    const subject = `staff:${member.id}` as const
    await writeAudited(
      deps.db,
      [{ at, actor: member.id, action: 'staff.access-refused', subject, reason }],
      [dropStaffAsk(id), ...told],
    )
    return { kind: 'access-refused' }
  }
  return commit<StaffReply>(deps.db, {
    plan: async () => {
      const also = [confirmStaffAsk(id)]
      const by = { actor: member.id, reason, also }
      const { result: link, ...planned } = await planAccess(deps, member, kind, by)
      return { ...planned, result: { kind: 'access', link } }
    },
    means: () => ({ kind: 'done' }),
  })
}
