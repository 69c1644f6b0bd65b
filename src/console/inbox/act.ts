import { writeAudited } from '../../../db/audit.ts'
import { ConstraintError } from '../../../db/database.ts'
import { enqueue } from '../../../db/outbox.ts'
import {
  closeHandoff,
  type Handoff,
  insertAnswer,
  insertNote,
  takeHandoff,
  takeIfFree,
} from '../../../db/staff-inbox.ts'
import type { StaffMember } from '../../../db/staff-members.ts'
import type { ConsoleDeps } from '../route.ts'

/** As long as a network takes, with room for our own line above. */
export const MAX_ANSWER = 2000
/** An answer that cannot be delivered for three days is of no use any more. */
const ANSWER_DAYS = 3

/**
 * Sends what somebody here wrote to the person, in the person's own conversation. The id comes from the
 * page, so that a second click is the same answer. It takes the hand-off on where nobody has.
 */
export async function answerHandoff(
  deps: ConsoleDeps,
  staff: StaffMember,
  handoff: Handoff,
  answer: { id: string; text: string },
): Promise<'sent' | 'invalid' | 'closed'> {
  const text = answer.text.trim()
  if (text === '' || text.length > MAX_ANSWER || !/^[\w-]{8,40}$/.test(answer.id)) return 'invalid'
  if (handoff.closedAt !== null) return 'closed'
  const at = deps.now()
  const expiresAt = new Date(Date.parse(at) + ANSWER_DAYS * 86_400_000).toISOString()
  const body = {
    text: deps.translate(handoff.locale, 'console.fromStaff', { text }),
    quickReplies: [],
  }
  const notice = await enqueue(deps.vault, {
    id: `notice:answer:${answer.id}`,
    to: handoff.to,
    origin: 'notice',
    body,
    at,
    expiresAt,
  })
  try {
    await writeAudited(
      deps.db,
      [
        {
          at,
          actor: staff.id,
          action: 'handoff.answered',
          subject: `handoff:${handoff.id}`,
          reason: `notice:answer:${answer.id}`,
        },
      ],
      [
        insertAnswer({ id: answer.id, handoffId: handoff.id, staffId: staff.id, at }),
        takeIfFree(handoff.id, staff.id, at),
        notice,
      ],
    )
  } catch (error) {
    const sentBefore = error instanceof ConstraintError && error.columns[0] === 'handoff_answers.id'
    if (!sentBefore) throw error
  }
  deps.wake()
  return 'sent'
}

/** Adds a note that only staff read. */
export async function addNote(
  deps: ConsoleDeps,
  staff: StaffMember,
  handoff: Handoff,
  text: string,
): Promise<void> {
  const at = deps.now()
  const id = deps.newId()
  const note = await insertNote(deps.vault, {
    id,
    handoffId: handoff.id,
    staffId: staff.id,
    text: text.slice(0, MAX_ANSWER),
    at,
  })
  await writeAudited(
    deps.db,
    [{ at, actor: staff.id, action: 'handoff.noted', subject: `handoff:${handoff.id}` }],
    [note],
  )
}

/** Takes a hand-off on, or closes it; nothing where that has been done already. */
export async function changeHandoff(
  deps: ConsoleDeps,
  staff: StaffMember,
  handoff: Handoff,
  change: 'taken' | 'closed',
): Promise<void> {
  if (handoff.closedAt !== null) return
  if (change === 'taken' && handoff.takenBy?.id === staff.id) return
  const at = deps.now()
  await writeAudited(
    deps.db,
    [{ at, actor: staff.id, action: `handoff.${change}`, subject: `handoff:${handoff.id}` }],
    [change === 'taken' ? takeHandoff(handoff.id, staff.id, at) : closeHandoff(handoff.id, at)],
  )
}
