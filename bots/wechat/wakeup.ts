/** Waits that end early when somebody rings. */
export type Wakeup = {
  wake: () => void
  /** Resolves after so many seconds, at the next ring, or as soon as the signal is aborted. */
  wait: (seconds: number) => Promise<void>
}

/**
 * A bell for any number of loops that end with `signal`. What rings while nobody waits is not kept; but
 * once the signal is aborted nobody waits any more, whatever was under way as it was.
 */
export function createWakeup(signal: AbortSignal): Wakeup {
  const waiting = new Set<() => void>()
  const wake = () => {
    for (const done of [...waiting]) done()
  }
  signal.addEventListener('abort', wake)
  return {
    wake,
    wait: (seconds) =>
      new Promise((resolve) => {
        if (signal.aborted) return resolve()
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
