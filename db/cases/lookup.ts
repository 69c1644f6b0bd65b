import type { Database } from '../core/database.ts'
import { and, eq } from '../core/drizzle.ts'
import type { Vault } from '../core/vault.ts'
import { cases } from '../schema/cases.ts'
import { type CaseHead, selectHeads } from './cases.ts'
import { lookupIndex } from './content.ts'

/**
 * How often one thing may be tried. `key`: opaque, a blind index where it would name somebody. `weight`: what this
 * try counts, one where it is left out, bytes for one; with nothing it only asks whether there were too many.
 */
export type Attempt = { key: string; limit: number; windowSeconds: number; weight?: number }

/**
 * Counts one try under each key and tells whether all of them are within their limits. A window
 * begins with its first try and is not prolonged by further ones; old ones are swept on the way.
 */
export async function countAttempts(
  db: Database,
  now: string,
  attempts: readonly Attempt[],
): Promise<boolean> {
  return (await countUntil(db, now, attempts)) === null
}

/** The same, and where there were too many, the time at which the first window that is full ends; null: none is. */
export async function countUntil(
  db: Database,
  now: string,
  attempts: readonly Attempt[],
): Promise<string | null> {
  const [, ...counts] = await db.write([
    { sql: 'DELETE FROM attempts WHERE ends_at <= ?', args: [now] },
    ...attempts.map(({ key, windowSeconds, weight = 1 }) => ({
      sql: `INSERT INTO attempts (key, count, ends_at) VALUES (?, ?, ?)
        ON CONFLICT DO UPDATE SET count = count + excluded.count RETURNING count, ends_at`,
      args: [key, weight, new Date(Date.parse(now) + windowSeconds * 1000).toISOString()],
    })),
  ])
  const full = attempts.flatMap(({ limit }, index) => {
    const [count, endsAt] = counts[index]?.[0] ?? []
    return Number(count) <= limit ? [] : [String(endsAt)]
  })
  return full.sort()[0] ?? null
}

/**
 * The case that somebody proves to know: its number, the last six of the identity number, the name.
 * A wrong proof and a case that does not exist are the same null, in the same time.
 */
export async function findCaseForLookup(
  db: Database,
  vault: Vault,
  proof: { number: string; lastSix: string; name: string },
): Promise<CaseHead | null> {
  const [found] = await selectHeads(db)
    .where(
      and(eq(cases.number, proof.number), eq(cases.lookupIndex, await lookupIndex(vault, proof))),
    )
    .limit(1)
  return found ?? null
}
