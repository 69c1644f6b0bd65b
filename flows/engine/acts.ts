import { ACT_PHRASES, type Act } from './act-phrases.ts'
import { firstOf } from './commands.ts'
import { readings } from './hearing.ts'

export type { Act } from './act-phrases.ts'

/** Words that a step may take as its answer; where it does not, they are its own all the same. */
const ANSWERS: ReadonlySet<Act> = new Set<Act>(['yes', 'no', 'done', 'unsure', 'skip', 'none'])

/**
 * What a short reply does, known by its words alone, or null: "what does that mean", "choose for me", "go back". The
 * whole of it must fit, so that a question that merely holds such words is none.
 *
 * @example actOf('啥子意思嘛') // 'explain'
 */
export function actOf(text: string): Act | null {
  const bare = readings(text, { wish: false }).map((line) => line.replace(MARKS, ''))
  // Long words are a story or a question; reading them against the frames would be work for nothing.
  return firstOf(
    bare.filter(({ length }) => length > 0 && length <= LONGEST),
    (line) => table().find(([, frames]) => frames.test(line))?.[0],
  )
}

/**
 * True where a short reply may be what the step asks for: yes, none, not sure. `keeps`: the words themselves would be kept,
 * and nobody's village is called 好的.
 */
export function mayAnswer(act: Act, keeps = false): boolean {
  return ANSWERS.has(act) && !(keeps && (act === 'yes' || act === 'done'))
}

const LONGEST = 44
const MARKS = /[\s,，。.、!！?？]+/gu

type Table = readonly (readonly [Act, RegExp])[]
let acts: Table | undefined

function table(): Table {
  acts ??= Object.entries(ACT_PHRASES).map(([act, frames]) => [act as Act, asPattern(frames)])
  return acts
}

function asPattern(frames: readonly string[]): RegExp {
  const words = frames.map((frame) => frame.replace(MARKS, ''))
  const grouped = words.join('|').replaceAll('{', '(?:').replaceAll('}', ')')
  return new RegExp(`^(?:${grouped})$`, 'u')
}
