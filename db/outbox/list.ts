import type { ChannelType } from '../../flows/engine/types.ts'
import type { Database, Statement } from '../core/database.ts'
import { alias } from '../core/drizzle.ts'
import { type ListPage, listPage } from '../core/list-page.ts'
import { count, first, maybe, query, type RowOf, shape } from '../core/query.ts'
import { type Vault, VaultError } from '../core/vault.ts'
import { cases } from '../schema/cases.ts'
import { outbox, outboxChannels, outboxHistory } from '../schema/outbox.ts'
import { staff } from '../schema/staff.ts'
import { districtFilter, type SqlCondition } from '../staff/district.ts'
import type { NoticeKind } from './kinds.ts'
import { outboxContext } from './outbox.ts'

/** Who looks: their district, or the whole city. */
type AccessScope = { district: string | null }

const o = alias(outbox, 'o')
const row = {
  seq: o.seq,
  id: o.id,
  to: { channel: o.channel, id: o.externalId },
  kind: o.kind,
  origin: o.origin,
  template: o.template,
  campaignId: o.campaignId,
  status: o.status,
  attempts: o.attempts,
  createdAt: o.createdAt,
  nextAttemptAt: o.nextAttemptAt,
  sentAt: o.sentAt,
  expiresAt: o.expiresAt,
  doubtedAt: o.doubtedAt,
  leftAt: o.leftAt,
  lastError: o.lastError,
  rootId: o.rootId,
}
/** With the person's newest application, where this member of staff may see one (`caseOf`). */
const rowFor = (own: SqlCondition) => shape({ ...row, caseId: maybe(cases.id, own.sql) })

/** A row of the outbox as staff see it: never its words, and not whom it is for by name. */
export type NoticeRow = RowOf<ReturnType<typeof rowFor>>

/** What a list is narrowed to. */
export type NoticeFilter = {
  show: 'all' | 'waiting' | 'sent' | 'trouble'
  kind: NoticeKind | 'reply' | null
  channel: ChannelType | null
  cursor?: string
  limit: number
}

/** The conditions by which an index holds the rows; they must stay as the index has them. */
const SHOWN = {
  all: 'TRUE',
  waiting: `o.status IN ('created', 'sending', 'temporary-failure')`,
  sent: `o.status IN ('sent', 'delivered')`,
  trouble: `o.status IN ('permanent-failure', 'technical-failure', 'expired', 'in-doubt') AND o.left_at IS NULL`,
} as const

/** Rows that somebody may see, newest first. A person belongs to a district by an application. */
export async function listNotices(
  db: Database,
  scope: AccessScope,
  filter: NoticeFilter,
): Promise<ListPage<NoticeRow>> {
  const seen = await inScope(db, scope)
  const conditions: SqlCondition[] = [
    { sql: SHOWN[filter.show], args: [] },
    ...(filter.kind === null
      ? []
      : filter.kind === 'reply'
        ? [{ sql: `o.origin = 'reply'`, args: [] }]
        : [{ sql: 'o.kind = ?', args: [filter.kind] }]),
    ...(filter.channel === null ? [] : [{ sql: 'o.channel = ?', args: [filter.channel] }]),
    seen,
  ]
  const own = caseOf(scope)
  return listPage(db, {
    shape: rowFor(own),
    shapeArgs: own.args,
    from: 'outbox o',
    where: {
      sql: conditions.map(({ sql }) => sql).join(' AND '),
      args: conditions.flatMap((one) => one.args),
    },
    order: [{ sql: 'o.seq', desc: true }],
    cursor: filter.cursor,
    limit: filter.limit,
    countAtMost: MOST_COUNTED,
  })
}

/** One row, if this person may see it. */
export async function findNotice(
  db: Database,
  scope: AccessScope,
  seq: number,
): Promise<NoticeRow | null> {
  const seen = await inScope(db, scope)
  const own = caseOf(scope)
  const found = rowFor(own)
  const one = `SELECT ${found.columns} FROM outbox o WHERE o.seq = ? AND ${seen.sql}`
  return first(db, one, [...own.args, seq, ...seen.args], found)
}

/** What a count says at most: more is "and more", which costs nothing to know. */
export const MOST_COUNTED = 1000

/** How many rows there are of each state that is not over, as far as somebody may see them. */
export async function countNotices(
  db: Database,
  scope: AccessScope,
): Promise<Readonly<Record<'waiting' | 'retrying' | 'in-doubt' | 'failed' | 'expired', number>>> {
  const seen = await inScope(db, scope)
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

const EVENT = shape({
  what: outboxHistory.what,
  detail: outboxHistory.detail,
  by: maybe(staff.name),
  at: outboxHistory.at,
})
/** One thing that happened to a row. */
export type NoticeEvent = RowOf<typeof EVENT>
const SIBLING = shape({
  seq: outbox.seq,
  to: { channel: outbox.channel, id: outbox.externalId },
  status: outbox.status,
})

/** What became of a row, oldest first, and the rows that went to other addresses in its place. */
export async function loadNoticeHistory(
  db: Database,
  row: Pick<NoticeRow, 'seq' | 'id' | 'rootId'>,
): Promise<{
  events: NoticeEvent[]
  siblings: RowOf<typeof SIBLING>[]
}> {
  const root = row.rootId ?? row.id
  const [events = [], siblings = []] = await db.read([
    {
      sql: `SELECT ${EVENT.columns} FROM outbox_history
        LEFT JOIN staff ON staff.id = outbox_history.staff_id WHERE seq = ? ORDER BY outbox_history.id`,
      args: [row.seq],
    },
    {
      sql: `SELECT ${SIBLING.columns} FROM outbox WHERE root_id = ? AND seq <> ?
        UNION SELECT ${SIBLING.columns} FROM outbox WHERE id = ? AND seq <> ?
        ORDER BY 1`,
      args: [root, row.seq, root, row.seq],
    },
  ])
  return {
    events: events.map(EVENT.read),
    siblings: siblings.map(SIBLING.read),
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

const c = alias(outboxChannels, 'c')
const STATE = shape({
  channel: c.channel,
  pausedUntil: c.pausedUntil,
  pausedWhy: c.pausedWhy,
  sent: c.sent,
  lastSentAt: c.lastSentAt,
  lastFailedAt: c.lastFailedAt,
  lastFailure: c.lastFailure,
  waiting: count(`(SELECT count(*) FROM (SELECT 1 FROM outbox o
    WHERE o.status IN ('created', 'temporary-failure') AND o.channel = c.channel LIMIT ?))`),
})
/** How a channel is: what all dispatchers share of it. */
export type ChannelState = RowOf<typeof STATE>

/** How every channel is that has ever been used. */
export function loadChannelStates(db: Database): Promise<ChannelState[]> {
  const all = `SELECT ${STATE.columns} FROM outbox_channels c ORDER BY c.channel`
  return query(db, all, [MOST_COUNTED], STATE)
}

/** A district with more applications than these is asked for at each row, one with fewer gives its rows. */
const MANY = 2000

/**
 * Rows go with the applications of the person they are for. `o`: the row. Of a small district few of a million rows are its
 * own, and they are found from its applications; of a large one the newest rows are looked at until there are enough.
 */
async function inScope(db: Database, scope: AccessScope): Promise<SqlCondition> {
  if (scope.district === null) return { sql: 'TRUE', args: [] }
  const own = districtFilter(scope, 'k.district')
  const size = `SELECT count(*) FROM (SELECT 1 FROM cases k WHERE ${own.sql} LIMIT ?)`
  const found = await first(db, size, [...own.args, MANY + 1], SIZE)
  return {
    sql:
      (found?.size ?? 0) > MANY
        ? `EXISTS (SELECT 1 FROM addresses a JOIN cases k ON k.contact_id = a.contact_id
            WHERE a.channel = o.channel AND a.external_id = o.external_id AND ${own.sql})`
        : `o.seq IN (SELECT own.seq FROM cases k JOIN addresses a ON a.contact_id = k.contact_id
            JOIN outbox own ON own.channel = a.channel AND own.external_id = a.external_id
            WHERE ${own.sql})`,
    args: own.args,
  }
}
const SIZE = shape({ size: count('count(*)') })

function caseOf(scope: AccessScope): SqlCondition {
  const own = districtFilter(scope, 'k.district')
  return {
    sql: `(SELECT k.id FROM addresses a JOIN cases k ON k.contact_id = a.contact_id
      WHERE a.channel = o.channel AND a.external_id = o.external_id AND ${own.sql}
      ORDER BY k.updated_at DESC LIMIT 1)`,
    args: own.args,
  }
}
