import type { RenderedMessage } from '../../flows/engine/channel.ts'
import type { Text } from '../../flows/engine/types.ts'
import type { Translate } from '../../locales/i18n.ts'
import type { Locale } from '../../locales/keys.ts'

type Link = NonNullable<RenderedMessage['links']>[number]

/** Words in a language, and which addresses in them are links of ours. */
export type LinkedWords = { text: string; links: readonly Link[] }

/** A text in a language. What a person typed is put in as it is, and never becomes a link. */
export function say(text: Text, locale: Locale, translate: Translate): LinkedWords {
  if (!('key' in text)) {
    return { text: text.text, links: text.link === true ? [{ at: 0, url: text.text }] : [] }
  }
  if (!('links' in text)) return { text: translate(locale, text.key, text.params), links: [] }
  const { count } = text.params ?? {}
  // The gaps are filled here, so that an address is known by its gap and not by its looks.
  const template = translate(locale, text.key, count === undefined ? undefined : { count })
  const links: Link[] = []
  let filled = ''
  for (const [index, piece] of template.split(/\{\{(\w+)\}\}/).entries()) {
    const url = index % 2 === 0 ? undefined : text.links[piece]
    if (url !== undefined) links.push({ at: filled.length, url })
    filled += index % 2 === 0 ? piece : (url ?? text.params?.[piece] ?? `{{${piece}}}`)
  }
  return { text: filled, links }
}

/** Paragraphs as one text. */
export function joinSaid(paragraphs: readonly LinkedWords[]): LinkedWords {
  let text = ''
  const links: Link[] = []
  for (const [index, paragraph] of paragraphs.entries()) {
    if (index > 0) text += '\n\n'
    links.push(...paragraph.links.map(({ at, url }) => ({ at: at + text.length, url })))
    text += paragraph.text
  }
  return { text, links }
}

/** The parts of a text that was cut, each with the links that are whole in it. */
export function cutSaid({ text, links }: LinkedWords, parts: readonly string[]): LinkedWords[] {
  let from = 0
  return parts.map((part) => {
    const start = text.indexOf(part, from)
    from = start + part.length
    const own = links.filter(({ at, url }) => at >= start && at + url.length <= from)
    return { text: part, links: own.map(({ at, url }) => ({ at: at - start, url })) }
  })
}
