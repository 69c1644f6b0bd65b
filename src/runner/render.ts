import { splitText } from '../../bots/fit.ts'
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
    if (replies.length === 0 && !isLast) continue
    const quickReplies = replies.map(({ value, label }) => ({
      value: stamp(value, turn),
      label: say(label, locale, translate),
    }))
    const parts = splitText(before.join('\n\n'), limits.textLength)
    const last = parts.pop() ?? ''
    said.push(...parts.map((text) => ({ text, quickReplies: [] })), {
      text: last,
      quickReplies,
      ...(message.numbered === false ? { numbered: false as const } : {}),
      ...(limits.quickReplies === 0 ? { footer: translate(locale, 'common.footer') } : {}),
    })
    before = []
    if (quickReplies.length > 0) {
      offered = { turn, numbered: message.numbered ?? true, replies: quickReplies }
    }
  }
  return { said, offered }
}

function say(text: Text, locale: Locale, translate: Translate): string {
  return 'key' in text ? translate(locale, text.key, text.params) : text.text
}
