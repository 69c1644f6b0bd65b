import type { Writable } from 'node:stream'

/** Bytes that wait for a slow reader; past them lines are dropped. */
const MOST_WAITING = 1024 * 1024

/** Where lines of the log go. Whatever becomes of the other end, the process goes on. */
export type LogSink = {
  write: (line: string) => void
  /** Lines that could not be written, since this process began. */
  dropped: () => number
}

/**
 * Writes lines to a stream whose reader may be slow, gone, or on a full disk: then lines are dropped and counted, and
 * once it takes lines again one of them says how many.
 */
export function createLogSink(stream: Writable, now: () => string): LogSink {
  const lost = lossesOf(stream)
  const put = (line: string): boolean => {
    if (stream.destroyed || stream.writableLength > MOST_WAITING) return false
    try {
      stream.write(`${line}\n`)
      return true
    } catch {
      return false
    }
  }

  return {
    write(line) {
      if (lost.unsaid > 0) {
        const fields = { at: now(), level: 'warn', event: 'log-dropped', lines: lost.unsaid }
        if (put(JSON.stringify(fields))) lost.unsaid = 0
      }
      if (!put(line)) lose(lost)
    },
    dropped: () => lost.all,
  }
}

type Losses = { all: number; unsaid: number }

const losses = new WeakMap<Writable, Losses>()

/** One listener for each stream: without any, the first error would end the process. */
function lossesOf(stream: Writable): Losses {
  const known = losses.get(stream)
  if (known !== undefined) return known
  const fresh = { all: 0, unsaid: 0 }
  losses.set(stream, fresh)
  stream.on('error', () => lose(fresh))
  return fresh
}

function lose(lost: Losses): void {
  lost.all += 1
  lost.unsaid += 1
}
