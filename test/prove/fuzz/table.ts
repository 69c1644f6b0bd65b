import type { Failure, Row } from './run.ts'

const MEGABYTE = 1024 * 1024

/** Prints what each route got, how it answered and how fast. */
export function printRows(rows: readonly Row[]): void {
  const width = Math.max(...rows.map(({ name }) => name.length))
  console.log(
    `\n  ${'route'.padEnd(width)}  ${'requests'.padStart(8)}  ${'p99 ms'.padStart(7)}  ${'max ms'.padStart(7)}  statuses`,
  )
  for (const row of rows) {
    const times = [...row.times].sort((a, b) => a - b)
    const at = (share: number) =>
      (times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0).toFixed(1)
    const statuses = [...row.statuses]
      .sort(([a], [b]) => a - b)
      .map(([status, count]) => `${status}: ${count}`)
    const requests = String(row.requests).padStart(8)
    console.log(
      `  ${row.name.padEnd(width)}  ${requests}  ${at(0.99).padStart(7)}  ${at(1).padStart(7)}  ${statuses.join('  ')}`,
    )
  }
}

/** Prints what went wrong, each kind once. */
export function printFailures(failures: readonly Failure[]): void {
  const first = new Map(
    failures.map((failure) => [`${failure.name} ${failure.message.split('\n')[0]}`, failure]),
  )
  for (const { name, message } of first.values()) console.log(`\n  FAILED ${name}: ${message}`)
}

/** The heap after a full collection, in bytes; null where Node was not started with --expose-gc. */
export function heapNow(): number | null {
  if (globalThis.gc === undefined) return null
  globalThis.gc()
  globalThis.gc()
  return process.memoryUsage().heapUsed
}

/** What of the heap's size after each round is a leak: still growing at the end, by more than noise; null: none. */
export function leakIn(heaps: readonly number[]): string | null {
  const half = Math.floor(heaps.length / 2)
  const [early, late] = [heaps.slice(1, half + 1), heaps.slice(half + 1)]
  if (early.length < 3 || late.length < 3) return null
  const growth = Math.min(...late) - Math.max(...early)
  const shown = heaps.map((bytes) => (bytes / MEGABYTE).toFixed(0)).join(' ')
  return growth > 12 * MEGABYTE ? `the heap grows, in MiB after each round: ${shown}` : null
}
