import type { Address, OutboxStatus, RenderedMessage } from '../flows/engine/types.ts'
import type { Database, Statement } from './database.ts'
import type { Vault } from './vault.ts'

/** A row that this dispatcher holds until its lease ends. */
export type ClaimedRow = {
  id: string
  to: Address
  origin: 'reply' | 'notice'
  body: RenderedMessage
  attempts: number
  expiresAt: string
}

/** What became of a claimed row. */
export type SendRecord = {
  id: string
  status: OutboxStatus
  at: string
  nextAttemptAt?: string
  networkId?: string
  error?: string
}

const CLAIM = `UPDATE outbox SET status = 'sending', attempts = attempts + 1, leased_until = ?
WHERE id IN (
  SELECT due.id FROM outbox due
  WHERE due.status IN ('created', 'temporary-failure') AND due.next_attempt_at <= ? AND due.channel = ?
    AND NOT EXISTS (
      SELECT 1 FROM outbox earlier
      WHERE earlier.channel = due.channel AND earlier.external_id = due.external_id
        AND earlier.rowid < due.rowid
        AND earlier.status IN ('created', 'sending', 'temporary-failure')
    )
  ORDER BY due.next_attempt_at LIMIT ?
)
RETURNING id, channel, external_id, origin, body, attempts, expires_at`

/**
 * Takes due rows of one channel under a lease, at most one for each address, oldest first. One
 * statement, so any number of dispatchers may claim at once and none gets a row of another.
 */
export async function claimDue(
  db: Database,
  vault: Vault,
  claim: { channel: Address['channel']; now: string; leaseUntil: string; limit: number },
): Promise<ClaimedRow[]> {
  const [rows = []] = await db.write([
    { sql: CLAIM, args: [claim.leaseUntil, claim.now, claim.channel, claim.limit] },
  ])
  return Promise.all(
    rows.map(async ([id, , externalId, origin, body, attempts, expiresAt]) => ({
      id: String(id),
      to: { channel: claim.channel, id: String(externalId) },
      origin: origin === 'notice' ? ('notice' as const) : ('reply' as const),
      body: await openBody(vault, String(id), body),
      attempts: Number(attempts),
      expiresAt: String(expiresAt),
    })),
  )
}

async function openBody(vault: Vault, id: string, body: unknown): Promise<RenderedMessage> {
  if (!(body instanceof Uint8Array)) throw new Error('an outbox row without words')
  return JSON.parse(await vault.openText(body, outboxContext(id))) as RenderedMessage
}

/** Writes down what a send came to, with whatever else follows from it, in one batch. */
export async function recordSend(
  db: Database,
  record: SendRecord,
  also: readonly Statement[] = [],
): Promise<void> {
  await db.write([
    {
      sql: `UPDATE outbox SET status = ?, leased_until = NULL, next_attempt_at = coalesce(?, next_attempt_at),
        network_id = coalesce(?, network_id), last_error = ? WHERE id = ?`,
      args: [
        record.status,
        record.nextAttemptAt ?? null,
        record.networkId ?? null,
        record.error ?? null,
        record.id,
      ],
    },
    ...also,
  ])
}

/**
 * Repairs what a crash left: a row whose lease has ended was sent or not, nobody knows. A reply is
 * said again, which does no harm; a notice stays `in-doubt` for staff. What is overdue expires.
 */
export async function sweepOutbox(db: Database, now: string): Promise<void> {
  await db.write([
    {
      sql: `UPDATE outbox SET leased_until = NULL,
          status = CASE origin WHEN 'reply' THEN 'temporary-failure' ELSE 'in-doubt' END,
          last_error = 'the sender stopped between sending and recording'
        WHERE status = 'sending' AND leased_until < ?`,
      args: [now],
    },
    {
      sql: `UPDATE outbox SET status = 'expired'
        WHERE status IN ('created', 'temporary-failure') AND expires_at < ?`,
      args: [now],
    },
  ])
}

/** The network says that this person cannot be reached, or can be again. */
export function setReachable({ channel, id }: Address, reachable: boolean): Statement {
  return {
    sql: 'UPDATE addresses SET reachable = ? WHERE channel = ? AND external_id = ?',
    args: [reachable ? 1 : 0, channel, id],
  }
}

/** The network moved this person to another id; sessions and outbox follow by foreign key. */
export function moveAddress({ channel, id }: Address, to: string): Statement {
  return {
    sql: 'UPDATE OR IGNORE addresses SET external_id = ? WHERE channel = ? AND external_id = ?',
    args: [to, channel, id],
  }
}

/**
 * A statement that queues a message. The id makes it one message however often it is enqueued.
 * `notice` for a message that we start, `reply` for what did not fit a response.
 */
export async function enqueue(
  vault: Vault,
  message: {
    id: string
    to: Address
    origin: 'reply' | 'notice'
    body: RenderedMessage
    at: string
    expiresAt: string
    /** A condition in SQL without which nothing is queued. */
    onlyIf?: Statement
  },
): Promise<Statement> {
  return {
    sql: `INSERT OR IGNORE INTO outbox
      (id, channel, external_id, origin, body, status, next_attempt_at, expires_at, created_at)
      SELECT ?, ?, ?, ?, ?, 'created', ?, ?, ? WHERE ${message.onlyIf?.sql ?? 'TRUE'}`,
    args: [
      message.id,
      message.to.channel,
      message.to.id,
      message.origin,
      await vault.seal(JSON.stringify(message.body), outboxContext(message.id)),
      message.at,
      message.expiresAt,
      message.at,
      ...(message.onlyIf?.args ?? []),
    ],
  }
}

/** Where the words of an outbox row are sealed for. */
export function outboxContext(id: string): string {
  return `outbox:${id}`
}
