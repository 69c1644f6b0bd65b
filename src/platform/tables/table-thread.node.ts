import { Worker } from 'node:worker_threads'
import type { ReadTable, TableReader } from '../../kernel/tables.ts'

/** What a table may take, and how many uploads may wait for the one that is being read. */
const LIMITS = { milliseconds: 30_000, megabytes: 512, waiting: 4 }

/**
 * Reads tables in a thread of their own, one after another: whatever is in a file, the event loop goes on, and what
 * takes more time or memory than it may is told as too large. Never rejects for what is in the file.
 */
export function createTableThread(limits: Partial<typeof LIMITS> = {}): TableReader {
  const { milliseconds, megabytes, waiting } = { ...LIMITS, ...limits }
  let last: Promise<unknown> = Promise.resolve()
  let waits = 0

  function readOne(bytes: Uint8Array, mostLines: number): Promise<ReadTable> {
    return new Promise((resolve, reject) => {
      const worker = new Worker(new URL('./table-worker.node.ts', import.meta.url), {
        workerData: { bytes, mostLines },
        resourceLimits: { maxOldGenerationSizeMb: megabytes },
      })
      const timer = setTimeout(() => end({ ok: false, problem: 'too-large' }), milliseconds)
      function end(result: ReadTable): void {
        clearTimeout(timer)
        resolve(result)
        void worker.terminate()
      }
      worker.once('message', end)
      worker.once('error', (error: Error & { code?: string }) => {
        if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') end({ ok: false, problem: 'too-large' })
        else {
          clearTimeout(timer)
          reject(error)
        }
      })
    })
  }

  return async (bytes, mostLines) => {
    if (waits > waiting) return { ok: false, problem: 'busy' }
    waits += 1
    const read = last.then(() => readOne(bytes, mostLines))
    last = read.catch(() => {})
    return read.finally(() => {
      waits -= 1
    })
  }
}
