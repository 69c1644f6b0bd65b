import type { Database, Statement } from '../core/database.ts'
import { query, type RowOf, shape } from '../core/query.ts'
import { webhookDeliveries, webhooks } from '../schema/api.ts'

const ROW = shape({
  seq: webhookDeliveries.seq,
  id: webhookDeliveries.id,
  webhookId: webhookDeliveries.webhookId,
  url: webhooks.url,
  event: webhookDeliveries.event,
  subject: webhookDeliveries.subject,
  body: webhookDeliveries.body,
  status: webhookDeliveries.status,
  attempts: webhookDeliveries.attempts,
  firstTriedAt: webhookDeliveries.firstTriedAt,
  answered: webhookDeliveries.answered,
  error: webhookDeliveries.error,
  createdAt: webhookDeliveries.createdAt,
})

/** What is told to one webhook. */
export type WebhookDelivery = RowOf<typeof ROW>

const FROM = 'FROM webhook_deliveries JOIN webhooks ON webhooks.id = webhook_deliveries.webhook_id'

/** Nothing earlier of the same subject is still to arrive at the same webhook. */
const FIRST = `NOT EXISTS (SELECT 1 FROM webhook_deliveries e WHERE e.webhook_id = d.webhook_id
  AND e.subject = d.subject AND e.seq < d.seq AND e.status IN ('waiting', 'sending'))`

/** A row where something is to be sent, or its sender has died. */
export function deliveriesDue(now: string): Statement {
  return {
    sql: `SELECT 1 FROM webhook_deliveries d WHERE (d.status = 'waiting' AND d.next_attempt_at <= ?1 AND ${FIRST})
      OR (d.status = 'sending' AND d.leased_until <= ?1) LIMIT 1`,
    args: [now],
  }
}

/**
 * Takes what is due under a lease, the oldest first, one of a subject: any number of processes may do it at once. What
 * a process that died had taken is taken again: it may arrive twice, under the same webhook-id.
 */
export async function claimDeliveries(
  db: Database,
  { now, leaseUntil, limit }: { now: string; leaseUntil: string; limit: number },
): Promise<WebhookDelivery[]> {
  const [, claimed = []] = await db.write([
    {
      sql: `UPDATE webhook_deliveries SET status = 'waiting', leased_until = NULL
        WHERE status = 'sending' AND leased_until <= ?`,
      args: [now],
    },
    {
      sql: `UPDATE webhook_deliveries SET status = 'sending', leased_until = ?2, attempts = attempts + 1,
          first_tried_at = coalesce(first_tried_at, ?1)
        WHERE seq IN (SELECT d.seq FROM webhook_deliveries d
          WHERE d.status = 'waiting' AND d.next_attempt_at <= ?1 AND ${FIRST}
          ORDER BY d.next_attempt_at, d.seq LIMIT CAST(?3 AS INTEGER))
        RETURNING seq`,
      args: [now, leaseUntil, limit],
    },
  ])
  const seqs = JSON.stringify(claimed.map(([seq]) => Number(seq)))
  if (claimed.length === 0) return []
  const sql = `SELECT ${ROW.columns} ${FROM}
    WHERE webhook_deliveries.seq IN (SELECT value FROM json_each(?)) ORDER BY webhook_deliveries.seq`
  return query(db, sql, [seqs], ROW)
}

/** What a try came to. A result that comes after the row was claimed anew changes nothing. */
export function recordDelivery(
  { seq, attempts }: Pick<WebhookDelivery, 'seq' | 'attempts'>,
  became: {
    status: 'sent' | 'waiting' | 'dead'
    nextAttemptAt: string
    answered: number | null
    error: string | null
    at: string
  },
): Statement {
  const { status, nextAttemptAt, answered, error, at } = became
  return {
    sql: `UPDATE webhook_deliveries SET status = ?, next_attempt_at = ?, answered = ?, error = ?, leased_until = NULL,
        done_at = ? WHERE seq = ? AND attempts = ? AND status = 'sending'`,
    args: [status, nextAttemptAt, answered, error, status === 'waiting' ? null : at, seq, attempts],
  }
}

/** The newest of a webhook, and what is dead before all. */
export function listDeliveries(db: Database, webhookId: string): Promise<WebhookDelivery[]> {
  const newest = `SELECT ${ROW.columns} ${FROM} WHERE webhook_deliveries.webhook_id = ?
    ORDER BY webhook_deliveries.status = 'dead' DESC, webhook_deliveries.seq DESC LIMIT 100`
  return query(db, newest, [webhookId], ROW)
}

/** Sends a dead one again, with a fresh day of tries and its old id. */
export function sendDeliveryAgain(webhookId: string, seq: number, at: string): Statement {
  return {
    sql: `UPDATE webhook_deliveries SET status = 'waiting', next_attempt_at = ?, first_tried_at = NULL, error = NULL,
        done_at = NULL WHERE seq = ? AND webhook_id = ? AND status = 'dead'
        AND EXISTS (SELECT 1 FROM webhooks w WHERE w.id = webhook_id AND w.ended_at IS NULL)`,
    args: [at, seq, webhookId],
  }
}

/** Puts something into the queue of one webhook by hand: a test. */
export function insertTest(webhookId: string, id: string, at: string): Statement {
  const body = JSON.stringify({ type: 'test', timestamp: at, data: {} })
  return {
    sql: `INSERT INTO webhook_deliveries (id, webhook_id, event, subject, body, status, next_attempt_at, created_at)
      VALUES (?, ?, 'test', ?, ?, 'waiting', ?, ?)`,
    args: [id, webhookId, `test:${id}`, body, at, at],
  }
}

/** What arrived is kept for so long, and what did not. */
const KEPT_DAYS = 30

/** Forgets what is done with. */
export function dropOldDeliveries(now: string): Statement {
  const before = new Date(Date.parse(now) - KEPT_DAYS * 86_400_000).toISOString()
  return {
    sql: "DELETE FROM webhook_deliveries WHERE status IN ('sent', 'dead') AND created_at <= ?",
    args: [before],
  }
}
