import { insertDeskAnswer } from '../../db/handoffs/handoffs.ts'
import { findHandoff } from '../../db/handoffs/inbox.ts'
import { findPosted } from '../../db/handoffs/posts.ts'
import type { StaffMessage } from '../../flows/engine/channel.ts'
import type { MessageKey } from '../../locales/keys.ts'
import type { Deps } from '../kernel/deps.ts'
import { MAX_ANSWER, sendAnswer } from './answer.ts'
import { giveBack } from './give-back.ts'

/** `/close` or 办结, also with the bot's name after it. */
const CLOSE = /^(\/close(@\w+)?|办结)$/i
const EVERYWHERE = { district: null }

/**
 * Takes what somebody wrote in the staff's group: a reply to what we told them of a hand-off goes to the person,
 * `/close` ends it. All other talk there is theirs. The same message again does nothing more, but is
 * confirmed again. Nothing from any other chat counts.
 */
export async function takeStaffMessage(deps: Deps, message: StaffMessage): Promise<void> {
  const { staffGroup: group } = deps
  if (group == null || message.chat !== group.chat || message.replyTo === null) return
  const id = await findPosted(deps.db, group.chat, message.replyTo.id)
  const handoff = id === null ? null : await findHandoff(deps.db, EVERYWHERE, id)
  const confirm = (key: MessageKey, params?: Record<string, number>) =>
    group.post(deps.translate('zh-Hans', key, params), message.message, message.thread)
  if (handoff === null) {
    // A reply to a colleague is none of ours.
    if (message.replyTo.ours) await confirm('handoff.groupUnknown')
    return
  }
  if (message.refused !== undefined) {
    await confirm(`handoff.group-${message.refused}`)
    return
  }
  const actor = `telegram:${message.by}`
  const text = message.text?.trim() ?? ''
  if (CLOSE.test(text)) {
    const at = deps.now()
    const subject = `handoff:${handoff.id}` as const
    await giveBack(deps, handoff, {
      by: 'staff',
      audit: { at, actor, action: 'handoff.closed', subject },
    })
    await confirm('handoff.groupClosed')
    return
  }
  const key = message.id.replace(':', '-')
  const done = await sendAnswer(deps, handoff, {
    key,
    text,
    actor,
    record: (at) => [insertDeskAnswer({ id: key, handoffId: handoff.id, by: actor, at })],
  })
  if (done === 'closed') await confirm('handoff.groupGone')
  else if (done !== 'invalid') await confirm('handoff.groupSent')
  else if (text === '') await confirm('handoff.groupWordsOnly')
  else await confirm('handoff.groupTooLong', { most: MAX_ANSWER })
}
