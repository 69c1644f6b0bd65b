import { commandOfNumber } from './commands.ts'
import { hear, normaliseLine, numberOf, readings } from './hearing.ts'
import { createMemory } from './memory.ts'
import type { Input } from './types.ts'

/** The quick replies a conversation was last shown, kept with the session. */
export type Offered = {
  turn: number
  /** False where a typed number is an answer of its own. */
  numbered: boolean
  /** True where `0` is an answer, a sum or a count, and not the menu. */
  zero?: true
  replies: readonly { value: string; label: string }[]
}

export const NOTHING_OFFERED: Offered = { turn: 0, numbered: true, replies: [] }

/** Begins the value of a quick reply that works at any time: a command or a flow, with an argument. */
export const GLOBAL = '!'

/** Marks a quick reply with its turn, so that a tap on an old button is known as one. */
export function stamp(value: string, turn: number): string {
  return value.startsWith(GLOBAL) ? value : `${value}~${turn.toString(36)}`
}

/**
 * What a typed or tapped answer means, given what was offered: a label or a number becomes its choice, however it is
 * dressed; `00` and the like a command; a stamped value loses its stamp or is marked stale.
 */
export function resolveOffered(input: Input, offered: Offered): Input {
  if (input.type === 'choice') return resolveChoice(input.value, offered)
  if (input.type !== 'text') return input
  const lines = readings(input.text, { wish: offered.numbered })
  const byLabel = offered.replies.find(({ label }) =>
    waysToType(label).some((one) => lines.includes(one)),
  )
  if (byLabel !== undefined) return resolveChoice(byLabel.value, offered)
  const command = commandOfNumber(input.text)
  if (command !== null && !(offered.zero === true && isZero(input.text))) return command
  if (!offered.numbered) return input
  const number = numberOf(input.text)
  const byNumber = number === null ? undefined : offered.replies[number - 1]
  return byNumber === undefined ? input : resolveChoice(byNumber.value, offered)
}

const isZero = (text: string) => hear(text).words.normalize('NFKC').trim() === '0'

/** A label as it is compared: the same ones are offered again and again. */
const LABELS = createMemory<readonly string[]>(500)

function waysToType(label: string): readonly string[] {
  return LABELS(label, () => {
    const bare = unmarked(label)
    return bare === label ? [normaliseLine(label)] : [normaliseLine(label), normaliseLine(bare)]
  })
}

/** A label without the tick of what was picked. */
const unmarked = (label: string) => label.replace(/^✓\s*/, '')

function resolveChoice(value: string, offered: Offered): Input {
  if (value.startsWith(GLOBAL)) return { type: 'choice', value }
  const at = value.lastIndexOf('~')
  if (at < 0) {
    const known = offered.replies.some((reply) => reply.value === stamp(value, offered.turn))
    return { type: 'choice', value, stale: !known }
  }
  const current = offered.replies.some((reply) => reply.value === value)
  return { type: 'choice', value: value.slice(0, at), stale: !current }
}
