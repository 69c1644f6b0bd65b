// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be sent
const UNSAYABLE = /[\u0000-\u0008\u000b-\u001f\ufffe\uffff]/g

/**
 * A text without halves of characters and control characters: XML has none of them, and as JSON they
 * would become the `\uXXXX` that WeChat refuses with 40033.
 */
export function sayable(text: string): string {
  return text.toWellFormed().replaceAll(UNSAYABLE, '')
}
