import type { Database } from '../../db/core/database.ts'

const lines = new WeakMap<Database, Map<string, Promise<unknown>>>()

/**
 * Lets those who want the same voucher in one process wait for each other, instead of losing the race
 * against each other again and again. Nothing depends on it: other processes are kept apart by the
 * conditions of the database.
 */
export function inLine<Value>(
  db: Database,
  name: string,
  act: () => Promise<Value>,
): Promise<Value> {
  const of = lines.get(db) ?? new Map<string, Promise<unknown>>()
  lines.set(db, of)
  const turn = (of.get(name) ?? Promise.resolve()).then(act, act)
  const settled = turn.then(
    () => {},
    () => {},
  )
  of.set(name, settled)
  void settled.then(() => {
    if (of.get(name) === settled) of.delete(name)
  })
  return turn
}
