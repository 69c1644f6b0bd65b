import { leaveAsIs, sendAgain } from '../../../db/outbox/again.ts'
import { listNotices, type NoticeFilter, type NoticeRow } from '../../../db/outbox/list.ts'
import { writeAudited } from '../../../db/staff/audit.ts'
import type { StaffMember } from '../../../db/staff/members.ts'
import type { ConsoleDeps } from '../../console/route.ts'

/** Rows of one click. */
const MOST_AT_ONCE = 200

/** Puts a failed row back into the queue, or leaves it for good; once, however often it is clicked. */
export async function changeNotice(
  deps: ConsoleDeps,
  staff: StaffMember,
  seq: number,
  change: 'sent-again' | 'left',
): Promise<void> {
  const at = deps.now()
  const act = { seq, staffId: staff.id, at }
  await writeAudited(
    deps.db,
    [{ at, actor: staff.id, action: `notice.${change}`, subject: `notice:${seq}` }],
    change === 'left' ? leaveAsIs(act) : sendAgain(act),
  )
  if (change === 'sent-again') deps.wake()
}

/** The failed rows of a list that can be sent again together: not those that may have arrived. */
export async function listFailed(
  deps: Pick<ConsoleDeps, 'db'>,
  staff: StaffMember,
  { kind, channel }: Pick<NoticeFilter, 'kind' | 'channel'>,
): Promise<NoticeRow[]> {
  const filter = { kind, channel, show: 'trouble' as const, limit: MOST_AT_ONCE }
  const { rows } = await listNotices(deps.db, staff, filter)
  return rows.filter(({ doubtedAt }) => doubtedAt === null)
}

/** Puts them back into the queue; resolves to how many. */
export async function sendAllAgain(
  deps: ConsoleDeps,
  staff: StaffMember,
  filter: Pick<NoticeFilter, 'kind' | 'channel'>,
): Promise<number> {
  const failed = await listFailed(deps, staff, filter)
  if (failed.length === 0) return 0
  const at = deps.now()
  await writeAudited(
    deps.db,
    failed.map(({ seq }) => ({
      at,
      actor: staff.id,
      action: 'notice.sent-again',
      subject: `notice:${seq}`,
    })),
    failed.flatMap(({ seq }) => sendAgain({ seq, staffId: staff.id, at })),
  )
  deps.wake()
  return failed.length
}
