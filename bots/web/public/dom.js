// The page's own elements and words, and how new elements are made.

/**
 * An element that the page has. Throws where it does not: that is a bug of ours.
 * @template {Element} T @param {string} id @param {new () => T} kind @returns {T}
 */
export function find(id, kind) {
  const element = document.getElementById(id)
  if (!(element instanceof kind)) throw new Error(`the page has no #${id}`)
  return element
}

/** @param {string} tag @param {string} className @param {string} [text] */
export function make(tag, className, text) {
  const element = document.createElement(tag)
  element.className = className
  if (text !== undefined) element.textContent = text
  return element
}

/** Where the conversation is shown; it carries the words that scripts show. */
export const log = find('log', HTMLElement)

/** The words in the page's language. @type {Record<string, string>} */
export const words = {}
/** How the box fits what is asked. @type {Record<string, Record<string, string>>} */
export const controls = {}
export let locale = ''

/** Takes the words that stand in a page of ours. @param {DOMStringMap} given */
export function takeWords(given) {
  Object.assign(words, JSON.parse(given.words ?? '{}'))
  Object.assign(controls, JSON.parse(given.controls ?? '{}'))
  locale = given.locale ?? 'zh-Hans'
}
takeWords(log.dataset)

/** An id that nobody guesses: what is sent under it once is sent once. */
export function newId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('')
}
