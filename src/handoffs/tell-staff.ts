import { claimPosts, type DuePost, recordPost } from '../../db/handoffs/posts.ts'
import type { MessageKey } from '../../locales/keys.ts'
import type { Deps } from '../kernel/deps.ts'
import { lastWordsMasked } from './masked-talk.ts'

const LEASE_SECONDS = 60
const BATCH = 10
const MOST_WORDS = 300

/**
 * Tells the staff's group of those who wait, and of those who waited too long; each once, however many
 * processes do it. What does not arrive is tried again. Resolves to the number of messages that arrived.
 */
export async function tellStaff(deps: Deps): Promise<number> {
  const { staffGroup: group } = deps
  if (group == null) return 0
  const now = deps.now()
  const due = await claimPosts(deps.db, {
    chat: group.chat,
    now,
    leasedUntil: secondsAfter(now, LEASE_SECONDS),
    limit: BATCH,
  })
  let told = 0
  for (const post of due) {
    const id = await group.post(await postWords(deps, post, group.personal))
    if (id === null) continue
    await deps.db.write([recordPost(post, id)])
    told += 1
  }
  return told
}

/** Staff's own language is Chinese. No name, no number, no id of the person; their words only where they may go abroad. */
async function postWords(
  deps: Deps,
  { kind, again, to, reason, urgent, sessionId, handoffId }: DuePost,
  personal: boolean,
): Promise<string> {
  const { translate, webUrl } = deps
  const say = (key: MessageKey, params?: Record<string, string>) =>
    translate('zh-Hans', key, params)
  const channel = say(`console.channel-${to.channel}`)
  if (urgent !== null && kind !== 'late') {
    // Whom it is about and what was said stays in the console.
    return [
      say(`handoff.groupUrgent-${urgent}`, { channel }),
      say('handoff.groupHow', { url: `${webUrl()}/console/inbox/${handoffId}` }),
    ].join('\n')
  }
  const lead =
    kind === 'late'
      ? say('handoff.groupLate', { channel })
      : again
        ? say('handoff.groupAgain', { channel })
        : say('handoff.groupWaiting', { channel, reason: say(`console.reason-${reason}`) })
  const words = personal ? await lastWordsMasked(deps, { sessionId, turn: -1, closedAt: null }) : ''
  return [
    lead,
    ...(!personal
      ? [say('handoff.groupNoWords')]
      : words === ''
        ? []
        : [say('handoff.groupWords', { words: shortened(words) })]),
    say('handoff.groupHow', { url: `${webUrl()}/console/inbox/${handoffId}` }),
  ].join('\n')
}

function shortened(words: string): string {
  return words.length > MOST_WORDS ? `${words.slice(0, MOST_WORDS)}…` : words
}

function secondsAfter(at: string, seconds: number): string {
  return new Date(Date.parse(at) + seconds * 1000).toISOString()
}
