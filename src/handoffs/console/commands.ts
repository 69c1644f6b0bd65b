import {
  districtOf,
  type Handoff,
  insertAnswer,
  insertNote,
  takeHandoff,
  takeIfFree,
} from '../../../db/handoffs/inbox.ts'
import { type AuditDraft, writeAudited } from '../../../db/staff/audit.ts'
import { listAssignableStaff, type StaffMember } from '../../../db/staff/members.ts'
import { STAFF_ROLES } from '../../../db/staff/roles.ts'
import type { ConsoleDeps } from '../../console/route.ts'
import { may } from '../../kernel/permissions.ts'
import { tellStaff } from '../../kernel/staff/tell-staff.ts'
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

/** Who answers people. */
const DESK_ROLES = STAFF_ROLES.filter((role) => may({ role }, 'inbox.answer'))

/** Who else could go on with a conversation: whoever may answer in its district, or for the whole city. */
export async function listColleagues(
  { db }: Pick<ConsoleDeps, 'db'>,
  me: StaffMember,
  { sessionId, takenBy }: Handoff,
): Promise<{ id: string; name: string }[]> {
  const all = await listAssignableStaff(db, await districtOf(db, sessionId), DESK_ROLES)
  return all.filter(({ id }) => id !== me.id && id !== takenBy?.id)
}

/** Passes a hand-off on to a colleague, who is told in their own chats; false where they cannot take it on. */
export async function passOn(
  deps: ConsoleDeps,
  staff: StaffMember,
  handoff: Handoff,
  colleagueId: string,
): Promise<boolean> {
  const colleague = (await listColleagues(deps, staff, handoff)).find(
    ({ id }) => id === colleagueId,
  )
  if (colleague === undefined || handoff.closedAt !== null) return false
  const at = deps.now()
  const url = `${deps.webUrl}/console/inbox/${handoff.id}`
  const told = await tellStaff(deps, { staffId: colleague.id }, (locale) => ({
    text: deps.translate(locale, 'handoff.passedOn', { by: staff.name, url }),
    quickReplies: [],
  }))
  const subject = `handoff:${handoff.id}` as const
  await writeAudited(
    deps.db,
    [{ at, actor: staff.id, action: 'handoff.passed', subject, reason: colleague.name }],
    [takeHandoff(handoff.id, colleague.id, at), ...told],
  )
  return true
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
