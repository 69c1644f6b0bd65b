import { loadTurn } from '../../db/conversation/turns.ts'
import { closeHandoff, type Handoff } from '../../db/handoffs/inbox.ts'
import { type AuditDraft, writeAudited } from '../../db/staff/audit.ts'
import type { Channel } from '../../flows/engine/channel.ts'
import { planTurn } from '../conversation/handle-event.ts'
import { commit, type Plan } from '../kernel/commit/commit.ts'
import type { Deps } from '../kernel/deps.ts'

/** For a channel that is not set up in this process, as on the command line: words that fit every network. */
const ANY_LIMITS: Channel['limits'] = {
  textLength: 600,
  quickReplies: 0,
  ratePerSecond: 1,
  sessionWindowHours: null,
  repliesInResponse: 0,
}

/**
 * Gives a conversation back to the bot, as a turn that we begin: the person reads who was it (staff are done,
 * or `late`: nobody came) and the very question that was left open. One batch with the audit's entry, and once,
 * however many do it at once. Closing what the bot has taken back before only ends it.
 * Resolves to whether it was this call.
 */
export async function giveBack(
  deps: Deps,
  handoff: Pick<Handoff, 'id' | 'to'>,
  how: { by: 'staff'; audit: AuditDraft } | { by: 'time'; dueAt: string },
): Promise<boolean> {
  const { id, to } = handoff
  const { channel: network } = to
  const eventId = `handoff:${id}:${how.by}`
  const plan = async (): Promise<Plan<boolean>> => {
    const at = deps.now()
    const read = await loadTurn(deps.db, deps.vault, to, eventId, deps.programme)
    if (read.answered !== null || read.session === null || read.handoff?.id !== id) {
      return { made: how.by === 'staff' ? await endOnly(deps, id, how.audit) : false }
    }
    if (how.by === 'time' && read.handoff.dueAt !== how.dueAt) return { made: false }
    const release = how.by === 'time' ? { id, by: how.by, dueAt: how.dueAt } : { id, by: how.by }
    const audit = how.by === 'staff' ? [how.audit] : []
    const planned = await planTurn(
      deps,
      deps.channels.get(network) ?? { limits: ANY_LIMITS },
      { id: eventId, from: to, at, input: { type: 'command', name: 'bot' } },
      read,
      {
        givesBack: {
          release,
          store: (statements) =>
            audit.length === 0
              ? deps.db.write(statements)
              : writeAudited(deps.db, audit, statements),
        },
      },
    )
    return 'made' in planned ? { made: true } : { result: true, write: planned.write }
  }
  // The person may speak at the same time.
  return deps.inTurn(`${network}:${to.id}`, () => commit(deps.db, { plan, races: 'any' }))
}

/** What is closed stays as it was. */
async function endOnly(deps: Deps, id: string, audit: AuditDraft): Promise<boolean> {
  const [rows = []] = await deps.db.read([
    { sql: 'SELECT 1 FROM handoffs WHERE id = ? AND closed_at IS NULL', args: [id] },
  ])
  if (rows.length === 0) return false
  await writeAudited(deps.db, [audit], [closeHandoff(id, audit.at)])
  return true
}
