import type { Statement } from '../../db/core/database.ts'
import { enqueue } from '../../db/outbox/outbox.ts'
import type { AccessKind } from '../../db/staff/asks.ts'
import { writeAudited } from '../../db/staff/audit.ts'
import { resetTwoFactor, type StaffMember, signOutEverywhere } from '../../db/staff/members.ts'
import type { Address } from '../../flows/engine/types.ts'
import type { Deps } from '../kernel/deps.ts'
import { issueLink } from './links.ts'

/** The notice that somebody's way in was changed is of use so long. */
const TOLD_HOURS = 7 * 24

/**
 * Changes how somebody signs in: a new one-time link, or a new authenticator at the next sign-in; all sessions end.
 * The person is told in their linked chats, whoever did it. Resolves to the link, where it is one.
 */
export async function changeAccess(
  deps: Pick<Deps, 'db' | 'vault' | 'now' | 'newId' | 'webUrl' | 'translate'>,
  member: Pick<StaffMember, 'id'>,
  kind: AccessKind,
  { actor, reason, also = [] }: { actor: string; reason: string; also?: readonly Statement[] },
): Promise<string | null> {
  const told = await tellStaff(deps, [member.id], deps.translate('zh-Hans', `staff.access-${kind}`))
  if (kind === 'link') {
    const entry = { actor, action: 'staff.link-made', reason } as const
    return issueLink(deps, member.id, entry, [...told, ...also, signOutEverywhere(member.id)])
  }
  const at = deps.now()
  await writeAudited(
    deps.db,
    [{ at, actor, action: 'staff.authenticator-reset', subject: `staff:${member.id}`, reason }],
    [...told, ...also, ...resetTwoFactor(member.id, at)],
  )
  return null
}

/** A notice to each linked chat of people of staff, whether they work in it now or not. */
export async function tellStaff(
  deps: Pick<Deps, 'db' | 'vault' | 'now' | 'newId'>,
  staffIds: readonly string[],
  text: string,
): Promise<Statement[]> {
  const [rows = []] = await deps.db.read([
    {
      sql: `SELECT c.channel, c.external_id FROM staff_chats c
        JOIN addresses a ON a.channel = c.channel AND a.external_id = c.external_id
        WHERE c.staff_id IN (SELECT value FROM json_each(?))`,
      args: [JSON.stringify(staffIds)],
    },
  ])
  const at = deps.now()
  return Promise.all(
    rows.map(([channel, id]) =>
      enqueue(deps.vault, {
        id: `notice:staff-access:${deps.newId()}`,
        // Only a chat's own address was ever linked.
        to: { channel: channel as Address['channel'], id: String(id) },
        ...({ origin: 'notice', kind: 'staff' } as const),
        body: { text, quickReplies: [] },
        at,
        expiresAt: new Date(Date.parse(at) + TOLD_HOURS * 3_600_000).toISOString(),
      }),
    ),
  )
}
