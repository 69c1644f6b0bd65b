import type { RenderedMessage } from '../../flows/engine/channel.ts'
import { splitText, withNumberedOptions } from '../fit.ts'
import { sayable } from '../wechat-platform/sayable.ts'

/** UTF-8 bytes of one text. Nowhere documented; 2,048 was measured by many, and some of their texts near it were refused. */
export const MAX_TEXT_BYTES = 2000

/** A message as texts that WeChat takes: its options are numbered lines, since there are no buttons. */
export function renderTexts(message: RenderedMessage): string[] {
  return splitText(sayable(withNumberedOptions(message).text), MAX_TEXT_BYTES, 'bytes')
}
