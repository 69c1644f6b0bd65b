import type { RenderedMessage } from '../flows/engine/types.ts'

/** Where a text may be cut, best first: after a paragraph, a line, a sentence, a clause, a word. */
const BORDERS = [/\n\n+/g, /\n/g, /[。!?！？;；]["”’)）]*|[.!?]["')]*\s/g, /[,，、:：]\s?/g, /\s/g]

/**
 * Cuts a text into parts of at most `limit` UTF-16 units, at the best border in the last half of each
 * part, and never inside a character.
 */
export function splitText(text: string, limit: number): string[] {
  const parts: string[] = []
  let rest = text
  while (rest.length > limit) {
    const at = cutAt(rest, limit)
    parts.push(rest.slice(0, at).trimEnd())
    rest = rest.slice(at).trimStart()
  }
  return [...parts, rest].filter((part, index, all) => part !== '' || all.length === index + 1)
}

function cutAt(text: string, limit: number): number {
  const window = text.slice(0, limit)
  for (const border of BORDERS) {
    let best = 0
    for (const match of window.matchAll(border)) best = match.index + match[0].length
    if (best > limit / 2) return best
  }
  const last = window.charCodeAt(limit - 1)
  const splitsPair = last >= 0xd800 && last <= 0xdbff
  return splitsPair ? limit - 1 : limit
}

/**
 * A message as text alone, for networks without buttons (or with too few): its options as `1. …`
 * lines, then the numbers that always work. The runner understands the typed number.
 */
export function withNumberedOptions(message: RenderedMessage): RenderedMessage {
  const options = message.quickReplies.map(({ label }, index) => `${index + 1}. ${label}`)
  const parts = [message.text, options.join('\n'), message.footer ?? '']
  return { text: parts.filter((part) => part !== '').join('\n\n'), quickReplies: [] }
}
