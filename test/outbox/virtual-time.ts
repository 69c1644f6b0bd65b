/** A clock that moves only when everybody waits, and then to the next moment that somebody waits for. */
export type VirtualTime = {
  now: () => string
  ms: () => number
  pause: (milliseconds: number) => Promise<void>
  /** Runs until `done` settles. */
  run: <Result>(done: Promise<Result>) => Promise<Result>
}

/**
 * Time for tests in which many things wait at once for hours. Work that is under way (a database, a
 * promise) takes none of it: the clock stands while anything moves.
 */
export function createVirtualTime(start: string): VirtualTime {
  let time = Date.parse(start)
  let waiting: { at: number; order: number; wake: () => void }[] = []
  let moves = 0
  let orders = 0

  return {
    ms: () => time,
    now: () => {
      moves++
      return new Date(time).toISOString()
    },
    pause: (milliseconds) => {
      moves++
      return new Promise((wake) => {
        waiting.push({ at: time + Math.max(0, milliseconds), order: orders++, wake })
      })
    },
    async run(done) {
      let over = false
      const settled = done.finally(() => {
        over = true
      })
      settled.catch(() => {})
      while (!over) {
        await untilStill()
        if (over) break
        const next = waiting.reduce<number | null>(
          (least, { at }) => (least === null || at < least ? at : least),
          null,
        )
        if (next === null) {
          await new Promise((resolve) => setImmediate(resolve))
          continue
        }
        time = Math.max(time, next)
        const due = waiting.filter(({ at }) => at <= time).sort((a, b) => a.order - b.order)
        waiting = waiting.filter(({ at }) => at > time)
        for (const { wake } of due) wake()
      }
      return settled
    },
  }

  async function untilStill(): Promise<void> {
    for (let still = 0, seen = moves; still < 6; ) {
      await new Promise((resolve) => setImmediate(resolve))
      still = moves === seen ? still + 1 : 0
      seen = moves
    }
  }
}
