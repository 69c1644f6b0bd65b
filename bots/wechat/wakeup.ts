/** Waits that end early when somebody rings. */
export type Wakeup = {
  wake: () => void
  /** Resolves after so many seconds, or at the next ring. */
  wait: (seconds: number) => Promise<void>
}

/** A bell for any number of loops; what rings while nobody waits is not kept. */
export function createWakeup(): Wakeup {
  const waiting = new Set<() => void>()
  return {
    wake() {
      for (const done of [...waiting]) done()
    },
    wait: (seconds) =>
      new Promise((resolve) => {
        const done = () => {
          clearTimeout(timer)
          waiting.delete(done)
          resolve()
        }
        const timer = setTimeout(done, seconds * 1000)
        waiting.add(done)
      }),
  }
}
