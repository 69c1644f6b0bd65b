import type { Deps } from './deps.ts'

/** What a job may depend on besides the application. */
export type JobSettings = { retentionDays: number }

/**
 * Work that nobody waits for. Every process may do every job, several at once: what a job does twice, it does
 * once. One that fails is logged and keeps no other from its turn; the next round tries again.
 *
 * - `minute`: about once a minute.
 * - `round`: again at once while it answers true, since there is more; else every few seconds.
 * - `idle`: after a round in which there was nothing to do.
 */
export type Job = {
  /** What the log calls it when it fails. */
  failed: string
  every: 'minute' | 'round' | 'idle'
  /** Rounds that one call of a Worker has time for; of a `round` job alone. */
  rounds?: number
  /** A Worker does it whenever it sends, not only each minute: what it makes is to be sent. */
  feedsOutbox?: boolean
  run: (deps: Deps, settings: JobSettings) => Promise<unknown>
}
