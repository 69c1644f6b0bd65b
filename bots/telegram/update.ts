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
const LATEST = 1e11
const date = z.int().min(0).max(LATEST)
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
  return isPlainText(json) || ServedUpdate.safeParse(json).success
}

/** What a message of words alone has nothing of; the schema looks at such. */
const MORE_THAN_WORDS = Object.keys(message.shape).filter(
  (name) => !['date', 'chat', 'message_id', 'from', 'text'].includes(name),
)

/** Most updates are words and nothing else: they are looked at by hand, for what the schema asks of them. */
function isPlainText(json: unknown): boolean {
  if (!isRecord(json) || !Number.isSafeInteger(json.update_id) || !isRecord(json.message))
    return false
  if ('edited_message' in json || 'callback_query' in json || 'my_chat_member' in json) return false
  const { date, chat, message_id: id = 0, from = NOBODY, text } = json.message
  const words = json.message
  return (
    typeof text === 'string' &&
    typeof date === 'number' &&
    Number.isSafeInteger(date) &&
    date >= 0 &&
    date <= LATEST &&
    isRecord(chat) &&
    Number.isSafeInteger(chat.id) &&
    typeof chat.type === 'string' &&
    Number.isSafeInteger(id) &&
    isUser(from) &&
    !MORE_THAN_WORDS.some((name) => name in words)
  )
}

const NOBODY: unknown = { id: 0 }

function isUser(value: unknown): boolean {
  if (!isRecord(value) || !Number.isSafeInteger(value.id)) return false
  const { is_bot: bot = false, language_code: language = '' } = value
  return typeof bot === 'boolean' && typeof language === 'string'
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
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
