import { setTimeout as pause } from 'node:timers/promises'
import { commitTurn as commit } from '../../../db/conversation/commit-turn.ts'

export * from '../../../db/conversation/commit-turn.ts'

/** A seeded bug: the network gets our word a moment before the turn is on the disk. */
export const commitTurn: typeof commit = async (db, vault, write, store) => {
  // Whoever was faster meanwhile is not told either.
  void pause(40)
    .then(() => commit(db, vault, write, store))
    .catch(() => {})
}
