/** What failed begins anew after so long. */
const AGAIN_SECONDS = 5

/**
 * Runs a loop until it ends with `signal`. One that fails, as on a full disk, is told of and begun anew a moment later:
 * a gateway of which a part has died would keep the login and let everybody wait. Never rejects.
 */
export async function keepRunning(
  loop: () => Promise<void>,
  options: {
    signal: AbortSignal
    pause: (seconds: number) => Promise<void>
    /** Told what failed, and null as it begins anew. */
    onFailed: (error: unknown) => void
  },
): Promise<void> {
  const { signal, pause, onFailed } = options
  while (!signal.aborted) {
    try {
      return await loop()
    } catch (error) {
      onFailed(error)
      await pause(AGAIN_SECONDS)
      onFailed(null)
    }
  }
}
