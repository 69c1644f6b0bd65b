import type { Address } from '../../../flows/engine/types.ts'

/** Tells whoever waits for something new in the conversation of an address. */
export type News = {
  tell: (of: Address) => void
  /** Resolves when there is something new, at the latest after so long. */
  wait: (of: Address, milliseconds: number) => Promise<void>
}

/** News within this process. */
export function createNews(): News {
  const waiting = new Map<string, Set<() => void>>()
  const keyOf = ({ channel, id }: Address) => `${channel}:${id}`
  return {
    tell: (of) => {
      for (const wake of waiting.get(keyOf(of)) ?? []) wake()
    },
    wait: (of, milliseconds) =>
      new Promise((resolve) => {
        const key = keyOf(of)
        const own = waiting.get(key) ?? new Set()
        waiting.set(key, own)
        const wake = () => {
          clearTimeout(timer)
          own.delete(wake)
          if (own.size === 0 && waiting.get(key) === own) waiting.delete(key)
          resolve()
        }
        const timer = setTimeout(wake, milliseconds)
        own.add(wake)
      }),
  }
}

/** First a page looks this often, and less and less often while nothing comes. */
const LOOK_MILLISECONDS = 1500
/** What comes by another process that is no sister of ours is seen within this. */
const LONGEST_MILLISECONDS = 15_000

/** How long a page that listens waits from look to look: until it is told of something, else ever longer. */
export function createLooks(news: Pick<News, 'wait'>, of: Address) {
  let wait = LOOK_MILLISECONDS
  return {
    /** There was something: more may follow. */
    found: () => {
      wait = LOOK_MILLISECONDS
    },
    pause: async () => {
      await news.wait(of, wait)
      wait = Math.min(LONGEST_MILLISECONDS, wait * 1.2)
    },
  }
}
