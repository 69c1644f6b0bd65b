import { sizeOf, splitText, withNumberedOptions } from '../../bots/fit.ts'
import { NOTHING_OFFERED, type Offered, stamp } from '../../flows/engine/offered.ts'
import type {
  ChannelLimits,
  OutboundMessage,
  RenderedMessage,
  Text,
} from '../../flows/engine/types.ts'
import type { Translate } from '../../locales/i18n.ts'
import type { Locale } from '../../locales/keys.ts'

/** A message with the language it is to be said in: a turn may change the language half-way. */
export type Spoken = { message: OutboundMessage; locale: Locale }

export type RenderedTurn = { said: readonly RenderedMessage[]; offered: Offered }

/**
 * The words of a turn, as they will be stored and sent. Messages without quick replies join the next
 * one, so that a turn is few messages; what is too long for the channel is split at sentence ends.
 */
export function renderTurn(
  spoken: readonly Spoken[],
  turn: number,
  limits: ChannelLimits,
  translate: Translate,
): RenderedTurn {
  const said: RenderedMessage[] = []
  let offered = NOTHING_OFFERED
  let before: string[] = []
  for (const [index, { message, locale }] of spoken.entries()) {
    const words = [message.text].flat().map((text) => say(text, locale, translate))
    before.push(...words)
    const replies = message.quickReplies ?? []
    const isLast = index === spoken.length - 1
    if (replies.length === 0 && message.image === undefined && !isLast) continue
    const quickReplies = replies.map(({ value, label }) => ({
      value: stamp(value, turn),
      label: say(label, locale, translate),
    }))
    const ending = {
      quickReplies,
      ...(message.numbered === false ? { numbered: false as const } : {}),
      ...(limits.quickReplies === 0 && message.commands !== false
        ? { footer: translate(locale, 'common.footer') }
        : {}),
      ...(message.image === undefined
        ? {}
        : { image: { ...message.image, alt: say(message.image.alt, locale, translate) } }),
    }
    const parts = splitBefore(ending, before.join('\n\n'), limits)
    const last = parts.pop() ?? ''
    said.push(...parts.map((text) => ({ text, quickReplies: [] })))
    // A picture that cannot ride on the response follows the words, with the buttons under it.
    if (ending.image !== undefined && limits.picturesApart === true) {
      said.push({ text: last, quickReplies: [] }, { text: ending.image.alt, ...ending })
    } else said.push({ text: last, ...ending })
    before = []
    if (quickReplies.length > 0) {
      offered = { turn, numbered: message.numbered ?? true, replies: quickReplies }
    }
  }
  return { said, offered }
}

/** Cuts a text so that the last part has room for what stands below it where there are no buttons. */
function splitBefore(
  ending: Omit<RenderedMessage, 'text'>,
  text: string,
  { textLength, textUnit, quickReplies }: ChannelLimits,
): string[] {
  const parts = splitText(text, textLength, textUnit)
  if (quickReplies > 0) return parts
  const last = parts.pop() ?? ''
  const whole = withNumberedOptions({ text: last, ...ending }).text
  const room = textLength - (sizeOf(whole, textUnit) - sizeOf(last, textUnit))
  if (sizeOf(whole, textUnit) <= textLength) return [...parts, last]
  return [...parts, ...(room < textLength / 4 ? [last, ''] : splitText(last, room, textUnit))]
}

function say(text: Text, locale: Locale, translate: Translate): string {
  return 'key' in text ? translate(locale, text.key, text.params) : text.text
}
