import type { Statement } from '../../db/core/database.ts'
import { noteAnswered } from '../../db/handoffs/handoffs.ts'
import type { Handoff } from '../../db/handoffs/inbox.ts'
import { enqueue } from '../../db/outbox/outbox.ts'
import type { AuditDraft } from '../../db/staff/audit.ts'
import { commitOnce } from '../kernel/commit/commit.ts'
import type { Deps } from '../kernel/deps.ts'

/** As long as a network takes, with room for our own line above. */
export const MAX_ANSWER = 2000
/** An answer that cannot be delivered for three days is of no use any more. */
const ANSWER_DAYS = 3

/**
 * Sends what somebody of staff wrote to the person, in the person's own conversation. `key` makes the same answer
 * one message, however often it comes; `record` writes it down and fails with a constraint on `….id` where it was
 * taken before.
 */
export async function sendAnswer(
  deps: Pick<Deps, 'db' | 'vault' | 'translate' | 'now' | 'wake'>,
  handoff: Pick<Handoff, 'id' | 'to' | 'locale' | 'closedAt'>,
  answer: { key: string; text: string; actor: string; record: (at: string) => Statement[] },
): Promise<'sent' | 'again' | 'invalid' | 'closed'> {
  const text = answer.text.trim()
  if (text === '' || text.length > MAX_ANSWER) return 'invalid'
  if (handoff.closedAt !== null) return 'closed'
  const at = deps.now()
  const id = `notice:answer:${answer.key}`
  const notice = await enqueue(deps.vault, {
    id,
    to: handoff.to,
    origin: 'notice',
    kind: 'answer',
    template: 'answer',
    body: {
      text: deps.translate(handoff.locale, 'console.fromStaff', { text }),
      quickReplies: [],
    },
    at,
    expiresAt: new Date(Date.parse(at) + ANSWER_DAYS * 86_400_000).toISOString(),
  })
  const entry: AuditDraft = {
    at,
    actor: answer.actor,
    action: 'handoff.answered',
    subject: `handoff:${handoff.id}`,
    reason: id,
  }
  const done = await commitOnce<'sent' | 'again'>(deps.db, {
    result: 'sent',
    write: [...answer.record(at), noteAnswered(handoff.id, at), notice],
    audit: [entry],
    means: { 'handoff_answers.id': 'again', 'handoff_desk_answers.id': 'again' },
  })
  deps.wake()
  return done
}
