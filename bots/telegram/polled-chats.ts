import type { Update } from 'telegraf/types'
import { chatOf, isUpdate } from './update.ts'

const LONGEST_PAUSE_SECONDS = 60

export type PolledChats = {
  /** Begins with what is new in a list of updates, in the list's order. */
  take: (updates: readonly { update_id: number }[]) => void
  /** Is nothing in hand? */
  isIdle: () => boolean
  /** Resolves when nothing is in hand or, once stopped, nothing is being done. */
  settled: () => Promise<void>
  /** The first update that may come again: all before it are done. 0: nothing has come yet. */
  offset: () => number
}

/**
 * The updates in hand: one after the other within a chat, chats side by side. A failed one is tried
 * again, later and later, while its own chat waits and the others go on. Ids are compared for equality
 * only: after a quiet week the next one is random (https://core.telegram.org/bots/api#update).
 */
export function createPolledChats(options: {
  handle: (update: Update) => Promise<void>
  signal: AbortSignal
  pause: (seconds: number) => Promise<void>
  onProblem: (detail: string) => void
}): PolledChats {
  const { handle, signal, pause, onProblem } = options
  const chats = new Map<number, Promise<void>>()
  /** In the order of their coming; what is not done is in both. */
  const unfinished = new Set<number>()
  let known = new Set<number>()
  let next = 0

  return {
    take(updates) {
      const fresh = updates.filter(({ update_id: id }) => !known.has(id))
      known = new Set([...unfinished, ...updates.map(({ update_id: id }) => id)])
      for (const update of fresh) {
        next = update.update_id + 1
        if (isUpdate(update)) queue(update)
        else onProblem('an update of an unknown shape was left out')
      }
    },
    isIdle: () => unfinished.size === 0,
    settled: async () => {
      await Promise.all(chats.values())
    },
    offset: () => unfinished.values().next().value ?? next,
  }

  function queue(update: Update): void {
    const chat = chatOf(update)
    unfinished.add(update.update_id)
    const last = (chats.get(chat) ?? Promise.resolve()).then(() => finish(update))
    chats.set(chat, last)
    void last.then(() => {
      if (chats.get(chat) === last) chats.delete(chat)
    })
  }

  async function finish(update: Update): Promise<void> {
    for (let failures = 0; !signal.aborted; failures++) {
      try {
        await handle(update)
        unfinished.delete(update.update_id)
        return
      } catch (error) {
        // The error's words may be a person's; its kind is not.
        const kind = error instanceof Error ? error.name : typeof error
        onProblem(`an update could not be handled (${kind}) and is tried again`)
        await pause(Math.min(LONGEST_PAUSE_SECONDS, 2 ** failures))
      }
    }
  }
}
