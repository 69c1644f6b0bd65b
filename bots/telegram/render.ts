import type { InlineKeyboardMarkup } from 'telegraf/types'
import type { RenderedMessage } from '../../flows/engine/channel.ts'
import { withNumberedOptions } from '../fit.ts'
import { qrPng } from '../qr-code.ts'

/** https://core.telegram.org/bots/api#inlinekeyboardbutton */
const MAX_CALLBACK_BYTES = 64
/** Labels up to this width share a row; longer ones get a row of their own. */
const SHORT_LABEL = 9

export type SendMessage = {
  chat_id: string
  text: string
  message_thread_id?: number
  reply_markup?: InlineKeyboardMarkup
}

/** A message as the parameters of `sendMessage`: plain text, so that no word can break a markup. */
export function renderMessage(chat: string, message: RenderedMessage): SendMessage {
  const fits = message.quickReplies.every(
    ({ value }) => new TextEncoder().encode(value).length <= MAX_CALLBACK_BYTES,
  )
  const thread = message.thread === undefined ? {} : { message_thread_id: message.thread }
  if (!fits) return { chat_id: chat, text: withNumberedOptions(message).text, ...thread }
  return {
    chat_id: chat,
    ...thread,
    text: message.text,
    ...(message.quickReplies.length === 0
      ? {}
      : { reply_markup: { inline_keyboard: rowsOf(message.quickReplies) } }),
  }
}

/** A caption is shorter than a text. https://core.telegram.org/bots/api#sendphoto */
const MAX_CAPTION = 1024

/**
 * A picture as the parameters of `sendPhoto`, the words below it, the buttons below them. A QR code is
 * uploaded, any other is fetched by Telegram.
 */
export async function renderPhoto(
  chat: string,
  message: RenderedMessage,
  image: NonNullable<RenderedMessage['image']>,
) {
  const { text, chat_id, ...rest } = renderMessage(chat, message)
  return {
    chat_id,
    photo:
      image.kind === 'qr' ? new Blob([await qrPng(image.value)], { type: 'image/png' }) : image.url,
    caption: [...text].slice(0, MAX_CAPTION).join(''),
    ...rest,
  }
}

function rowsOf(replies: RenderedMessage['quickReplies']): InlineKeyboardMarkup['inline_keyboard'] {
  const rows: { text: string; callback_data: string }[][] = []
  for (const { label, value } of replies) {
    const button = { text: label, callback_data: value }
    const row = rows.at(-1)
    const fits = row?.length === 1 && isShort(label) && row.every(({ text }) => isShort(text))
    if (fits) row.push(button)
    else rows.push([button])
  }
  return rows
}

/** A Han character is as wide as two letters. */
function isShort(label: string): boolean {
  const width = [...label].reduce((sum, character) => sum + (character > '\u2e7f' ? 2 : 1), 0)
  return width <= 2 * SHORT_LABEL
}
