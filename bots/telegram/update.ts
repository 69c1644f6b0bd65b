import type { Update } from 'telegraf/types'
import * as z from 'zod'

/**
 * The largest update, in bytes: a message of 4,096 characters that answers another and quotes of it, all as `\uXXXX`,
 * with a hundred entities each, is some 90 KB. https://core.telegram.org/bots/api#message
 */
export const MAX_UPDATE_BYTES = 128 * 1024

const user = z.object({
  id: z.int(),
  is_bot: z.boolean().optional(),
  language_code: z.string().optional(),
})
const chat = z.object({ id: z.int(), type: z.string() })
const date = z.int().min(0).max(1e11)
const file = z.object({ file_id: z.string() })

/** What `parseUpdate` reads of a message. https://core.telegram.org/bots/api#message */
const message = z.object({
  date,
  chat,
  message_id: z.int().optional(),
  message_thread_id: z.int().optional(),
  is_topic_message: z.boolean().optional(),
  reply_to_message: z.object({ message_id: z.int(), from: user.optional() }).optional(),
  from: user.optional(),
  sender_chat: z.object({ id: z.int() }).optional(),
  text: z.string().optional(),
  caption: z.string().optional(),
  media_group_id: z.string().optional(),
  contact: z.object({ phone_number: z.string(), user_id: z.int().optional() }).optional(),
  location: z.object({ latitude: z.number(), longitude: z.number() }).optional(),
  photo: z.array(file).optional(),
  document: file.optional(),
  voice: file.optional(),
})

const ServedUpdate = z.object({
  update_id: z.int(),
  message: message.optional(),
  edited_message: message.optional(),
  callback_query: z
    .object({
      id: z.string(),
      from: user,
      message: z
        .object({
          chat,
          message_thread_id: z.int().optional(),
          is_topic_message: z.boolean().optional(),
        })
        .optional(),
      data: z.string().optional(),
    })
    .optional(),
  my_chat_member: z
    .object({ chat, from: user, date, new_chat_member: z.object({ status: z.string() }) })
    .optional(),
})

/**
 * Is this JSON an Update, as far as we read one? telegraf's types say the rest. What is none must
 * still be acknowledged: Telegram holds back all else of its chat for 24 hours until it is.
 */
export function isUpdate(json: unknown): json is Update {
  return ServedUpdate.safeParse(json).success
}

/** Where JSON is no Update, for the log: names of fields, and never what stands in them. */
export function oddFieldsOf(json: unknown): string {
  const issues = ServedUpdate.safeParse(json).error?.issues ?? []
  return [...new Set(issues.map(({ path }) => path.join('.') || 'update'))].slice(0, 5).join(' ')
}

/**
 * The topic that a message stands in, or undefined. Outside of topics a reply has a thread id too, which no message
 * can be sent to. https://core.telegram.org/bots/api#message
 */
export function topicOf(message: object | undefined): number | undefined {
  if (message === undefined || !('is_topic_message' in message) || !message.is_topic_message) return
  if (!('message_thread_id' in message)) return
  return typeof message.message_thread_id === 'number' ? message.message_thread_id : undefined
}

/** The chat an update belongs to: what is of one chat must be handled in order. */
export function chatOf(update: Update): number {
  if ('message' in update) return update.message.chat.id
  if ('edited_message' in update) return update.edited_message.chat.id
  if ('my_chat_member' in update) return update.my_chat_member.chat.id
  if ('callback_query' in update) {
    return update.callback_query.message?.chat.id ?? update.callback_query.from.id
  }
  return update.update_id
}
