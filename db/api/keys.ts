import type { Database, Statement } from '../core/database.ts'
import { insertInto, parsed, query, type RowOf, shape } from '../core/query.ts'
import { apiKeys } from '../schema/api.ts'

const KEY = shape({
  id: apiKeys.id,
  name: apiKeys.name,
  role: apiKeys.role,
  district: apiKeys.district,
  scopes: parsed(apiKeys.scopes, (json): readonly string[] => JSON.parse(json)),
  perMinute: apiKeys.perMinute,
  waits: apiKeys.waits,
  createdBy: apiKeys.createdBy,
  createdAt: apiKeys.createdAt,
  expiresAt: apiKeys.expiresAt,
  revokedAt: apiKeys.revokedAt,
  lastUsedAt: apiKeys.lastUsedAt,
  windowAt: apiKeys.windowAt,
  hits: apiKeys.hits,
})

/** A key by all that is known of it; what it looks like is kept nowhere. Times are ISO in UTC. */
export type ApiKey = RowOf<typeof KEY>

/** The running minute of a key. */
const WINDOW_MILLISECONDS = 60_000

/** Every key, the newest first. */
export function listKeys(db: Database): Promise<ApiKey[]> {
  return query(
    db,
    `SELECT ${KEY.columns} FROM api_keys ORDER BY created_at DESC, id LIMIT 500`,
    [],
    KEY,
  )
}

/** A new key. `createdBy`: an account, or null for the command line. */
export function insertKey(
  key: Pick<
    ApiKey,
    | 'id'
    | 'name'
    | 'role'
    | 'district'
    | 'scopes'
    | 'perMinute'
    | 'waits'
    | 'createdBy'
    | 'expiresAt'
  > & {
    hash: string
    at: string
  },
): Statement {
  const { at, scopes, ...rest } = key
  const begins = { createdAt: at, windowAt: at, scopes: JSON.stringify(scopes) }
  return insertInto(apiKeys, { ...rest, ...begins })
}

/** A second administrator agrees to a key that waits. The schema refuses who made it. */
export function agreeToKey(id: string, staffId: string): Statement {
  return {
    sql: 'UPDATE api_keys SET waits = 0, agreed_by = ? WHERE id = ? AND waits = 1',
    args: [staffId, id],
  }
}

/** Ends a key; gives a row where it was still good. */
export function revokeKey(id: string, at: string): Statement {
  return {
    sql: 'UPDATE api_keys SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL RETURNING id',
    args: [at, id],
  }
}

/**
 * Finds the key of a hash, counts the request and notes when it came, in one statement, so that what was revoked a moment
 * ago opens nothing in any process. Null: there is none, or it is over.
 */
export async function useKey(db: Database, hash: string, now: string): Promise<ApiKey | null> {
  const since = new Date(Date.parse(now) - WINDOW_MILLISECONDS).toISOString()
  const [rows = []] = await db.write([
    {
      sql: `UPDATE api_keys SET last_used_at = ?1,
          hits = CASE WHEN window_at <= ?2 THEN 1 ELSE hits + 1 END,
          window_at = CASE WHEN window_at <= ?2 THEN ?1 ELSE window_at END
        WHERE hash = ?3 AND waits = 0 AND revoked_at IS NULL AND expires_at > ?1
        RETURNING ${KEY.columns}`,
      args: [now, since, hash],
    },
  ])
  return rows[0] === undefined ? null : KEY.read(rows[0])
}

/** Seconds until a key's running minute is over; one at least. */
export function secondsLeft({ windowAt }: Pick<ApiKey, 'windowAt'>, now: string): number {
  const ends = Date.parse(windowAt) + WINDOW_MILLISECONDS
  return Math.max(1, Math.ceil((ends - Date.parse(now)) / 1000))
}
