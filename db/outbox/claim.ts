import type { ChannelType } from '../../flows/engine/types.ts'
import type { Database, Statement } from '../core/database.ts'
import type { Vault } from '../core/vault.ts'
import { type ClaimedRow, ROW_COLUMNS, toClaimedRow } from './outbox.ts'

/** What is waiting to be sent; an index holds exactly these, so the words must stay as they are. */
const WAITING = `status IN ('created', 'temporary-failure')`
const PRIORITIES = [0, 1, 2, 3] as const
/** Rows at the head of a queue that are looked through for what is overdue or must wait. */
const HEAD = 100
/** How far ahead a process books, unless it says so: it sends each row at its own time. */
const AHEAD_SECONDS = 1
/**
 * What a network takes in a second is booked in a little more, so that a process which is late now and then
 * is on time again, and none of its seconds is ever too full (src/outbox/pace.ts).
 */
const LAP_MILLISECONDS = 1005
/** How late a row may still be sent. Another process books from then on, so that no second of both is too full. */
export const LATE_MILLISECONDS = 500

/** What one dispatcher takes at once. */
export type Claim = {
  channel: ChannelType
  now: string
  leaseUntil: string
  /** Rows at most. */
  limit: number
  /** Only what is at least as urgent; 3 for all. By night, what may wait waits. */
  priority?: 0 | 1 | 2 | 3
  /** Messages a second over all dispatchers; left out where the network's own side paces itself. */
  ratePerSecond?: number
  /** The process that books: while it has booked, no other does. */
  booker?: string
  aheadSeconds?: number
  /** A column with how the person of a row stands with the network, for `ClaimedRow.standing`. */
  standing?: string
}

/**
 * Takes due rows of one channel under a lease, at most one for each address: the most urgent first,
 * then the oldest. One batch, so any number of dispatchers may claim at once, none gets a row of another,
 * and together they book no more than the channel's rate, one process at a time. None while the channel is paused.
 */
export async function claimDue(db: Database, vault: Vault, claim: Claim): Promise<ClaimedRow[]> {
  const { channel, now, limit, priority = 3, ratePerSecond, booker = '' } = claim
  const nowMs = Date.parse(now)
  // Closer than a millisecond, more would be under way at once and in doubt after a kill.
  const interval = ratePerSecond === undefined ? 0 : Math.max(1, LAP_MILLISECONDS / ratePerSecond)
  const booked = await db.write([
    { sql: 'INSERT OR IGNORE INTO outbox_channels (channel) VALUES (?)', args: [channel] },
    expireHead(channel, now),
    parkHead(channel, now),
    claimStatement(claim, PRIORITIES.slice(0, priority + 1), { limit, nowMs, interval, booker }),
    {
      // changes(): the rows of the statement before.
      sql: `UPDATE outbox_channels SET booked_by = ?,
          next_slot_ms = CAST(round(max(next_slot_ms, ?) + changes() * ?) AS INTEGER)
        WHERE channel = ? AND changes() > 0 RETURNING next_slot_ms`,
      args: [booker, nowMs, interval, channel],
    },
  ])
  const [rows = [], slots = []] = [booked[3], booked[4]]
  const claimed = await Promise.all(rows.map((row) => toClaimedRow(vault, row)))
  // RETURNING gives them in any order.
  claimed.sort((one, other) => one.seq - other.seq)
  const end = Number(slots[0]?.[0])
  return claimed.map((row, index) => ({
    ...row,
    slotMs: interval === 0 ? null : end - (claimed.length - index) * interval,
  }))
}

function claimStatement(
  { channel, now, leaseUntil, aheadSeconds = AHEAD_SECONDS, standing = 'NULL' }: Claim,
  priorities: readonly number[],
  booking: { limit: number; nowMs: number; interval: number; booker: string },
): Statement {
  const { limit, nowMs, interval, booker } = booking
  return {
    sql: `UPDATE outbox SET status = 'sending', attempts = attempts + 1, leased_until = ?, handed_at = NULL, parked = 0,
        first_tried_at = coalesce(first_tried_at, ?)
      WHERE seq IN (
        SELECT seq FROM (${priorities.map(free).join(' UNION ALL ')})
        ORDER BY priority, next_attempt_at, seq
        LIMIT (SELECT CAST(CASE WHEN paused_until > ? THEN 0 WHEN ? = 0 THEN ?
          WHEN booked_by <> ? AND next_slot_ms > ? THEN 0
          ELSE max(0, min(?, (? - max(next_slot_ms, ?) + ?) / ?)) END AS INTEGER)
          FROM outbox_channels WHERE channel = ?)
      )
      RETURNING ${ROW_COLUMNS}, ${standing}`,
    args: [
      leaseUntil,
      now,
      ...priorities.flatMap(() => [channel, now, now, now, limit]),
      now,
      interval,
      limit,
      booker,
      nowMs - LATE_MILLISECONDS,
      limit,
      nowMs + aheadSeconds * 1000,
      nowMs,
      interval,
      interval,
      channel,
    ],
  }
}

/**
 * The due rows of a priority that nothing stands in the way of: no earlier one for their address, none that
 * is being sent, and the address has had its pause. What is due later stands in nobody's way, but for the
 * rest of a reply, which gives its response a moment to arrive.
 */
function free(priority: number): string {
  return `SELECT * FROM (
    SELECT due.seq, due.priority, due.next_attempt_at FROM outbox due
    WHERE due.${WAITING} AND due.channel = ? AND due.priority = ${priority} AND due.next_attempt_at <= ?
      AND NOT EXISTS (
        SELECT 1 FROM outbox other
        WHERE other.channel = due.channel AND other.external_id = due.external_id
          AND other.status IN ('created', 'sending', 'temporary-failure')
          AND (other.status = 'sending' OR (
            (other.priority, other.seq) < (due.priority, due.seq)
            AND (other.status = 'temporary-failure' OR other.origin = 'reply' OR other.next_attempt_at <= ?)))
      )
      AND NOT EXISTS (
        SELECT 1 FROM addresses a
        WHERE a.channel = due.channel AND a.external_id = due.external_id AND a.next_send_at > ?
      )
    ORDER BY due.next_attempt_at, due.seq LIMIT CAST(? AS INTEGER))`
}

/** The head of each queue: however long it is, only so much is looked at. */
function head(): string {
  return PRIORITIES.map(
    (priority) => `SELECT * FROM (SELECT seq FROM outbox
      WHERE ${WAITING} AND channel = ? AND priority = ${priority} AND next_attempt_at <= ?
      ORDER BY next_attempt_at, seq LIMIT ${HEAD})`,
  ).join(' UNION ALL ')
}

/** What comes to the head of its queue too late to be of use. */
function expireHead(channel: ChannelType, now: string): Statement {
  return {
    sql: `UPDATE outbox SET status = 'expired' WHERE seq IN (${head()}) AND expires_at <= ?`,
    args: [...PRIORITIES.flatMap(() => [channel, now]), now],
  }
}

/**
 * What stands behind one that waits for its next try is put off until then, so that it is not looked at
 * with every claim: people whose window is closed may be many.
 */
function parkHead(channel: ChannelType, now: string): Statement {
  const before = `FROM outbox other
    WHERE other.channel = outbox.channel AND other.external_id = outbox.external_id
      AND other.status = 'temporary-failure' AND other.next_attempt_at > ?
      AND (other.priority, other.seq) < (outbox.priority, outbox.seq)`
  return {
    sql: `UPDATE outbox SET parked = 1,
        next_attempt_at = (SELECT min(outbox.expires_at, max(other.next_attempt_at)) ${before})
      WHERE seq IN (${head()}) AND EXISTS (SELECT 1 ${before})`,
    args: [now, ...PRIORITIES.flatMap(() => [channel, now]), now],
  }
}

/** A statement that lets go at once what waited for a person or for an earlier row of their address. */
export function releaseAddress(to: { channel: ChannelType; id: string }, now: string): Statement {
  return {
    sql: `UPDATE outbox SET next_attempt_at = ?, parked = 0
      WHERE channel = ? AND external_id = ? AND ${WAITING} AND parked = 1`,
    args: [now, to.channel, to.id],
  }
}

/**
 * When there will be something to send on a channel, as an ISO time: now for what is due but has to wait a
 * moment, later for what is not due, null for an empty queue.
 */
export async function nextDueAt(
  db: Database,
  channel: ChannelType,
  now: string,
  priority: 0 | 1 | 2 | 3 = 3,
): Promise<string | null> {
  const [rows = []] = await db.read([nextDue(channel, now, priority)])
  return rows[0]?.[0] == null ? null : String(rows[0][0])
}

/** The statement of `nextDueAt`: one row with the time, or null. */
export function nextDue(channel: ChannelType, now: string, priority: 0 | 1 | 2 | 3): Statement {
  const first = (one: number) => `SELECT * FROM (SELECT next_attempt_at AS at FROM outbox
    WHERE ${WAITING} AND channel = ?1 AND priority = ${one} ORDER BY next_attempt_at LIMIT 1)`
  const heads = PRIORITIES.slice(0, priority + 1).map(first)
  return {
    sql: `SELECT max(min(at), ?2, coalesce((SELECT paused_until FROM outbox_channels WHERE channel = ?1), ''))
      FROM (${heads.join(' UNION ALL ')})`,
    args: [channel, now],
  }
}

/** A row where a dispatcher died and left rows behind (`sweepOutbox`). */
export function abandonedRows(now: string): Statement {
  return {
    sql: `SELECT 1 FROM outbox WHERE status = 'sending' AND leased_until < ? LIMIT 1`,
    args: [now],
  }
}
