import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import Libsql from 'libsql'
import {
  ConstraintError,
  type Database,
  isConstraintMessage,
  type Rows,
  type Statement,
} from './database.ts'

type Batch = {
  statements: readonly Statement[]
  resolve: (rows: readonly Rows[]) => void
  reject: (error: unknown) => void
}

/**
 * Opens a libSQL file (or `:memory:`). WAL and synchronous=FULL: what `write` has resolved survives
 * SIGKILL and power loss (https://sqlite.org/pragma.html#pragma_synchronous).
 *
 * Writes that arrive within one event-loop tick share one commit, each in a savepoint of its own: the
 * disk's fsync is the limit of a chat line, not our code. This process is the only writer it expects;
 * another one (the command line) is waited for, five seconds at most.
 */
export function openFile(path: string): Database {
  if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true })
  const connection = new Libsql(path)
  connection.pragma('busy_timeout = 5000')
  connection.pragma('journal_mode = WAL')
  connection.pragma('synchronous = FULL')
  connection.pragma('foreign_keys = ON')
  // What is deleted is overwritten in the file, also as sealed bytes (https://sqlite.org/pragma.html#pragma_secure_delete).
  connection.pragma('secure_delete = ON')
  // 64 MiB: the indexes of a busy city stay in memory. SQLite's own default is 2.
  connection.pragma('cache_size = -65536')

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
    prepared.set(sql, fresh)
    return fresh
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

  const flush = () => {
    const batches = queue
    queue = []
    try {
      const results = commitTogether(batches)
      for (const [index, { resolve }] of batches.entries()) resolve(results[index] ?? [])
      return
    } catch (error) {
      if (batches.length === 1 || !isFailedBatch(error)) {
        for (const { reject } of batches) reject(asConstraint(error))
        return
      }
    }
    try {
      for (const settle of commitApart(batches)) settle()
    } catch (error) {
      rollback()
      for (const { reject } of batches) reject(error)
    }
  }

  return {
    async read(statements) {
      if (statements.length < 2) return statements.map(run)
      // Another process may commit between two statements; a transaction gives both one snapshot.
      control('BEGIN')
      try {
        return statements.map(run)
      } finally {
        rollback()
      }
    },
    write(statements) {
      if (closed) return Promise.reject(new Error('The database is closed.'))
      return new Promise((resolve, reject) => {
        if (queue.push({ statements, resolve, reject }) === 1) setImmediate(flush)
      })
    },
    async close() {
      if (closed) return
      closed = true
      if (queue.length > 0) flush()
      // The log still holds what was overwritten since; it goes where nobody else reads from it.
      connection.pragma('busy_timeout = 0')
      connection.pragma('wal_checkpoint(TRUNCATE)')
      prepared.clear()
      connection.close()
    },
  }
}

/** A batch's own fault, unlike a full disk or a lock, which the next try would meet again. */
function isFailedBatch(error: unknown): boolean {
  return error instanceof Error && !/disk|full|locked|busy|I\/O/i.test(error.message)
}

function asConstraint(error: unknown): unknown {
  return error instanceof Error && isConstraintMessage(error.message)
    ? new ConstraintError(error.message, { cause: error })
    : error
}
