/**
 * Tells the time as an ISO 8601 text in UTC. A turn asks a dozen times, mostly within the same millisecond, and to write a
 * date costs more than to read the clock.
 */
export function createClock(milliseconds: () => number = Date.now): () => string {
  let last = Number.NaN
  let text = ''
  return () => {
    const at = milliseconds()
    if (at !== last) {
      text = new Date(at).toISOString()
      last = at
    }
    return text
  }
}
