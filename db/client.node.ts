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

  const prepared = new Map<string, ReturnType<typeof connection.prepare>>()
  let queue: Batch[] = []
  let closed = false

  const run = ({ sql, args }: Statement): Rows => {
    let statement = prepared.get(sql)
    if (statement === undefined) {
      statement = connection.prepare(sql)
      if (statement.reader) statement.raw(true)
      prepared.set(sql, statement)
    }
    if (statement.reader) return statement.all(args) as Rows
    statement.run(args)
    return []
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

  const flush = () => {
    const batches = queue
    queue = []
    const done: (() => void)[] = []
    try {
      control('BEGIN IMMEDIATE')
      for (const { statements, resolve, reject } of batches) {
        control('SAVEPOINT batch')
        try {
          const rows = statements.map(run)
          done.push(() => resolve(rows))
        } catch (error) {
          control('ROLLBACK TO batch')
          done.push(() => reject(asConstraint(error)))
        }
        control('RELEASE batch')
      }
      control('COMMIT')
    } catch (error) {
      rollback()
      for (const { reject } of batches) reject(error)
      return
    }
    for (const settle of done) settle()
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
      prepared.clear()
      connection.close()
    },
  }
}

function asConstraint(error: unknown): unknown {
  return error instanceof Error && isConstraintMessage(error.message)
    ? new ConstraintError(error.message, { cause: error })
    : error
}
