import type { Database } from './database.ts'

/** Why nothing can be written: the disk is full · it is read only · another process holds the file · something else. */
export type WriteProblem = 'disk-full' | 'read-only' | 'locked' | 'database'

/** Longer than this nobody who watches over us waits. */
const PATIENCE_MILLISECONDS = 2000

/** Writes something that means nothing, and says why that cannot be done; null: it can. Never throws. */
export async function probeWrite(db: Database, now: string): Promise<WriteProblem | null> {
  const late = new Promise<'locked'>((resolve) => {
    setTimeout(() => resolve('locked'), PATIENCE_MILLISECONDS)
  })
  const written = db
    .write([
      {
        sql: `INSERT INTO attempts (key, count, ends_at) VALUES ('readyz', 0, ?)
          ON CONFLICT DO UPDATE SET count = 1 - count, ends_at = excluded.ends_at`,
        args: [now],
      },
    ])
    .then(() => null, problemOf)
  return Promise.race([written, late])
}

function problemOf(error: unknown): WriteProblem {
  const message = error instanceof Error ? error.message : ''
  if (/disk is full|SQLITE_FULL|ENOSPC/i.test(message)) return 'disk-full'
  if (/readonly|read-only|SQLITE_READONLY/i.test(message)) return 'read-only'
  return /locked|busy/i.test(message) ? 'locked' : 'database'
}
