import type { Input, KeyedText, OutboundMessage, QuickReply, Text } from './types.ts'

/** So many answers in a row without use, and a person is offered. */
const STUCK = 3
const WAYS_OUT: readonly QuickReply[] = [
  { value: '!person', label: { key: 'policy.person' } },
  { value: '!cancel', label: { key: 'talk.putAside' } },
]

/**
 * Why a step could not use what was said, by how often in a row (`times`, from 1): from the second on with what the step
 * means, then with a person and a way to put it aside.
 */
export function unheard(
  times: number,
  otherwise: Text,
  explain: () => readonly Text[] | null,
): OutboundMessage {
  if (times >= STUCK) return { text: [otherwise, { key: 'talk.stuck' }], quickReplies: WAYS_OUT }
  const explained = times < 2 ? [] : (explain() ?? [])
  return { text: explained.length === 0 ? otherwise : [otherwise, ...explained] }
}

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
