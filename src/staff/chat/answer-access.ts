import { ConstraintError } from '../../../db/core/database.ts'
import { confirmStaffAsk, dropStaffAsk, listStaffAsks } from '../../../db/staff/asks.ts'
import { writeAudited } from '../../../db/staff/audit.ts'
import type { StaffMember } from '../../../db/staff/members.ts'
import type { StaffReply } from '../../../flows/staff/ask.ts'
import type { Deps } from '../../kernel/deps.ts'
import { tellStaff } from '../../kernel/staff/tell-staff.ts'
import { changeAccess } from '../access.ts'

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
  try {
    const also = [confirmStaffAsk(id)]
    return {
      kind: 'access',
      link: await changeAccess(deps, member, kind, { actor: member.id, reason, also }),
    }
  } catch (error) {
    if (error instanceof ConstraintError) return { kind: 'done' }
    throw error
  }
}
