/** Keeps the values that were last asked for; the one not asked for longest goes first. */
export function createMemory<Value>(size: number) {
  const kept = new Map<string, Value>()
  return (key: string, make: () => Value): Value => {
    const value = kept.get(key) ?? make()
    kept.delete(key)
    kept.set(key, value)
    if (kept.size > size) {
      for (const oldest of kept.keys()) {
        kept.delete(oldest)
        break
      }
    }
    return value
  }
}
