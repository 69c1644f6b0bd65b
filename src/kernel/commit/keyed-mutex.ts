/** Runs a task when the earlier tasks of the same key are done. */
export type Serialise = <Result>(key: string, task: () => Promise<Result>) => Promise<Result>

/**
 * One person's events one after the other, within this process; people don't wait for each other.
 * The database would sort out a race all the same: this saves its retries. Not for Workers, where a
 * request must not wait for another's promise.
 */
export function createKeyedMutex(): Serialise {
  const last = new Map<string, Promise<unknown>>()
  return (key, task) => {
    const before = last.get(key)
    const result = before === undefined ? task() : before.then(task, task)
    const settled = result.then(
      () => {},
      () => {},
    )
    last.set(key, settled)
    settled.then(() => {
      if (last.get(key) === settled) last.delete(key)
    })
    return result
  }
}

/** Each task at once; the schema's keys decide who was first. */
export const atOnce: Serialise = (_, task) => task()
