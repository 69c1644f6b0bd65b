import type { OutboxStatus } from '../../flows/engine/channel.ts'
import type { Address, ChannelType } from '../../flows/engine/types.ts'
import type { Database, SqlValue, Statement } from '../core/database.ts'
import { type Vault, VaultError } from '../core/vault.ts'
import { districtFilter, type SqlCondition } from '../staff/district.ts'
import type { NoticeKind } from './kinds.ts'
import { outboxContext } from './outbox.ts'

/** Who looks: their district, or the whole city. */
type AccessScope = { district: string | null }

/** A row of the outbox as staff see it: never its words, and not whom it is for by name. */
export type NoticeRow = {
  seq: number
  id: string
  to: Address
  kind: NoticeKind | null
  origin: 'reply' | 'notice'
  template: string | null
  campaignId: string | null
  status: OutboxStatus
  attempts: number
  createdAt: string
  nextAttemptAt: string
  sentAt: string | null
  expiresAt: string
  doubtedAt: string | null
  leftAt: string | null
  lastError: string | null
  rootId: string | null
  /** The person's newest application, where this member of staff may see one. */
  caseId: string | null
}

/** What a list is narrowed to. `before`: rows older than this one. */
export type NoticeFilter = {
  show: 'all' | 'waiting' | 'sent' | 'trouble'
  kind: NoticeKind | 'reply' | null
  channel: ChannelType | null
  before: number | null
  limit: number
}

/** The conditions by which an index holds the rows; they must stay as the index has them. */
const SHOWN = {
  all: 'TRUE',
  waiting: `o.status IN ('created', 'sending', 'temporary-failure')`,
  sent: `o.status IN ('sent', 'delivered')`,
  trouble: `o.status IN ('permanent-failure', 'technical-failure', 'expired', 'in-doubt') AND o.left_at IS NULL`,
} as const

const COLUMNS = `o.seq, o.id, o.channel, o.external_id, o.kind, o.origin, o.template, o.campaign_id, o.status,
  o.attempts, o.created_at, o.next_attempt_at, o.sent_at, o.expires_at, o.doubted_at, o.left_at, o.last_error,
  o.root_id`

/** Rows that somebody may see, newest first. A person belongs to a district by an application. */
export async function listNotices(
  db: Database,
  scope: AccessScope,
  filter: NoticeFilter,
): Promise<NoticeRow[]> {
  const seen = inScope(scope)
  const conditions: SqlCondition[] = [
    { sql: SHOWN[filter.show], args: [] },
    ...(filter.kind === null
      ? []
      : filter.kind === 'reply'
        ? [{ sql: `o.origin = 'reply'`, args: [] }]
        : [{ sql: 'o.kind = ?', args: [filter.kind] }]),
    ...(filter.channel === null ? [] : [{ sql: 'o.channel = ?', args: [filter.channel] }]),
    ...(filter.before === null ? [] : [{ sql: 'o.seq < ?', args: [filter.before] }]),
    seen,
  ]
  const own = caseOf(scope)
  const [rows = []] = await db.read([
    {
      sql: `SELECT ${COLUMNS}, ${own.sql} FROM outbox o
        WHERE ${conditions.map(({ sql }) => sql).join(' AND ')} ORDER BY o.seq DESC LIMIT ?`,
      args: [...own.args, ...conditions.flatMap(({ args }) => args), filter.limit],
    },
  ])
  return rows.map(toNoticeRow)
}

/** One row, if this person may see it. */
export async function findNotice(
  db: Database,
  scope: AccessScope,
  seq: number,
): Promise<NoticeRow | null> {
  const seen = inScope(scope)
  const own = caseOf(scope)
  const [rows = []] = await db.read([
    {
      sql: `SELECT ${COLUMNS}, ${own.sql} FROM outbox o WHERE o.seq = ? AND ${seen.sql}`,
      args: [...own.args, seq, ...seen.args],
    },
  ])
  return rows[0] === undefined ? null : toNoticeRow(rows[0])
}

/** What a count says at most: more is "and more", which costs nothing to know. */
export const MOST_COUNTED = 1000

/** How many rows there are of each state that is not over, as far as somebody may see them. */
export async function countNotices(
  db: Database,
  scope: AccessScope,
): Promise<Readonly<Record<'waiting' | 'retrying' | 'in-doubt' | 'failed' | 'expired', number>>> {
  const seen = inScope(scope)
  const states = {
    waiting: `o.status IN ('created', 'sending')`,
    retrying: `o.status = 'temporary-failure'`,
    'in-doubt': `${SHOWN.trouble} AND o.status = 'in-doubt'`,
    failed: `${SHOWN.trouble} AND o.status IN ('permanent-failure', 'technical-failure')`,
    expired: `${SHOWN.trouble} AND o.status = 'expired'`,
  }
  const results = await db.read(
    Object.values(states).map(
      (state): Statement => ({
        sql: `SELECT count(*) FROM (SELECT 1 FROM outbox o WHERE ${state} AND ${seen.sql} LIMIT ?)`,
        args: [...seen.args, MOST_COUNTED],
      }),
    ),
  )
  const [waiting, retrying, doubtful, failed, expired] = results.map((rows) => Number(rows[0]?.[0]))
  return {
    waiting: waiting ?? 0,
    retrying: retrying ?? 0,
    'in-doubt': doubtful ?? 0,
    failed: failed ?? 0,
    expired: expired ?? 0,
  }
}

/** One thing that happened to a row. */
export type NoticeEvent = { what: string; detail: string | null; by: string | null; at: string }

/** What became of a row, oldest first, and the rows that went to other addresses in its place. */
export async function loadNoticeHistory(
  db: Database,
  row: Pick<NoticeRow, 'seq' | 'id' | 'rootId'>,
): Promise<{
  events: NoticeEvent[]
  siblings: { seq: number; to: Address; status: OutboxStatus }[]
}> {
  const root = row.rootId ?? row.id
  const [events = [], siblings = []] = await db.read([
    {
      sql: `SELECT h.what, h.detail, p.name, h.at FROM outbox_history h
        LEFT JOIN staff p ON p.id = h.staff_id WHERE h.seq = ? ORDER BY h.id`,
      args: [row.seq],
    },
    {
      sql: `SELECT seq, channel, external_id, status FROM outbox WHERE root_id = ? AND seq <> ?
        UNION SELECT seq, channel, external_id, status FROM outbox WHERE id = ? AND seq <> ?
        ORDER BY 1`,
      args: [root, row.seq, root, row.seq],
    },
  ])
  return {
    events: events.map(([what, detail, by, at]) => ({
      what: String(what),
      detail: detail == null ? null : String(detail),
      by: by == null ? null : String(by),
      at: String(at),
    })),
    siblings: siblings.map(([seq, channel, id, status]) => ({
      seq: Number(seq),
      to: { channel: channel as ChannelType, id: String(id) },
      status: status as OutboxStatus,
    })),
  }
}

/** The words of a row, for who may read the conversation; null where a campaign says them. */
export async function loadNoticeWords(
  db: Database,
  vault: Vault,
  { seq, id }: Pick<NoticeRow, 'seq' | 'id'>,
): Promise<string | null> {
  const [rows = []] = await db.read([{ sql: 'SELECT body FROM outbox WHERE seq = ?', args: [seq] }])
  const body = rows[0]?.[0]
  if (!(body instanceof Uint8Array)) return null
  try {
    return (JSON.parse(await vault.openText(body, outboxContext(id))) as { text: string }).text
  } catch (error) {
    if (error instanceof VaultError) return null
    throw error
  }
}

/** How a channel is: what all dispatchers share of it. */
export type ChannelState = {
  channel: ChannelType
  pausedUntil: string | null
  pausedWhy: string | null
  sent: number
  lastSentAt: string | null
  lastFailedAt: string | null
  lastFailure: string | null
  waiting: number
}

/** How every channel is that has ever been used. */
export async function loadChannelStates(db: Database): Promise<ChannelState[]> {
  const [rows = []] = await db.read([
    {
      sql: `SELECT c.channel, paused_until, paused_why, sent, last_sent_at, last_failed_at, last_failure,
          (SELECT count(*) FROM (SELECT 1 FROM outbox o
            WHERE o.status IN ('created', 'temporary-failure') AND o.channel = c.channel LIMIT ?))
        FROM outbox_channels c ORDER BY c.channel`,
      args: [MOST_COUNTED],
    },
  ])
  const text = (value: SqlValue | undefined) => (value == null ? null : String(value))
  return rows.map(([channel, until, why, sent, lastSent, lastFailed, failure, waiting]) => ({
    channel: channel as ChannelType,
    pausedUntil: text(until),
    pausedWhy: text(why),
    sent: Number(sent),
    lastSentAt: text(lastSent),
    lastFailedAt: text(lastFailed),
    lastFailure: text(failure),
    waiting: Number(waiting),
  }))
}

/** Rows go with the applications of the person they are for. `o`: the row. */
function inScope(scope: AccessScope): SqlCondition {
  if (scope.district === null) return { sql: 'TRUE', args: [] }
  const own = districtFilter(scope, 'k.district')
  return {
    // From the district's applications to their people's rows: few of a million.
    sql: `o.seq IN (SELECT own.seq FROM cases k JOIN addresses a ON a.contact_id = k.contact_id
      JOIN outbox own ON own.channel = a.channel AND own.external_id = a.external_id WHERE ${own.sql})`,
    args: own.args,
  }
}

function caseOf(scope: AccessScope): SqlCondition {
  const own = districtFilter(scope, 'k.district')
  return {
    sql: `(SELECT k.id FROM addresses a JOIN cases k ON k.contact_id = a.contact_id
      WHERE a.channel = o.channel AND a.external_id = o.external_id AND ${own.sql}
      ORDER BY k.updated_at DESC LIMIT 1)`,
    args: own.args,
  }
}

function toNoticeRow(row: readonly SqlValue[]): NoticeRow {
  const [seq, id, channel, externalId, kind, origin, template, campaignId, status, ...rest] = row
  const [attempts, createdAt, nextAttemptAt, sentAt, expiresAt, doubtedAt, leftAt, ...end] = rest
  const [lastError, rootId, caseId] = end
  const text = (value: SqlValue | undefined) => (value == null ? null : String(value))
  return {
    seq: Number(seq),
    id: String(id),
    to: { channel: channel as ChannelType, id: String(externalId) },
    kind: text(kind) as NoticeKind | null,
    origin: origin === 'reply' ? 'reply' : 'notice',
    template: text(template),
    campaignId: text(campaignId),
    status: status as OutboxStatus,
    attempts: Number(attempts),
    createdAt: String(createdAt),
    nextAttemptAt: String(nextAttemptAt),
    sentAt: text(sentAt),
    expiresAt: String(expiresAt),
    doubtedAt: text(doubtedAt),
    leftAt: text(leftAt),
    lastError: text(lastError),
    rootId: text(rootId),
    caseId: text(caseId),
  }
}
