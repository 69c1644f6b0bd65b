import { chmodSync, closeSync, existsSync, mkdirSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import Libsql from 'libsql'
import { keepRecent } from '../../flows/recent.ts'
import {
  ConstraintError,
  type Database,
  isConstraintMessage,
  type Rows,
  type Statement,
} from './database.ts'

/** How long SQLite itself waits for a lock, in which the event loop stands still. */
const LOCK_MILLISECONDS = 20
/** From one try to the next, and until a batch is given up. */
const RETRY_MILLISECONDS = 25
const PATIENCE_MILLISECONDS = 3000

/** Statements that are kept ready: texts differ by how many they name, and each holds memory of SQLite's own. */
const MOST_PREPARED = 1000

type Batch = {
  statements: readonly Statement[]
  since: number
  resolve: (rows: readonly Rows[]) => void
  reject: (error: unknown) => void
}

/**
 * Opens a libSQL file (or `:memory:`). WAL and synchronous=FULL: what `write` has resolved survives
 * SIGKILL and power loss (https://sqlite.org/pragma.html#pragma_synchronous).
 *
 * Writes that arrive within one event-loop tick share one commit, each in a savepoint of its own: the
 * disk's fsync is the limit of a chat line, not our code. Another process that holds the file (a command, a backup) is
 * waited for, three seconds at most and between the ticks: the event loop goes on meanwhile.
 */
export function openFile(path: string): Database {
  if (path !== ':memory:') keepPrivate(path)
  const connection = new Libsql(path)
  connection.pragma('busy_timeout = 5000')
  connection.pragma('journal_mode = WAL')
  connection.pragma('synchronous = FULL')
  connection.pragma('foreign_keys = ON')
  // What is deleted is overwritten in the file, also as sealed bytes (https://sqlite.org/pragma.html#pragma_secure_delete).
  connection.pragma('secure_delete = ON')
  // 64 MiB: the indexes of a busy city stay in memory. SQLite's own default is 2.
  connection.pragma('cache_size = -65536')
  connection.pragma(`busy_timeout = ${LOCK_MILLISECONDS}`)

  type Prepared = { returnsRows: boolean; statement: ReturnType<typeof connection.prepare> }
  const prepared = new Map<string, Prepared>()
  let queue: Batch[] = []
  let closed = false

  const prepare = (sql: string): Prepared => {
    const known = prepared.get(sql)
    if (known !== undefined) return known
    const statement = connection.prepare(sql)
    const fresh = { returnsRows: statement.reader, statement }
    if (fresh.returnsRows) statement.raw(true)
    return keepRecent(prepared, MOST_PREPARED, sql, fresh)
  }

  const run = ({ sql, args, single }: Statement): Rows => {
    const { returnsRows, statement } = prepare(sql)
    if (!returnsRows) {
      statement.run(args)
      return []
    }
    if (single !== true) return statement.all(args) as Rows
    const row = statement.get(args)
    return row === undefined ? [] : [row as Rows[number]]
  }

  const control = (sql: string) => {
    run({ sql, args: [] })
  }

  const rollback = () => {
    try {
      control('ROLLBACK')
    } catch {
      // SQLite has already ended the transaction; the first error is the one to report.
    }
  }

  /** All batches in one transaction, as if each were alone; throws when any of them fails. */
  const commitTogether = (batches: readonly Batch[]) => {
    control('BEGIN IMMEDIATE')
    try {
      const results = batches.map(({ statements }) => statements.map(run))
      control('COMMIT')
      return results
    } catch (error) {
      rollback()
      throw error
    }
  }

  /** Each batch in a savepoint of its own, so that one that fails disturbs no neighbour. */
  const commitApart = (batches: readonly Batch[]) => {
    const settle: (() => void)[] = []
    control('BEGIN IMMEDIATE')
    for (const { statements, resolve, reject } of batches) {
      control('SAVEPOINT batch')
      try {
        const rows = statements.map(run)
        settle.push(() => resolve(rows))
      } catch (error) {
        control('ROLLBACK TO batch')
        settle.push(() => reject(asConstraint(error)))
      }
      control('RELEASE batch')
    }
    control('COMMIT')
    return settle
  }

  /** What has waited long enough fails; the rest goes first the next time. */
  const tryAgain = (batches: readonly Batch[], error: unknown) => {
    const now = performance.now()
    const isPatient = ({ since }: Batch) => now - since < PATIENCE_MILLISECONDS
    for (const batch of batches) if (!isPatient(batch)) batch.reject(error)
    queue = [...batches.filter(isPatient), ...queue]
    if (queue.length > 0) setTimeout(flush, RETRY_MILLISECONDS)
  }

  const flush = () => {
    const batches = queue
    if (batches.length === 0) return
    queue = []
    try {
      const results = commitTogether(batches)
      for (const [index, { resolve }] of batches.entries()) resolve(results[index] ?? [])
      return
    } catch (error) {
      if (isLocked(error)) {
        tryAgain(batches, error)
        return
      }
      if (batches.length === 1 || !isFailedBatch(error)) {
        for (const { reject } of batches) reject(asConstraint(error))
        return
      }
    }
    try {
      for (const settle of commitApart(batches)) settle()
    } catch (error) {
      rollback()
      if (isLocked(error)) tryAgain(batches, error)
      else for (const { reject } of batches) reject(error)
    }
  }

  /** All statements upon one state of the database. */
  const readOnce = (statements: readonly Statement[]): readonly Rows[] => {
    if (statements.length < 2) return statements.map(run)
    // Another process may commit between two statements; a transaction gives both one snapshot.
    control('BEGIN')
    try {
      return statements.map(run)
    } finally {
      rollback()
    }
  }

  return {
    async read(statements) {
      for (const since = performance.now(); ; await pause(RETRY_MILLISECONDS)) {
        try {
          return readOnce(statements)
        } catch (error) {
          if (!isLocked(error) || performance.now() - since > PATIENCE_MILLISECONDS) throw error
        }
      }
    },
    write(statements) {
      if (closed) return Promise.reject(new Error('The database is closed.'))
      return new Promise((resolve, reject) => {
        const batch = { statements, since: performance.now(), resolve, reject }
        if (queue.push(batch) === 1) setImmediate(flush)
      })
    },
    async close() {
      if (closed) return
      closed = true
      while (queue.length > 0) {
        flush()
        if (queue.length > 0) await pause(RETRY_MILLISECONDS)
      }
      // The log still holds what was overwritten since; it goes where nobody else reads from it.
      connection.pragma('busy_timeout = 0')
      connection.pragma('wal_checkpoint(TRUNCATE)')
      prepared.clear()
      connection.close()
    },
  }
}

/** The file is for its user alone, also one that was made before; SQLite gives its log the same rights. */
function keepPrivate(path: string): void {
  mkdirSync(dirname(path), { recursive: true })
  closeSync(openSync(path, 'a', 0o600))
  try {
    for (const end of ['', '-wal', '-shm']) if (existsSync(path + end)) chmodSync(path + end, 0o600)
  } catch {
    // Somebody else's file, which we may write all the same: its owner decides.
  }
}

/** A batch's own fault, unlike a full disk or a lock, which the next try would meet again. */
function isFailedBatch(error: unknown): boolean {
  return error instanceof Error && !/disk|full|locked|busy|I\/O|readonly/i.test(error.message)
}

/** Another connection holds the file. */
function isLocked(error: unknown): boolean {
  return error instanceof Error && /database( table)? is locked|SQLITE_BUSY/i.test(error.message)
}

function asConstraint(error: unknown): unknown {
  return error instanceof Error && isConstraintMessage(error.message)
    ? new ConstraintError(error.message, { cause: error })
    : error
}
