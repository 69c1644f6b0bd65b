import type { Statement } from '../../db/core/database.ts'
import type { Deps } from './deps.ts'

/** What a job may depend on besides the application. */
export type JobSettings = {
  retentionDays: number
  /** What this process does besides the jobs of every area. */
  more?: readonly Job[]
}

/**
 * Work that nobody waits for. Every process may do every job, several at once: what a job does twice, it does
 * once. One that fails is logged and keeps no other from its turn; the next round tries again.
 *
 * - `minute`: about once a minute, or once in so many `minutes`.
 * - `round`: again at once while it answers true, since there is more; else as soon as there is something to do.
 * - `idle`: after a round in which there was nothing to do.
 */
export type Job = {
  /** What the log calls it when it fails. */
  failed: string
  every: 'minute' | 'round' | 'idle'
  /** Minutes from one time to the next, of a `minute` job; one where it is left out. */
  minutes?: number
  /**
   * A statement that gives a row where there may be something to do; all of them are asked in one request, and what has
   * nothing to do is left alone. Left out: only doing it tells.
   */
  due?: (now: string) => Statement
  /** Rounds that one call of a Worker has time for; of a `round` job alone. */
  rounds?: number
  /** A Worker does it whenever it sends, not only each minute: what it makes is to be sent. */
  feedsOutbox?: boolean
  run: (deps: Deps, settings: JobSettings) => Promise<unknown>
}
