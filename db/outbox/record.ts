import type { OutboxStatus } from '../../flows/engine/channel.ts'
import type { Address, ChannelType } from '../../flows/engine/types.ts'
import type { Locale } from '../../locales/keys.ts'
import type { Database, Statement } from '../core/database.ts'
import { addressOrder, wants } from './address.ts'
import { NOTICE_KINDS } from './kinds.ts'
import type { ClaimedRow } from './outbox.ts'

/** What became of a claimed row. `attempts`: of the claim, so that what comes too late changes nothing. */
export type SendRecord = {
  id: string
  attempts: number
  status: OutboxStatus
  at: string
  nextAttemptAt?: string
  networkId?: string
  error?: string
  /** It waits for what the person says, or was never tried, so the try does not count. */
  parked?: boolean
  uncounted?: boolean
  /** It may have arrived. */
  doubted?: boolean
  /** Nothing is left to do about its failure. */
  left?: boolean
}

/** The states of a row of which a result may still be news. */
const OPEN = `('sending', 'temporary-failure', 'in-doubt')`

/** The statements that write down what a send came to; nothing where the row has been claimed anew since. */
export function sendStatements(record: SendRecord): Statement[] {
  const { id, attempts, status, at, error } = record
  const why: Statement[] =
    status === 'sent' || status === 'expired' || record.uncounted === true
      ? []
      : [
          {
            sql: `INSERT INTO outbox_history (seq, what, detail, at)
              SELECT seq, ?, ?, ? FROM outbox WHERE id = ? AND attempts = ? AND status IN ${OPEN}`,
            args: [record.doubted === true ? 'in-doubt' : status, error ?? null, at, id, attempts],
          },
        ]
  return [
    ...why,
    {
      sql: `UPDATE outbox SET status = ?, leased_until = NULL, next_attempt_at = coalesce(?, next_attempt_at),
          network_id = coalesce(?, network_id), last_error = ?, parked = ?, attempts = attempts - ?,
          sent_at = coalesce(?, sent_at), doubted_at = coalesce(doubted_at, ?), left_at = ?
        WHERE id = ? AND attempts = ? AND status IN ${OPEN}`,
      args: [
        status,
        record.nextAttemptAt ?? null,
        record.networkId ?? null,
        error ?? null,
        record.parked === true ? 1 : 0,
        record.uncounted === true ? 1 : 0,
        status === 'sent' ? at : null,
        record.doubted === true ? at : null,
        record.left === true ? at : null,
        id,
        attempts,
      ],
    },
  ]
}

/** A statement of what a whole channel came to: one more was sent, or this went wrong. */
export function noteChannel(
  channel: ChannelType,
  at: string,
  failure: { why: string; pausedUntil: string | null } | null,
): Statement {
  return failure === null
    ? {
        sql: 'UPDATE outbox_channels SET sent = sent + 1, last_sent_at = ? WHERE channel = ?',
        args: [at, channel],
      }
    : {
        sql: `UPDATE outbox_channels SET last_failed_at = ?, last_failure = ?,
            paused_why = CASE WHEN ? > coalesce(paused_until, '') THEN ? ELSE paused_why END,
            paused_until = nullif(max(coalesce(paused_until, ''), coalesce(?, '')), '')
          WHERE channel = ?`,
        args: [at, failure.why, failure.pausedUntil, failure.why, failure.pausedUntil, channel],
      }
}

/** A statement that gives an address its pause before the next message. */
export function pauseAddress({ channel, id }: Address, until: string): Statement {
  return {
    sql: 'UPDATE addresses SET next_send_at = ? WHERE channel = ? AND external_id = ?',
    args: [until, channel, id],
  }
}

/** Kinds that must not be sent twice: only a person decides to send them again. */
const ONCE = Object.entries(NOTICE_KINDS)
  .filter(([, { unsure }]) => unsure === 'staff')
  .map(([kind]) => `'${kind}'`)
  .join(', ')

/** Whether a row must not be sent twice. */
export function isOnce({ kind }: Pick<ClaimedRow, 'kind'>): boolean {
  return kind !== null && NOTICE_KINDS[kind].unsure === 'staff'
}

/**
 * Notes, before they go, that rows that must not be sent twice are handed to the network, so that a kill
 * leaves only these in doubt. The ids of those that may go: another process may have thought us dead.
 */
export async function handOver(
  db: Database,
  rows: readonly Pick<ClaimedRow, 'id' | 'attempts'>[],
  now: string,
): Promise<ReadonlySet<string>> {
  const results = await db.write(
    rows.map(({ id, attempts }) => ({
      sql: `UPDATE outbox SET handed_at = ? WHERE id = ? AND attempts = ? AND status = 'sending' RETURNING id`,
      args: [now, id, attempts],
    })),
  )
  return new Set(results.flat().map(([id]) => String(id)))
}

/**
 * Repairs what a crash left: a row whose lease has ended was sent or not, nobody knows. What does no harm
 * is sent again and marked; the rest stays `in-doubt` for staff (db/outbox/kinds.ts says which), unless
 * it was never handed to the network, or the network is one of `sendingOnce`, which takes each row once.
 */
export async function sweepOutbox(
  db: Database,
  now: string,
  sendingOnce: readonly ChannelType[],
): Promise<void> {
  const dead = `status = 'sending' AND leased_until < ?`
  const networks = sendingOnce.map((channel) => `'${channel}'`).join(', ')
  const untouched = `(coalesce(kind IN (${ONCE}), FALSE) AND handed_at IS NULL OR channel IN (${networks}))`
  const again = `origin = 'reply' OR kind NOT IN (${ONCE}) OR (${untouched})`
  const why = 'the sender stopped between sending and recording'
  await db.write([
    {
      sql: `INSERT INTO outbox_history (seq, what, detail, at)
        SELECT seq, 'in-doubt', ?, ? FROM outbox WHERE ${dead} AND NOT (${untouched})`,
      args: [why, now, now],
    },
    {
      sql: `UPDATE outbox SET leased_until = NULL, next_attempt_at = ?,
          last_error = CASE WHEN ${untouched} THEN last_error ELSE ? END,
          status = CASE WHEN ${again} THEN 'temporary-failure' ELSE 'in-doubt' END,
          doubted_at = CASE WHEN ${untouched} THEN doubted_at ELSE coalesce(doubted_at, ?) END
        WHERE ${dead}`,
      args: [now, why, now, now],
    },
  ])
}

/** A message that the network had taken did not arrive, as it says afterwards: it failed after all. */
export function noteNotArrived(failed: {
  channel: ChannelType
  networkId: string
  why: string
  at: string
}): Statement[] {
  const { channel, networkId, why, at } = failed
  const taken = `channel = ? AND network_id = ? AND status = 'sent'`
  return [
    {
      sql: `INSERT INTO outbox_history (seq, what, detail, at)
        SELECT seq, 'permanent-failure', ?, ? FROM outbox WHERE ${taken}`,
      args: [why, at, channel, networkId],
    },
    {
      sql: `UPDATE outbox SET status = 'permanent-failure', last_error = ? WHERE ${taken}`,
      args: [why, channel, networkId],
    },
  ]
}

/** Where else a person can be told, which this notice has not been tried on; null: nowhere. */
export async function otherAddress(
  db: Database,
  row: Pick<ClaimedRow, 'id' | 'rootId' | 'contactId' | 'to' | 'kind'>,
  channels: readonly ChannelType[],
): Promise<{ to: Address; locale: Locale; tries: number } | null> {
  const root = row.rootId ?? row.id
  const [rows = []] = await db.read([
    {
      sql: `SELECT a.channel, a.external_id, c.locale,
          (SELECT count(*) FROM outbox WHERE root_id = ?) FROM addresses a
        JOIN contacts c ON c.id = a.contact_id
        LEFT JOIN sessions s ON s.channel = a.channel AND s.external_id = a.external_id
        WHERE a.contact_id = ? AND a.reachable = 1 AND ${wants(row.kind ?? 'case', 'c')}
          AND a.channel IN (SELECT value FROM json_each(?))
          AND NOT (a.channel = ? AND a.external_id = ?)
          AND NOT EXISTS (SELECT 1 FROM outbox o WHERE (o.id = ? OR o.root_id = ?)
            AND o.channel = a.channel AND o.external_id = a.external_id)
        ORDER BY ${addressOrder('a', 'c', 's')} LIMIT 1`,
      args: [root, row.contactId, JSON.stringify(channels), row.to.channel, row.to.id, root, root],
    },
  ])
  const [channel, id, locale, tries] = rows[0] ?? []
  if (id == null) return null
  return {
    to: { channel: channel as ChannelType, id: String(id) },
    locale: locale === 'en' ? 'en' : 'zh-Hans',
    tries: Number(tries),
  }
}

/** The network says that this person cannot be reached, or can be again. */
export function setReachable({ channel, id }: Address, reachable: boolean): Statement {
  return {
    sql: 'UPDATE addresses SET reachable = ? WHERE channel = ? AND external_id = ?',
    args: [reachable ? 1 : 0, channel, id],
  }
}

/** A statement for a person who let us in again: what could not be delivered meanwhile, and is still of use. */
export function resumeAddress({ channel, id }: Address, now: string): Statement {
  return {
    sql: `UPDATE outbox SET status = 'created', next_attempt_at = ?, first_tried_at = NULL
      WHERE channel = ? AND external_id = ? AND status = 'permanent-failure' AND left_at IS NULL
        AND expires_at > ?`,
    args: [now, channel, id, now],
  }
}

/** The network moved this person to another id; sessions and outbox follow by foreign key. */
export function moveAddress({ channel, id }: Address, to: string): Statement {
  return {
    sql: 'UPDATE OR IGNORE addresses SET external_id = ? WHERE channel = ? AND external_id = ?',
    args: [to, channel, id],
  }
}
