import type { Database } from '../core/database.ts'

/** What wrong tries are counted against. `key`: opaque. After `free` of them each one makes a longer pause. */
export type Guarded = { key: string; free: number }

/** The first pause, in milliseconds; each further failure doubles it, up to the longest. */
const FIRST_PAUSE = 60_000
const LONGEST_PAUSE = 3_600_000
/** Failures are forgotten so long after the last one. */
const FORGOTTEN_AFTER = 24 * 3_600_000

/**
 * Counts a try as a failure under each key, before it is made, so that of many at once none goes uncounted; `endTry`
 * takes it back where it was right. Zero: it may be made. Else in how many milliseconds, and nothing was counted:
 * whoever goes on during a pause does not make it longer.
 */
export async function beginTry(
  db: Database,
  now: string,
  guarded: readonly Guarded[],
): Promise<number> {
  const at = Date.parse(now)
  const tried = guarded.map(() => 'SELECT ? AS key, ? AS free').join(' UNION ALL ')
  const keys = guarded.flatMap(({ key, free }) => [key, free])
  const paused = `SELECT max(f.free_at) FROM sign_in_failures f JOIN (${tried}) t ON t.key = f.key WHERE f.free_at > ?`
  const [, waits] = await db.write([
    { sql: 'DELETE FROM sign_in_failures WHERE ends_at <= ?', args: [at] },
    { sql: paused, args: [...keys, at] },
    {
      sql: `INSERT INTO sign_in_failures (key, count, free, free_at, ends_at)
        SELECT t.key, 1, t.free, CASE WHEN t.free <= 1 THEN ? ELSE ? END, ? FROM (${tried}) t
        WHERE (${paused}) IS NULL
        ON CONFLICT DO UPDATE SET count = count + 1, free = excluded.free, ends_at = excluded.ends_at,
          free_at = CASE WHEN count + 1 < excluded.free THEN ?
            ELSE ? + min(?, ? << min(20, count + 1 - excluded.free)) END`,
      args: [
        at + FIRST_PAUSE,
        at,
        at + FORGOTTEN_AFTER,
        ...keys,
        ...keys,
        at,
        at,
        at,
        LONGEST_PAUSE,
        FIRST_PAUSE,
      ],
    },
  ])
  return Math.max(0, Number(waits?.[0]?.[0] ?? at) - at)
}

/** Ends a try that was right: forgets the failures of `own`, and that of this try alone under `shared`. */
export async function endTry(
  db: Database,
  now: string,
  own: readonly string[],
  shared: readonly string[],
): Promise<void> {
  const at = Date.parse(now)
  await db.write([
    ...own.map((key) => ({ sql: 'DELETE FROM sign_in_failures WHERE key = ?', args: [key] })),
    ...shared.map((key) => ({
      sql: `UPDATE sign_in_failures SET count = count - 1, free_at = CASE WHEN count <= free THEN ? ELSE free_at END
        WHERE key = ? AND count > 0`,
      args: [at, key],
    })),
  ])
}
