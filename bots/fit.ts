import type { RenderedMessage } from '../flows/engine/types.ts'

/**
 * Where a text may be cut, best first: after a paragraph, a line, a sentence, a clause, a word. Marks
 * that may stand within 4.5, 45,000, 9:30 or an address are left alone.
 */
const BORDERS = [
  /\n\n+/g,
  /\n/g,
  /[。!?！？;；]["”’)）]*|[.!?]["')]*\s/g,
  /[，、：]|[,:](?![\d/]|$)\s?/g,
  /\s/g,
]

/**
 * Cuts a text into parts of at most `limit` UTF-16 units, at the best border in the last half of each
 * part, and never inside a surrogate pair. White space at a cut is dropped; an empty text is one empty
 * part. Throws for a limit below 2, which not every character fits.
 */
export function splitText(text: string, limit: number): string[] {
  if (limit < 2) throw new RangeError('a message holds at least two characters')
  const parts: string[] = []
  let rest = text
  while (rest.length > limit) {
    const at = cutAt(rest, limit)
    parts.push(rest.slice(0, at).trimEnd())
    rest = rest.slice(at).trimStart()
  }
  const said = [...parts, rest].filter((part) => part !== '')
  return said.length === 0 ? [''] : said
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
 * lines (or `· …`, where a number is an answer of its own), then the numbers that always work. The
 * runner understands the typed number.
 */
export function withNumberedOptions(message: RenderedMessage): RenderedMessage {
  const options = message.quickReplies.map(({ label }, index) =>
    message.numbered === false ? `· ${label}` : `${index + 1}. ${label}`,
  )
  const parts = [message.text, options.join('\n'), message.footer ?? '']
  return { text: parts.filter((part) => part !== '').join('\n\n'), quickReplies: [] }
}
