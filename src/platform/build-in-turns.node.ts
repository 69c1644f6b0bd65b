import { setTimeout as pause } from 'node:timers/promises'

/**
 * Builds one part after the other once `open` resolves. Between two of them people are answered, who build themselves what
 * they cannot wait for. Rejects where a part throws; the rest is then built by whoever needs it.
 */
export async function buildInTurns(
  parts: readonly (() => void)[],
  open: Promise<void>,
): Promise<void> {
  await open
  for (const part of parts) {
    await pause(1)
    part()
  }
}
