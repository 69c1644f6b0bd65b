import {
  type Handoff,
  insertAnswer,
  insertNote,
  takeHandoff,
  takeIfFree,
} from '../../../db/handoffs/inbox.ts'
import { type AuditDraft, writeAudited } from '../../../db/staff/audit.ts'
import type { StaffMember } from '../../../db/staff/members.ts'
import type { ConsoleDeps } from '../../console/route.ts'
import { MAX_ANSWER, sendAnswer } from '../answer.ts'
import { giveBack } from '../give-back.ts'

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
  if (!/^[\w-]{8,40}$/.test(answer.id)) return 'invalid'
  const { id } = answer
  const done = await sendAnswer(deps, handoff, {
    key: id,
    text: answer.text,
    actor: staff.id,
    record: (at) => [
      insertAnswer({ id, handoffId: handoff.id, staffId: staff.id, at }),
      takeIfFree(handoff.id, staff.id, at),
    ],
  })
  return done === 'again' ? 'sent' : done
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

/** Notes that somebody opened a conversation, or looked at what is hidden in it. */
export async function noteLook(
  deps: ConsoleDeps,
  staff: StaffMember,
  { id }: Handoff,
  look: 'opened' | 'revealed',
): Promise<void> {
  await writeAudited(
    deps.db,
    [{ at: deps.now(), actor: staff.id, action: `handoff.${look}`, subject: `handoff:${id}` }],
    [],
  )
}

/**
 * Takes a hand-off on, or closes it and gives the conversation back to the bot; nothing where that has been done
 * already.
 */
export async function changeHandoff(
  deps: ConsoleDeps,
  staff: StaffMember,
  handoff: Handoff,
  change: 'taken' | 'closed',
): Promise<void> {
  if (handoff.closedAt !== null) return
  if (change === 'taken' && handoff.takenBy?.id === staff.id) return
  const at = deps.now()
  const entry: AuditDraft = {
    at,
    actor: staff.id,
    action: `handoff.${change}`,
    subject: `handoff:${handoff.id}`,
  }
  if (change === 'taken') {
    await writeAudited(deps.db, [entry], [takeHandoff(handoff.id, staff.id, at)])
  } else {
    await giveBack(deps, handoff, { by: 'staff', audit: entry })
  }
}
