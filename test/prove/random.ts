/** Numbers that are the same for the same seed, so that a failure can be played again. */
export type Random = {
  /** From 0 up to 1. */
  next: () => number
  /** A whole number from `least` up to, not including, `most`. */
  between: (least: number, most: number) => number
  /** One of a list that is not empty. */
  pick: <Item>(items: readonly Item[]) => Item
  /** True with this probability. */
  chance: (probability: number) => boolean
  /** Another source, for somebody who must not disturb this one; the same for the same name. */
  fork: (name: string) => Random
}

/** Begins a series (mulberry32, https://gist.github.com/tommyettinger/46a874533244883189143505d203312c). */
export function createRandom(seed: number): Random {
  let state = seed | 0
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const between = (least: number, most: number) => least + Math.floor(next() * (most - least))
  return {
    next,
    between,
    pick: (items) => {
      const item = items[between(0, items.length)]
      if (item === undefined) throw new Error('nothing to pick from')
      return item
    },
    chance: (probability) => next() < probability,
    fork: (name) => createRandom(seed ^ hash(name)),
  }
}

function hash(name: string): number {
  let sum = 2_166_136_261
  for (const character of name) sum = Math.imul(sum ^ (character.codePointAt(0) ?? 0), 16_777_619)
  return sum
}
