import type { Address, HandoffReason, Urgency } from '../../flows/engine/types.ts'
import type { Locale } from '../../locales/keys.ts'
import type { Database, SqlValue, Statement } from '../core/database.ts'

/** What the staff's group is to hear of a hand-off. `again`: the person had been answered and writes once more. */
export type DuePost = {
  handoffId: string
  sessionId: string
  turn: number
  kind: 'waiting' | 'late'
  again: boolean
  reason: HandoffReason
  urgent: Urgency | null
  to: Address
  locale: Locale
}

/** A post that fails so often is left to the console. */
const MOST_ATTEMPTS = 20

const DUE = `SELECT h.id, h.since_turn, CASE h.released_by WHEN 'time' THEN 'late' ELSE 'waiting' END AS kind
FROM handoffs h
WHERE h.closed_at IS NULL AND h.since_turn IS NOT NULL
  AND (h.due_at IS NOT NULL OR h.released_by = 'time')`

/**
 * Claims what the group has not heard, oldest first, for this process alone until `leasedUntil`: one that
 * dies in between leaves it to the next.
 */
export async function claimPosts(
  db: Database,
  claim: { chat: string; now: string; leasedUntil: string; limit: number },
): Promise<DuePost[]> {
  const [claimed = []] = await db.write([
    {
      sql: `INSERT INTO handoff_posts (handoff_id, turn, kind, chat_id, leased_until, attempts)
        SELECT due.id, due.since_turn, due.kind, ?, ?, 1 FROM (${DUE}) due
        LEFT JOIN handoff_posts p ON p.handoff_id = due.id AND p.turn = due.since_turn AND p.kind = due.kind
        WHERE p.handoff_id IS NULL OR (p.message_id IS NULL AND p.leased_until <= ? AND p.attempts < ?)
        LIMIT ?
        ON CONFLICT (handoff_id, turn, kind) DO UPDATE
          SET leased_until = excluded.leased_until, chat_id = excluded.chat_id, attempts = attempts + 1
          WHERE message_id IS NULL AND leased_until <= ?
        RETURNING handoff_id, turn, kind`,
      args: [claim.chat, claim.leasedUntil, claim.now, MOST_ATTEMPTS, claim.limit, claim.now],
    },
  ])
  if (claimed.length === 0) return []
  const [rows = []] = await db.read([
    {
      sql: `SELECT j.value ->> 0, h.session_id, j.value ->> 1, j.value ->> 2, h.turn, h.reason, s.channel,
          s.external_id, c.locale, h.urgent
        FROM json_each(?) j JOIN handoffs h ON h.id = j.value ->> 0
        JOIN sessions s ON s.id = h.session_id JOIN contacts c ON c.id = s.contact_id
        ORDER BY h.opened_at`,
      args: [JSON.stringify(claimed)],
    },
  ])
  return rows.map(toPost)
}

/** The group has heard it, in this message of ours. */
export function recordPost(
  { handoffId, turn, kind }: Pick<DuePost, 'handoffId' | 'turn' | 'kind'>,
  messageId: number,
): Statement {
  return {
    sql: 'UPDATE handoff_posts SET message_id = ? WHERE handoff_id = ? AND turn = ? AND kind = ?',
    args: [messageId, handoffId, turn, kind],
  }
}

/** Which hand-off a message of ours in the group was about; null for any other. */
export async function findPosted(
  db: Database,
  chat: string,
  messageId: number,
): Promise<string | null> {
  const [rows = []] = await db.read([
    {
      sql: 'SELECT handoff_id FROM handoff_posts WHERE chat_id = ? AND message_id = ?',
      args: [chat, messageId],
    },
  ])
  return rows[0] === undefined ? null : String(rows[0][0])
}

function toPost(row: readonly SqlValue[]): DuePost {
  const [handoffId, sessionId, turn, kind, opened, reason, channel, externalId, locale, urgent] =
    row
  return {
    handoffId: String(handoffId),
    sessionId: String(sessionId),
    turn: Number(turn),
    kind: kind === 'late' ? 'late' : 'waiting',
    again: Number(turn) !== Number(opened),
    reason: reason as HandoffReason,
    urgent: urgent == null ? null : (urgent as Urgency),
    to: { channel: channel as Address['channel'], id: String(externalId) },
    locale: locale === 'en' ? 'en' : 'zh-Hans',
  }
}
