/**
 * A piece of XML from `start` to `end`; `name` is without its prefix. An empty element comes as `open` and `close`,
 * both `empty`, the close without length. `aside`: what says nothing.
 */
export type XmlToken =
  | { kind: 'text'; start: number; end: number }
  | { kind: 'aside'; start: number; end: number }
  | {
      kind: 'open'
      start: number
      end: number
      tag: string
      name: string
      inside: string
      empty: boolean
    }
  | { kind: 'close'; start: number; end: number; name: string; empty: boolean }

/** Comments, CDATA and instructions say nothing in a spreadsheet; a DOCTYPE is not taken. */
const ASIDE = /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<\?[\s\S]*?\?>/y
const CLOSE = /<\/([^\s<>/="']+)\s*>/y
const OPEN = /<([^\s<>/="']+)((?:\s+[^\s<>/="']+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>/y
const ATTRIBUTE = /([^\s=]+)\s*=\s*("[^"]*"|'[^']*')/g

/**
 * The tags and texts of an XML file of a spreadsheet (https://www.w3.org/TR/xml/, without DOCTYPE and CDATA), entities
 * as they stand. Throws where something is neither.
 */
export function* xmlTokens(xml: string): Generator<XmlToken, void> {
  for (let start = 0; start < xml.length; ) {
    const open = xml.indexOf('<', start)
    if (open !== start) {
      const end = open === -1 ? xml.length : open
      yield { kind: 'text', start, end }
      start = end
      continue
    }
    const next = xml[start + 1]
    if (next === '/') {
      const [, tag = ''] = match(CLOSE, xml, start)
      const end = CLOSE.lastIndex
      yield { kind: 'close', start, end, name: localName(tag), empty: false }
      start = end
    } else if (next === '!' || next === '?') {
      match(ASIDE, xml, start)
      const end = ASIDE.lastIndex
      yield { kind: 'aside', start, end }
      start = end
    } else {
      const [, tag = '', inside = '', slash] = match(OPEN, xml, start)
      const end = OPEN.lastIndex
      const name = localName(tag)
      const empty = slash !== ''
      yield { kind: 'open', start, end, tag, name, inside, empty }
      if (empty) yield { kind: 'close', start: end, end, name, empty }
      start = end
    }
  }
}

/** The attributes of a tag, by their names with prefix; values as they stand. */
export function attributesOf(inside: string): Map<string, string> {
  const found = new Map<string, string>()
  for (const [, name = '', quoted = ''] of inside.matchAll(ATTRIBUTE)) {
    found.set(name, quoted.slice(1, -1))
  }
  return found
}

/** A tag anew. */
export function writeTag(tag: string, attributes: ReadonlyMap<string, string>, empty: boolean) {
  let written = `<${tag}`
  for (const [name, value] of attributes) written += ` ${name}="${value.replaceAll('"', '&quot;')}"`
  return `${written}${empty ? '/>' : '>'}`
}

function match(what: RegExp, xml: string, at: number): RegExpExecArray {
  what.lastIndex = at
  const found = what.exec(xml)
  if (found === null) throw new Error('this is no XML of a spreadsheet')
  return found
}

function localName(tag: string): string {
  return tag.slice(tag.indexOf(':') + 1)
}
