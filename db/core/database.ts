import type { Constraint } from './constraints.ts'

/** What SQLite stores and returns. */
export type SqlValue = string | number | null | Uint8Array

/** One parameterised statement; `args` fill its `?` in order. */
export type Statement = {
  sql: string
  args: readonly SqlValue[]
  /** True where at most the first row is wanted, which a file gives faster. */
  single?: boolean
}

/** The rows of one statement, each with its columns in the order of the SQL. */
export type Rows = readonly (readonly SqlValue[])[]

/**
 * All that the product asks of a database, so that a libSQL file on Node and a remote libSQL over
 * HTTP are one import line apart. There is no interactive transaction on purpose: conditions are
 * written in SQL (a key, a WHERE, a CHECK), and a failed one aborts its batch.
 */
export interface Database {
  /** Reads in one round trip, all statements on one snapshot. */
  read(statements: readonly Statement[]): Promise<readonly Rows[]>
  /**
   * Writes all or nothing, durable when the promise resolves.
   * Rejects with `ConstraintError` when a key, a CHECK or a foreign key says no. `exact`: a key of the batch says no the
   * second time, and whoever writes it then looks again; where an answer is lost it is sent once more, which else
   * nobody may do.
   */
  write(statements: readonly Statement[], options?: { exact?: boolean }): Promise<readonly Rows[]>
  close(): Promise<void>
}

/** A condition of the schema failed; nothing of the batch was written. */
export class ConstraintError extends Error {
  override readonly name = 'ConstraintError'
  /** Names as SQLite gives them, e.g. `turns.event_id` or that of a CHECK; empty where it names none. */
  readonly columns: readonly Constraint[]

  constructor(message: string, options?: { cause: unknown }) {
    super(message, options)
    this.columns = (/constraint failed: ([\w., ]+)/.exec(message)?.[1] ?? '')
      .split(',')
      .map((name) => name.trim())
      // One that has no name is given by its words, which nobody compares with.
      .filter((name): name is Constraint => name !== '')
  }
}

/** True for the error texts of libSQL, local or remote, that mean a failed constraint. */
export function isConstraintMessage(message: string): boolean {
  return /constraint failed/i.test(message)
}
