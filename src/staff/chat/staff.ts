import { writeAudited } from '../../../db/staff/audit.ts'
import { closeStaffChat, findStaffChat, setDigest } from '../../../db/staff/chats.ts'
import type { StaffQuery, StaffReply } from '../../../flows/staff/ask.ts'
import type { Locale } from '../../../locales/keys.ts'
import type { Deps } from '../../kernel/deps.ts'
import { may } from '../../kernel/permissions.ts'
import { placeName } from '../../kernel/places.ts'
import type { Requester } from '../../kernel/requester.ts'
import { answerAccess } from './answer-access.ts'
import { listBroadcasts, showBroadcast, takeCampaignAction } from './broadcast-actions.ts'
import { beginBroadcast, checkDraft, submitDraft, testDraft } from './broadcast-drafts.ts'
import { type ChatDesk, countWaits, openChatDesk } from './desk.ts'
import { checkStaffCode, linkChat, openChat } from './enter.ts'
import { actHere, listQueue, previewHere, showCase } from './staff-cases.ts'
import { answerHere, listHandoffs, showHandoff, takeHandoffAction } from './staff-inbox.ts'

/**
 * Answers the flow of staff. Who asks, and what they may do, is read anew each time: by the chat they
 * write from, never by what the conversation remembers.
 */
export async function answerStaff(
  deps: Deps,
  requester: Requester,
  asked: StaffQuery,
  locale: Locale,
): Promise<StaffReply> {
  if (requester.shared === true) return { kind: 'not-here' }
  const { address } = requester
  if (asked.kind === 'code') {
    const found = await checkStaffCode(deps, requester, asked.code)
    return typeof found === 'string' ? { kind: found } : { kind: 'code', code: found.index }
  }
  if (asked.kind === 'digits') {
    const { code, digits } = asked
    const entered = await (code === ''
      ? openChat(deps, address, digits)
      : linkChat(deps, address, code, digits))
    return { kind: entered }
  }
  const found = await findStaffChat(deps.db, address)
  if (found === null) return { kind: 'stranger' }
  if (asked.kind === 'access') return answerAccess(deps, found.staff, asked)
  if (found.chat.powersUntil <= deps.now()) return { kind: 'locked' }
  const desk = await openChatDesk(deps, found, locale)
  return LOOKS.includes(asked.kind) || desk.acts ? answerDesk(desk, asked) : { kind: 'not-yours' }
}

/** What is answered where nothing can be done. */
const LOOKS: readonly StaffQuery['kind'][] = ['home', 'leave', 'digest', 'queue', 'case']

async function answerDesk(
  desk: ChatDesk,
  asked: Exclude<StaffQuery, { kind: 'code' | 'digits' | 'access' }>,
): Promise<StaffReply> {
  switch (asked.kind) {
    case 'home':
      return home(desk)
    case 'leave':
      await leave(desk)
      return { kind: 'left' }
    case 'digest':
      await desk.deps.db.write([setDigest(desk.chat.id, asked.wanted)])
      return { kind: 'done' }
    case 'queue':
      return listQueue(desk, asked.page)
    case 'case':
      return showCase(desk, asked.number)
    case 'preview':
      return previewHere(desk, asked.wish)
    case 'act':
      return actHere(desk, asked.wish)
    case 'begin':
      return beginBroadcast(desk)
    case 'check':
      return checkDraft(desk, asked.draft)
    case 'test':
      return testDraft(desk, asked.draft)
    case 'submit':
      return submitDraft(desk, asked.draft)
    case 'broadcasts':
      return listBroadcasts(desk)
    case 'broadcast':
      return showBroadcast(desk, asked.id)
    case 'deed':
      return takeCampaignAction(desk, asked)
    case 'inbox':
      return listHandoffs(desk)
    case 'handoff':
      return showHandoff(desk, asked.id)
    case 'handoff-deed':
      return takeHandoffAction(desk, asked)
    case 'answer':
      return answerHere(desk, asked)
  }
}

async function home(desk: ChatDesk): Promise<StaffReply> {
  const { deps, staff, chat, pack, locale, acts, t } = desk
  const { powersUntil, digest } = chat
  return {
    kind: 'home',
    name: staff.name,
    role: t(`console.role-${staff.role}`),
    place: await placeName(deps, staff.district, locale),
    until: clock(powersUntil),
    waits: await countWaits(deps, staff, pack),
    canWrite: may(staff, 'campaigns.write'),
    acts,
    digest,
    url: `${deps.webUrl()}/console`,
  }
}

async function leave({ deps, staff, chat }: ChatDesk): Promise<void> {
  const at = deps.now()
  await writeAudited(
    deps.db,
    [{ at, actor: staff.id, action: 'chat.closed', subject: `staff:${staff.id}` }],
    [closeStaffChat(chat.id, at)],
  )
}

function clock(at: string): string {
  return new Intl.DateTimeFormat('en-GB', {
    timeZone: 'Asia/Shanghai',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(new Date(at))
}
