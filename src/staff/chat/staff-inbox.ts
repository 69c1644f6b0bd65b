import {
  findHandoff,
  type Handoff,
  insertAnswer,
  listInbox,
  takeHandoff,
  takeIfFree,
} from '../../../db/handoffs/inbox.ts'
import { writeAudited } from '../../../db/staff/audit.ts'
import type { Address } from '../../../flows/engine/types.ts'
import type { HANDOFF_DEEDS, StaffReply } from '../../../flows/staff/ask.ts'
import { showAge } from '../../console/view.ts'
import { sendAnswer } from '../../handoffs/answer.ts'
import { lastWordsMasked } from '../../handoffs/masked-talk.ts'
import { may } from '../../kernel/permissions.ts'
import type { ChatDesk } from './desk.ts'

const ROWS = 10
const NOT_YOURS: StaffReply = { kind: 'not-yours' }
const GONE: StaffReply = { kind: 'gone' }

/** The conversations that wait for a person and that this one may see, longest first. */
export async function listHandoffs(desk: ChatDesk): Promise<StaffReply> {
  const { deps, staff } = desk
  if (!may(staff, 'inbox.read')) return NOT_YOURS
  const { rows: open } = await listInbox(deps.db, staff, { closed: false, limit: ROWS })
  return {
    kind: 'inbox',
    rows: open.map((one) => ({
      id: one.id,
      name: [lineOf(desk, one), ...(one.takenBy === null ? [] : [one.takenBy.name])].join(' · '),
    })),
  }
}

/** One of them, with what was said last where this channel may carry it. */
export async function showHandoff(desk: ChatDesk, id: string): Promise<StaffReply> {
  const { deps, staff, personal } = desk
  if (!may(staff, 'inbox.read')) return NOT_YOURS
  const found = await findHandoff(deps.db, staff, id)
  if (found === null || found.closedAt !== null) return GONE
  const { takenBy } = found
  const answers = may(staff, 'inbox.answer')
  return {
    kind: 'handoff',
    card: {
      id,
      key: deps.newId(),
      line: lineOf(desk, found),
      words: personal ? await lastWordsMasked(deps, found) : null,
      takenBy: takenBy?.name ?? null,
      can: [
        ...(answers && takenBy?.id !== staff.id ? (['take'] as const) : []),
        // Whoever cannot read the question here should not answer it here.
        ...(answers && personal ? (['answer'] as const) : []),
        ...(answers ? (['back'] as const) : []),
      ],
      url: `${deps.webUrl()}/console/inbox/${id}`,
    },
  }
}

/** Takes it on, or gives the conversation back to the bot. */
export async function takeHandoffAction(
  desk: ChatDesk,
  { id, deed }: { id: string; deed: (typeof HANDOFF_DEEDS)[number] },
): Promise<StaffReply> {
  const { deps, staff } = desk
  if (!may(staff, 'inbox.answer')) return NOT_YOURS
  const found = await findHandoff(deps.db, staff, id)
  // One's own conversation is given back by a word in it.
  if (found === null || isSame(found.to, desk.chat.to)) return GONE
  if (found.closedAt !== null) return deed === 'back' ? { kind: 'left' } : GONE
  const at = deps.now()
  const entry = { at, actor: staff.id, subject: `handoff:${id}` } as const
  if (deed === 'back') {
    await deps.giveBack(found, { ...entry, action: 'handoff.closed' })
    deps.wake()
    return { kind: 'left' }
  }
  if (found.takenBy?.id !== staff.id) {
    const audit = [{ ...entry, action: 'handoff.taken' }] as const
    await writeAudited(deps.db, audit, [takeHandoff(id, staff.id, at)])
  }
  return { kind: 'done' }
}

/** Sends words to the person, as from the console; it takes the hand-off on where nobody has. */
export async function answerHere(
  desk: ChatDesk,
  { id, key, text }: { id: string; key: string; text: string },
): Promise<StaffReply> {
  const { deps, staff, personal, t } = desk
  if (!may(staff, 'inbox.answer') || !personal) return NOT_YOURS
  const found = await findHandoff(deps.db, staff, id)
  if (found === null) return GONE
  const done = await sendAnswer(deps, found, {
    key,
    text,
    actor: staff.id,
    record: (at) => [
      insertAnswer({ id: key, handoffId: id, staffId: staff.id, at }),
      takeIfFree(id, staff.id, at),
    ],
  })
  if (done === 'closed') return GONE
  return done === 'invalid'
    ? { kind: 'problem', text: t('staff.answerUnclear', { most: 2000 }), seen: false }
    : { kind: 'done' }
}

function isSame(one: Address, other: Address): boolean {
  return one.channel === other.channel && one.id === other.id
}

function lineOf({ deps, t }: ChatDesk, { to, reason, openedAt }: Handoff): string {
  const age = showAge({ t, now: deps.now() }, openedAt)
  const parts = [t(`console.channel-${to.channel}`), t(`console.reason-${reason}`), age]
  return parts.join(' · ')
}
