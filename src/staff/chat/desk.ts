import { listCampaigns } from '../../../db/campaigns/campaigns.ts'
import { countStaffCases } from '../../../db/cases/staff-cases.ts'
import { countOpenHandoffs } from '../../../db/handoffs/inbox.ts'
import type { PolicyPack } from '../../../db/policy/pack.ts'
import { currentRevision } from '../../../db/policy/packs.ts'
import type { StaffChat } from '../../../db/staff/chats.ts'
import type { StaffMember } from '../../../db/staff/members.ts'
import type { ChannelType } from '../../../flows/engine/types.ts'
import type { Waits } from '../../../flows/staff/ask.ts'
import type { Locale, MessageKey } from '../../../locales/keys.ts'
import { stagesOf } from '../../cases/queue-filter.ts'
import type { Deps } from '../../kernel/deps.ts'
import { may } from '../../kernel/permissions.ts'

/** Where staff may act; anywhere else they can only look. */
const ACTING: readonly ChannelType[] = ['telegram', 'web', 'terminal']
/** What waits for approval is counted so far. */
const MOST = 200

/** Somebody of staff at work in a chat of theirs, with what a turn of theirs needs. */
export type ChatDesk = {
  deps: Deps
  staff: StaffMember
  chat: StaffChat
  locale: Locale
  pack: PolicyPack
  /** Whether anything can be done here. */
  acts: boolean
  /** Whether this channel may carry what is personal. */
  personal: boolean
  t: (key: MessageKey, params?: Readonly<Record<string, string | number>>) => string
}

/** The desk of a chat. Throws where no policy has been loaded, which no start allows. */
export async function openChatDesk(
  deps: Deps,
  { staff, chat }: { staff: StaffMember; chat: StaffChat },
  locale: Locale,
): Promise<ChatDesk> {
  const { channel } = chat.to
  return {
    deps,
    staff,
    chat,
    locale,
    pack: await packOf(deps),
    acts: ACTING.includes(channel),
    personal: deps.personalData(channel),
    t: (key, params) => deps.translate(locale, key, params),
  }
}

/** The programme as it answers today. */
export async function packOf(deps: Deps): Promise<PolicyPack> {
  const revision = await currentRevision(deps.db, deps.programme)
  if (revision === null) throw new Error('no policy pack has been loaded')
  return (await deps.policies.load(revision)).pack
}

/** How much waits for somebody; null: not their work. */
export async function countWaits(
  deps: Deps,
  staff: StaffMember,
  { stages }: Pick<PolicyPack, 'stages'>,
): Promise<Waits> {
  const own = stages === undefined ? [] : stagesOf(stages, staff)
  const [counts, inbox, waiting] = await Promise.all([
    own.length === 0 ? null : countStaffCases(deps.db, staff, { programme: deps.programme }),
    may(staff, 'inbox.answer') ? countOpenHandoffs(deps.db, staff) : null,
    may(staff, 'campaigns.approve')
      ? listCampaigns(deps.db, staff, { states: ['waiting'], limit: MOST })
      : null,
  ])
  return {
    cases:
      counts === null ? null : own.reduce((sum, stage) => sum + (counts.open.get(stage) ?? 0), 0),
    inbox,
    approvals:
      waiting === null ? null : waiting.rows.filter(({ authorId }) => authorId !== staff.id).length,
  }
}
