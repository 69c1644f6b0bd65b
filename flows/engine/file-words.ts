import type { Input, KeyedText } from './types.ts'

/** Why a file was not kept, in words that say what to do; null where it was, and for all else. */
export function fileProblem(input: Input): KeyedText | null {
  if (input.type !== 'media' || input.kind === 'voice' || input.problem === undefined) return null
  return { key: `file.${input.problem}` }
}

/** What a step says that can use nothing but words. */
export function wordsOnly(input: Input): KeyedText {
  if (input.type !== 'media' || input.kind === 'voice') return { key: 'common.textOnly' }
  return fileProblem(input) ?? { key: 'file.unasked' }
}

/** What became of a file that came with words, where the open step had no use for it. */
export function becameOf(input: Extract<Input, { type: 'media' | 'unsupported' }>): KeyedText {
  if (input.type === 'unsupported' || input.kind === 'voice') return { key: 'file.wrong-kind' }
  return fileProblem(input) ?? { key: 'file.unasked' }
}
