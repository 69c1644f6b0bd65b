import type { Database } from '../../db/core/database.ts'
import { createKeyedMutex, type Serialise } from '../kernel/keyed-mutex.ts'

const lines = new WeakMap<Database, Serialise>()

/**
 * Lets those who want the same voucher in one process wait for each other, instead of losing the race
 * against each other again and again. Nothing depends on it: other processes are kept apart by the
 * conditions of the database.
 */
export const inLine = <Value>(
  db: Database,
  name: string,
  act: () => Promise<Value>,
): Promise<Value> => {
  const inTurn = lines.get(db) ?? createKeyedMutex()
  lines.set(db, inTurn)
  return inTurn(name, act)
}
