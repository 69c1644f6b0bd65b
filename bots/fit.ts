import type { RenderedMessage } from '../flows/engine/channel.ts'

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

/** What a network counts: UTF-16 units, or bytes of UTF-8. */
type TextUnit = 'characters' | 'bytes'

const encoder = new TextEncoder()

/** The size of a text as a network counts it. */
export function sizeOf(text: string, unit: TextUnit = 'characters'): number {
  return unit === 'bytes' ? encoder.encode(text).length : text.length
}

/**
 * Cuts a text into parts of at most `limit` units, at the best border in the last half of each part,
 * and never inside a surrogate pair. White space at a cut is dropped; an empty text is one empty
 * part. Throws for a limit that not every character fits.
 */
export function splitText(text: string, limit: number, unit: TextUnit = 'characters'): string[] {
  if (limit < (unit === 'bytes' ? 4 : 2)) throw new RangeError('a message holds every character')
  const parts: string[] = []
  let rest = text
  for (;;) {
    const most = fitting(rest, limit, unit)
    if (most === rest.length) break
    const at = cutAt(rest.slice(0, most))
    parts.push(rest.slice(0, at).trimEnd())
    rest = rest.slice(at).trimStart()
  }
  const said = [...parts, rest].filter((part) => part !== '')
  return said.length === 0 ? [''] : said
}

/** How many UTF-16 units of a text fit, without half a character. */
function fitting(text: string, limit: number, unit: TextUnit): number {
  if (unit === 'bytes') {
    return encoder.encodeInto(text, new Uint8Array(limit)).read
  }
  if (text.length <= limit) return text.length
  const last = text.charCodeAt(limit - 1)
  const splitsPair = last >= 0xd800 && last <= 0xdbff
  return splitsPair ? limit - 1 : limit
}

function cutAt(window: string): number {
  for (const border of BORDERS) {
    let best = 0
    for (const match of window.matchAll(border)) best = match.index + match[0].length
    if (best > window.length / 2) return best
  }
  return window.length
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
