import { commandOfNumber } from './commands.ts'
import type { Input } from './types.ts'

/** The quick replies a conversation was last shown, kept with the session. */
export type Offered = {
  turn: number
  /** False where a typed number is an answer of its own. */
  numbered: boolean
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
 * What a typed or tapped answer means, given what was offered: a number or a label becomes its choice,
 * `0` and the like a command, a stamped value loses its stamp or is marked stale.
 */
export function resolveOffered(input: Input, offered: Offered): Input {
  if (input.type === 'choice') return resolveChoice(input.value, offered)
  if (input.type !== 'text') return input
  const typed = plain(input.text)
  const byLabel = offered.replies.find(({ label }) => plain(label) === typed)
  if (byLabel !== undefined) return resolveChoice(byLabel.value, offered)
  if (!offered.numbered) return input
  const byNumber = /^[1-9]\d?$/.test(typed) ? offered.replies[Number(typed) - 1] : undefined
  if (byNumber !== undefined) return resolveChoice(byNumber.value, offered)
  return commandOfNumber(input.text) ?? input
}

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

/** Width, case, spaces and end marks don't matter. `1.`, `1、` and `①` are 1. */
function plain(text: string): string {
  return text
    .normalize('NFKC')
    .trim()
    .toLowerCase()
    .replace(/[。.、)!,\s]+$/u, '')
}
