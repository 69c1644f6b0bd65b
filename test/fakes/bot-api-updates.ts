import type { Json } from './bot-api-rules.ts'

/** The updates that wait for `getUpdates`, for one poller at a time. */
export type UpdateQueue = {
  push: (update: Json) => void
  /** Resolves with what waits, at once or after `timeout` seconds; `gone` ends the waiting. */
  get: (body: Json, gone: AbortSignal) => Promise<Json[] | 'terminated'>
  /** Ends the call that waits, as a second poller or a webhook does. */
  terminate: () => void
  /** How many have not been confirmed. */
  waiting: () => number
}

/**
 * Keeps the rules of https://core.telegram.org/bots/api#getupdates: an offset confirms all before it
 * for ever, an unconfirmed update comes again, and a second poller ends the first one's call.
 */
export function createUpdateQueue(): UpdateQueue {
  let queue: Json[] = []
  let wake = () => {}
  let terminate = () => {}
  return {
    push(update) {
      queue.push(update)
      wake()
    },
    async get({ offset = 0, limit = 100, timeout = 0 }, gone) {
      terminate()
      queue = queue.slice(placeOf(queue, Number(offset)))
      let terminated = false
      if (queue.length === 0 && Number(timeout) > 0) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, Number(timeout) * 1000)
          const end = () => {
            clearTimeout(timer)
            resolve()
          }
          wake = end
          gone.addEventListener('abort', end)
          terminate = () => {
            terminated = true
            end()
          }
        })
      }
      return terminated ? 'terminated' : queue.slice(0, Number(limit))
    },
    terminate: () => terminate(),
    waiting: () => queue.length,
  }
}

/** By place, not by size: after a quiet week the next id is random. */
function placeOf(queue: readonly Json[], offset: number): number {
  const at = (wanted: number) => queue.findIndex(({ update_id: id }) => id === wanted)
  return at(offset) >= 0 ? at(offset) : at(offset - 1) + 1
}
