import type { RenderedMessage } from '../../flows/engine/channel.ts'

/** Words, or the words of a link with where it leads. */
export type TextPart = { text: string; href?: string }

/**
 * A message's text by its links: those that it names itself, to https or to this very site, and no other. What looks
 * like an address in somebody's words stays words.
 */
export function linkParts(
  { text, links = [] }: Pick<RenderedMessage, 'text' | 'links'>,
  origin: string,
): TextPart[] {
  const parts: TextPart[] = []
  let from = 0
  for (const { at, url } of links) {
    if (at < from || text.slice(at, at + url.length) !== url || !isOpen(url, origin)) continue
    parts.push({ text: text.slice(from, at) }, { text: url, href: url })
    from = at + url.length
  }
  return [...parts, { text: text.slice(from) }].filter((part) => part.text !== '')
}

function isOpen(url: string, origin: string): boolean {
  if (!URL.canParse(url)) return false
  const parsed = new URL(url)
  return parsed.protocol === 'https:' || parsed.origin === origin
}
