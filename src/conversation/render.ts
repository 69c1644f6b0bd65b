import { sizeOf, splitText, withNumberedOptions } from '../../bots/fit.ts'
import type { ChannelLimits, RenderedMessage } from '../../flows/engine/channel.ts'
import { GLOBAL, NOTHING_OFFERED, type Offered, stamp } from '../../flows/engine/offered.ts'
import type { OutboundMessage } from '../../flows/engine/types.ts'
import type { Translate } from '../../locales/i18n.ts'
import type { Locale } from '../../locales/keys.ts'
import { cutSaid, joinSaid, type LinkedWords, say } from './say.ts'

/** A message with the language it is to be said in: a turn may change the language half-way. */
export type Spoken = { message: OutboundMessage; locale: Locale }

export type RenderedTurn = { said: readonly RenderedMessage[]; offered: Offered }

/**
 * The words of a turn, as they will be stored and sent. Messages without quick replies join the next
 * one, so that a turn is few messages; what is too long for the channel is split at sentence ends. `open`: a question
 * of a flow waits for its answer.
 */
export function renderTurn(
  spoken: readonly Spoken[],
  turn: number,
  limits: ChannelLimits,
  inGeneral: Translate,
  open = false,
): RenderedTurn {
  const translate: Translate =
    limits.quickReplies > 0
      ? inGeneral
      : (locale, key, params) => inGeneral(locale, key, params, 'typed')
  const said: RenderedMessage[] = []
  let offered = NOTHING_OFFERED
  let before: LinkedWords[] = []
  let clears = false
  const asked = withOneList(spoken, limits)
  for (const [index, { message, locale }] of asked.entries()) {
    before.push(...[message.text].flat().map((text) => say(text, locale, translate)))
    clears ||= message.clears === true
    const replies = message.quickReplies ?? []
    const isLast = index === asked.length - 1
    if (replies.length === 0 && message.image === undefined && !isLast) continue
    const quickReplies = replies.map(({ value, label }) => ({
      value: stamp(value, turn),
      label: say(label, locale, translate).text,
    }))
    const ending = {
      quickReplies,
      ...(message.numbered === false ? { numbered: false as const } : {}),
      ...(limits.quickReplies === 0 && message.commands !== false
        ? {
            footer: translate(
              locale,
              message.zero === true ? 'common.footerZero' : 'common.footer',
            ),
          }
        : {}),
      ...(message.image === undefined
        ? {}
        : { image: { ...message.image, alt: say(message.image.alt, locale, translate).text } }),
      ...(open && isLast && limits.controls === true ? { wants: message.wants ?? 'words' } : {}),
      ...(clears ? { clears: true as const } : {}),
    }
    const whole = joinSaid(before)
    const parts = cutSaid(whole, splitBefore(ending, whole.text, limits)).map(asMessage)
    const last = parts.pop() ?? asMessage({ text: '', links: [] })
    said.push(...parts)
    // A picture that cannot ride on the response follows the words, with the buttons under it.
    if (ending.image !== undefined && limits.picturesApart === true) {
      said.push(last, { text: ending.image.alt, ...ending })
    } else said.push({ ...last, ...ending })
    before = []
    clears = false
    if (quickReplies.length > 0 || message.zero === true) {
      offered = {
        turn,
        numbered: message.numbered ?? true,
        replies: quickReplies,
        ...(message.zero === true ? { zero: true as const } : {}),
      }
    }
  }
  return { said, offered }
}

/**
 * Where options are numbers to type, a turn has one list of them: what works at any time of an earlier one goes below the
 * last, and the rest of it, which the last has overtaken, goes.
 */
function withOneList(
  spoken: readonly Spoken[],
  { quickReplies }: ChannelLimits,
): readonly Spoken[] {
  if (quickReplies > 0) return spoken
  const last = spoken.findLastIndex(({ message }) => (message.quickReplies ?? []).length > 0)
  if (last < 1) return spoken
  const own = spoken[last]?.message.quickReplies ?? []
  const known = new Set(own.map(({ value }) => value))
  const earlier = spoken
    .slice(0, last)
    .flatMap(({ message }) => message.quickReplies ?? [])
    .filter(({ value }) => value.startsWith(GLOBAL) && !known.has(value))
  return spoken.map(({ message, locale }, index) => {
    if (index > last) return { message, locale }
    const replies = index === last ? [...own, ...earlier] : []
    return { message: { ...message, quickReplies: replies }, locale }
  })
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

function asMessage({ text, links }: LinkedWords): RenderedMessage {
  return { text, quickReplies: [], ...(links.length === 0 ? {} : { links }) }
}
