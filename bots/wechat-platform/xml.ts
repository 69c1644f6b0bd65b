import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { sayable } from './sayable.ts'

/** What the XML of WeChat comes to: texts, and elements within elements. */
export type XmlNode = { readonly [name: string]: XmlValue }
type XmlValue = string | XmlNode | readonly XmlValue[]

/** Values stay the texts they are: an id must keep its zeros, a question its spaces. */
const parser = new XMLParser({
  ignoreAttributes: true,
  parseTagValue: false,
  trimValues: false,
  processEntities: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
})

/** What is text, whatever stands in it: nothing there opens a tag, a declaration or another section. */
const TEXTS = /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>/g

/** Does the document declare a DOCTYPE or an ENTITY, which WeChat never does? A person may well write of one. */
export function declaresEntities(text: string): boolean {
  return /<!(doctype|entity)/i.test(text.replaceAll(TEXTS, ''))
}

/**
 * The inside of `<xml>…</xml>`, or null for what is none: another document, a broken one, one that
 * declares entities. Pure; the size is for the caller to limit.
 */
export function parseXml(text: string): XmlNode | null {
  if (declaresEntities(text)) return null
  try {
    if (XMLValidator.validate(text) !== true) return null
    const root = parser.parse(text) as XmlNode
    const inside = root.xml
    return Object.keys(root).length === 1 && isNode(inside) ? inside : null
  } catch {
    // Nested too deep, or a name such as __proto__.
    return null
  }
}

/** The text of an element, as it stands there; `''` where there is none, or several. */
export function textOf(node: XmlNode, name: string): string {
  const value = Object.hasOwn(node, name) ? node[name] : undefined
  return typeof value === 'string' ? value : ''
}

/** The elements within an element: none, one or several. */
export function nodesOf(value: XmlValue | undefined): XmlNode[] {
  const list: readonly (XmlValue | undefined)[] = Array.isArray(value) ? value : [value]
  return list.filter(isNode)
}

/**
 * Renders elements in an `<xml>`, each text as CDATA and each number bare.
 *
 * @example renderXml({ MsgType: 'text', CreateTime: 1 }) // <xml><MsgType><![CDATA[text]]></MsgType>…
 */
export function renderXml(elements: Readonly<Record<string, string | number>>): string {
  const inside = Object.entries(elements).map(
    ([name, value]) => `<${name}>${typeof value === 'number' ? value : cdata(value)}</${name}>`,
  )
  return `<xml>${inside.join('')}</xml>`
}

/** A `]]>` would end the CDATA, so it goes into two of them. */
function cdata(text: string): string {
  return `<![CDATA[${sayable(text).replaceAll(']]>', ']]]]><![CDATA[>')}]]>`
}

function isNode(value: XmlValue | undefined): value is XmlNode {
  return typeof value === 'object' && !Array.isArray(value)
}
