import type { RenderedMessage } from '../../flows/engine/channel.ts'
import { splitText, withNumberedOptions } from '../fit.ts'

/** UTF-8 bytes of one text. Nowhere documented; 2,048 was measured by many, and some of their texts near it were refused. */
export const MAX_TEXT_BYTES = 2000

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be sent
const UNSAYABLE = /[\u0000-\u0008\u000b-\u001f\ufffe\uffff]/g

/**
 * A text without halves of characters and control characters: XML has none of them, and as JSON they
 * would become the `\uXXXX` that WeChat refuses with 40033.
 */
export function sayable(text: string): string {
  return text.toWellFormed().replaceAll(UNSAYABLE, '')
}

/** A message as texts that WeChat takes: its options are numbered lines, since there are no buttons. */
export function renderTexts(message: RenderedMessage): string[] {
  return splitText(sayable(withNumberedOptions(message).text), MAX_TEXT_BYTES, 'bytes')
}
