import type { Database, Statement } from '../core/database.ts'
import { present, shape } from '../core/query.ts'
import { apiRequests } from '../schema/api.ts'

/** An answer is remembered for a day. */
const KEPT_MILLISECONDS = 86_400_000
/** A request that is not over by then was broken off, and is done anew. */
const LEASE_MILLISECONDS = 30_000

const KNOWN = shape({
  fingerprint: apiRequests.fingerprint,
  status: apiRequests.status,
  answer: present(apiRequests.answer),
})

/** What is known of an Idempotency-Key: nothing, so that it was begun; another request; one that is being done; or its answer. */
export type BegunRequest =
  | { kind: 'begun' }
  | { kind: 'other' }
  | { kind: 'running' }
  | { kind: 'done'; status: number; answer: string }

/** Begins a request under its Idempotency-Key (as a hash), or says what became of it before. */
export async function beginRequest(
  db: Database,
  { keyId, idempotency, fingerprint }: Record<'keyId' | 'idempotency' | 'fingerprint', string>,
  now: string,
): Promise<BegunRequest> {
  const until = new Date(Date.parse(now) + LEASE_MILLISECONDS).toISOString()
  const [begun = [], known = []] = await db.write([
    {
      sql: `INSERT INTO api_requests (key_id, idempotency, fingerprint, leased_until, at) VALUES (?1, ?2, ?3, ?4, ?5)
        ON CONFLICT DO UPDATE SET fingerprint = excluded.fingerprint, leased_until = excluded.leased_until,
          at = excluded.at, status = NULL, answer = NULL
        WHERE at <= ?6 OR (status IS NULL AND leased_until <= ?5 AND fingerprint = ?3)
        RETURNING key_id`,
      args: [keyId, idempotency, fingerprint, until, now, keptSince(now)],
    },
    {
      sql: `SELECT ${KNOWN.columns} FROM api_requests WHERE key_id = ? AND idempotency = ?`,
      args: [keyId, idempotency],
    },
  ])
  if (begun.length > 0 || known[0] === undefined) return { kind: 'begun' }
  const { status, answer, fingerprint: first } = KNOWN.read(known[0])
  if (first !== fingerprint) return { kind: 'other' }
  return status === null ? { kind: 'running' } : { kind: 'done', status, answer }
}

/** Keeps what a request came to, for whoever sends it again. */
export function keepAnswer(
  { keyId, idempotency }: Record<'keyId' | 'idempotency', string>,
  { status, answer }: { status: number; answer: string },
): Statement {
  return {
    sql: 'UPDATE api_requests SET status = ?, answer = ? WHERE key_id = ? AND idempotency = ?',
    args: [status, answer, keyId, idempotency],
  }
}

/** Forgets a request that came to nothing, so that it may be sent again. */
export function forgetRequest({
  keyId,
  idempotency,
}: Record<'keyId' | 'idempotency', string>): Statement {
  return {
    sql: 'DELETE FROM api_requests WHERE key_id = ? AND idempotency = ?',
    args: [keyId, idempotency],
  }
}

/** Whether answers are kept longer than they need be. */
export function oldRequests(now: string): Statement {
  return { sql: 'SELECT 1 FROM api_requests WHERE at <= ? LIMIT 1', args: [keptSince(now)] }
}

/** Forgets what is older than a day. */
export function dropOldRequests(now: string): Statement {
  return { sql: 'DELETE FROM api_requests WHERE at <= ?', args: [keptSince(now)] }
}

function keptSince(now: string): string {
  return new Date(Date.parse(now) - KEPT_MILLISECONDS).toISOString()
}
