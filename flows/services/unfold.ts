/**
 * What people say when they want something done: by service and language, frames. `{a|b|}` in a frame is one of its words,
 * the empty one too. They are the pack's (`PackServices.phrases`), and staff add to them from the questions nobody answered.
 */
export type ServiceFrames = Readonly<
  Record<string, { readonly 'zh-Hans': readonly string[]; readonly en: readonly string[] }>
>

/** No phrase is longer, without its spaces and marks. */
export const LONGEST_PHRASE = 60

/**
 * The phrases of one frame; of one that has more than `most`, an even sample in which each word occurs.
 *
 * @example waysOf('{go |}back') // ['go back', 'back']
 */
export function waysOf(frame: string, most = Number.POSITIVE_INFINITY): string[] {
  const ways = frame.split(/(\{[^}]*\})/).reduce(spread, [''])
  const stride = Math.max(1, Math.floor(ways.length / most))
  // A stride that shares no factor with the numbers of words, so that all of them come up.
  const step = ODD.find((prime) => prime >= stride && ways.length % prime !== 0) ?? stride
  const count = Math.min(most, ways.length)
  return Array.from({ length: count }, (_, at) => ways[(at * step) % ways.length] ?? '').map(
    (way) => way.replace(/\s+/g, ' ').trim(),
  )
}

const ODD = [
  1, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97, 101,
  151, 211,
]

function spread(made: string[], part: string): string[] {
  const words = part.startsWith('{') ? part.slice(1, -1).split('|') : [part]
  return made.flatMap((before) => words.map((word) => before + word))
}
