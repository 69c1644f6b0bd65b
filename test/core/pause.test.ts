import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createPause } from '../../db/core/pause.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** How long a pause is, by a clock that stands still otherwise. */
async function lengthOf(pause: () => Promise<void>): Promise<number> {
  const started = Date.now()
  const over = pause()
  await vi.runAllTimersAsync()
  await over
  return Date.now() - started
}

it('who loses again waits in measure of what a try takes and of how many it lost, up to eight times', async () => {
  const pause = createPause(() => 1)
  const pauses: number[] = []
  for (let tries = 0; tries < 10; tries++) {
    vi.advanceTimersByTime(120)
    pauses.push(await lengthOf(pause))
  }
  expect(pauses).toEqual([120, 240, 360, 480, 600, 720, 840, 960, 960, 960])
})

it('a try that takes no time is followed by chance all the same', async () => {
  expect(await lengthOf(createPause(() => 0.5))).toBe(5)
})
