import { chmodSync, copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import Libsql from 'libsql'
import { flush } from './back-up.node.ts'

export type Restored =
  | { ok: true; former: string | null }
  /** in-use: a server or a command has the database open · no-backup: there is no such file. */
  | { ok: false; problem: 'in-use' | 'no-backup' }

/**
 * Puts a backup in the place of the database. The former database is kept beside it under `former`, so
 * that nothing is lost by taking the wrong file. Refuses while anybody has the database open: they would
 * go on writing into a file that nobody reads any more. The backup itself stays as it is. `ready` makes the copy fit to
 * be used before it takes the place.
 */
export async function restore(
  backup: string,
  database: string,
  stamp: string,
  ready: (copy: string) => Promise<void> = async () => {},
): Promise<Restored> {
  if (!existsSync(backup)) return { ok: false, problem: 'no-backup' }
  const former = existsSync(database) ? `${database}.before-restore-${stamp}` : null
  if (former !== null && !leaveLog(database)) return { ok: false, problem: 'in-use' }
  mkdirSync(dirname(database), { recursive: true })
  const partial = `${database}.restoring`
  rmSync(partial, { force: true })
  copyFileSync(backup, partial)
  chmodSync(partial, 0o600)
  await ready(partial)
  flush(partial)
  if (former !== null) renameSync(database, former)
  // Left by a crash without a database, a log would be read into the restored one.
  for (const end of ['-wal', '-shm']) rmSync(`${database}${end}`, { force: true })
  renameSync(partial, database)
  flush(dirname(database))
  return { ok: true, former }
}

/**
 * Brings everything from the write-ahead log into the file and leaves WAL mode, which SQLite grants only
 * to the last connection (https://sqlite.org/wal.html#activating_and_configuring_wal_mode).
 */
function leaveLog(database: string): boolean {
  const connection = new Libsql(database)
  try {
    connection.pragma('busy_timeout = 0')
    connection.pragma('journal_mode = DELETE')
    return true
  } catch (error) {
    if (error instanceof Error && /locked|busy/i.test(error.message)) return false
    throw error
  } finally {
    connection.close()
  }
}
