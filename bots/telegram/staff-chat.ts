import type { Message, Update } from 'telegraf/types'
import * as z from 'zod'
import type { StaffMessage } from '../../flows/engine/channel.ts'
import type { CallApi } from './api.ts'
import { topicOf } from './update.ts'

const Sent = z.object({ message_id: z.int() })

/**
 * What staff wrote in the group that the settings name, or null for all else: another chat, a bot.
 *
 * @example
 * // {"update_id":9,"message":{"message_id":40,"date":1528000000,"text":"请带身份证来",
 * //   "from":{"id":7,"is_bot":false,"first_name":"李"},"chat":{"id":-1001,"type":"supergroup","title":"来话"},
 * //   "reply_to_message":{"message_id":31,"from":{"id":1,"is_bot":true,"first_name":"微企通"}}}}
 * // → {id: 'telegram:9', chat: '-1001', message: 40, text: '请带身份证来', replyTo: {id: 31, ours: true}, by: '7'}
 */
export function parseStaffMessage(update: Update, chat: string | undefined): StaffMessage | null {
  const message = messageOf(update)
  if (message === null || chat === undefined) return null
  if (String(message.chat.id) !== chat || message.chat.type === 'private') return null
  const by = authorOf(message)
  if (by === null) return null
  const replied = 'reply_to_message' in message ? message.reply_to_message : undefined
  const thread = topicOf(message)
  return {
    id: `telegram:${update.update_id}`,
    chat,
    message: message.message_id,
    text: 'text' in message ? message.text : null,
    replyTo:
      replied === undefined
        ? null
        : { id: replied.message_id, ours: replied.from?.is_bot === true },
    by: by.id,
    ...(thread === undefined ? {} : { thread }),
    ...('edited_message' in update
      ? { refused: 'edited' as const }
      : by.isChannel
        ? { refused: 'as-channel' as const }
        : {}),
  }
}

function messageOf(update: Update): Message | null {
  if ('message' in update) return update.message
  return 'edited_message' in update ? update.edited_message : null
}

/**
 * Who wrote in the group; null for bots and for what a linked channel forwards by itself. An admin who is anonymous
 * writes in the group's own name (https://core.telegram.org/bots/api#message, `sender_chat`); a channel's name is no
 * proof of being staff, since anybody has one.
 */
function authorOf(message: Message): { id: string; isChannel: boolean } | null {
  const { sender_chat: sender } = message
  if (sender !== undefined) {
    if ('is_automatic_forward' in message && message.is_automatic_forward === true) return null
    return { id: String(sender.id), isChannel: sender.id !== message.chat.id }
  }
  if (message.from === undefined || message.from.is_bot) return null
  return { id: String(message.from.id), isChannel: false }
}

/** Says something in the group, as plain text; the message's id, or null where it did not arrive. */
export function createPost(options: {
  call: CallApi
  chat: string
  /** Told why, without words of the message. */
  onProblem: (detail: string) => void
}): (text: string, replyTo?: number, thread?: number) => Promise<number | null> {
  return async (text, replyTo, thread) => {
    const result = await options.call('sendMessage', {
      chat_id: options.chat,
      text,
      ...(thread === undefined ? {} : { message_thread_id: thread }),
      link_preview_options: { is_disabled: true },
      ...(replyTo === undefined
        ? {}
        : { reply_parameters: { message_id: replyTo, allow_sending_without_reply: true } }),
    })
    if (!result.ok) {
      options.onProblem(
        result.movedTo === undefined
          ? result.detail
          : `${result.detail}; the group has a new id: STAFF_TELEGRAM_CHAT_ID=${result.movedTo}`,
      )
      return null
    }
    const sent = Sent.safeParse(result.value)
    return sent.success ? sent.data.message_id : null
  }
}
