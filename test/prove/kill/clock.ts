/** The time of the proof: a morning, so that nobody sleeps, that goes on and can be moved ahead. */
export type Clock = {
  /** Unix time in milliseconds. */
  now: () => number
  /** ISO time. */
  iso: () => string
  /** What a server that starts now must add to its machine's time, in milliseconds. */
  shift: () => number
  jump: (seconds: number) => void
}

/** A clock that begins at half past eight on a day of 2018, in China, or when it is told. */
export function createClock(start = '2018-06-01T00:30:00.000Z'): Clock {
  let shift = Date.parse(start) - Date.now()
  return {
    now: () => Date.now() + shift,
    iso: () => new Date(Date.now() + shift).toISOString(),
    shift: () => shift,
    jump: (seconds) => {
      shift += seconds * 1000
    },
  }
}
