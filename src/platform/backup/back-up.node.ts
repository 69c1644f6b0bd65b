import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { dirname } from 'node:path'
import Libsql from 'libsql'

/** How long a copy waits for a writer that holds the file. */
const BUSY_MILLISECONDS = 10_000

export type BackedUp = { ok: true; path: string } | { ok: false; problem: 'exists' | 'no-database' }

/**
 * Copies a libSQL file to a new file, of one moment, while the server goes on reading and writing
 * (`VACUUM INTO`, https://sqlite.org/lang_vacuum.html#vacuuminto). The copy is on the disk and bears its
 * name only once it is whole: a kill leaves a `.partial` file, which the next try replaces. What was
 * deleted is not in it. People's words in it stay sealed; the keys are not part of it.
 */
export function backUp(database: string, to: string): BackedUp {
  if (!existsSync(database)) return { ok: false, problem: 'no-database' }
  if (existsSync(to)) return { ok: false, problem: 'exists' }
  mkdirSync(dirname(to), { recursive: true })
  const partial = `${to}.partial`
  rmSync(partial, { force: true })
  const connection = new Libsql(database)
  try {
    connection.pragma(`busy_timeout = ${BUSY_MILLISECONDS}`)
    connection.prepare('VACUUM INTO ?').run(partial)
  } finally {
    connection.close()
  }
  chmodSync(partial, 0o600)
  flush(partial)
  renameSync(partial, to)
  flush(dirname(to))
  return { ok: true, path: to }
}

/** Waits until a file, or the names in a folder, are on the disk. */
export function flush(path: string): void {
  const file = openSync(path, 'r')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}
