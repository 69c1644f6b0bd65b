/** Keeps a value beside the others, at most so many: the oldest goes, and is made anew where it is asked for again. */
export function keepRecent<Key, Value>(
  kept: Map<Key, Value>,
  most: number,
  key: Key,
  value: Value,
): Value {
  kept.set(key, value)
  const [oldest] = kept.keys()
  if (kept.size > most && oldest !== undefined) kept.delete(oldest)
  return value
}
