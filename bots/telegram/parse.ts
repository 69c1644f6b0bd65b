import type { Message, Update } from 'telegraf/types'
import { COMMANDS, type InboundEvent, type Input } from '../../flows/engine/types.ts'
import { localeOf } from '../../locales/keys.ts'
import { topicOf } from './update.ts'

/** The updates we ask for; Telegram keeps all others to itself. */
export const ALLOWED_UPDATES = [
  'message',
  'edited_message',
  'callback_query',
  'my_chat_member',
] as const

/**
 * What a person can send. All else in a message is news of Telegram itself (a pinned message, a timer, a gift, and
 * whatever comes next): nobody said it, so nothing is said of it.
 */
const SAID = [
  'text',
  'contact',
  'location',
  'venue',
  'photo',
  'document',
  'voice',
  'sticker',
  'animation',
  'video',
  'video_note',
  'audio',
  'live_photo',
  'paid_media',
  'story',
  'dice',
  'poll',
  'checklist',
  'game',
  'invoice',
] as const

const FILMS = ['video', 'animation', 'video_note', 'live_photo'] as const

/**
 * An Update as an inbound event, or null where it is not ours to answer: groups, channels, bots, and
 * what nobody said. A group is for people; a programme's answers are between it and one person.
 * Dedupe by equality of `update_id`: after a quiet week the next one is random
 * (https://core.telegram.org/bots/api#update).
 *
 * @example
 * // {"update_id":7,"message":{"message_id":1,"date":1528000000,"text":"钱多少",
 * //   "from":{"id":5,"is_bot":false,"first_name":"王","language_code":"zh-hans"},
 * //   "chat":{"id":5,"type":"private","first_name":"王"}}}
 * // → {id: 'telegram:7', from: {channel: 'telegram', id: '5'}, at: …, input: {type: 'text', text: '钱多少'}}
 */
export function parseUpdate(update: Update, now: string): InboundEvent | null {
  const id = `telegram:${update.update_id}`
  if ('message' in update) {
    const { message } = update
    return SAID.some((kind) => kind in message) ? fromMessage(id, message, inputOf(message)) : null
  }
  if ('edited_message' in update) {
    const { edited_message: edited } = update
    // A live location is edited every few seconds, by the phone alone.
    if ('location' in edited) return null
    return fromMessage(id, edited, { type: 'unsupported', what: 'edit' })
  }
  if ('callback_query' in update) {
    const query = update.callback_query
    const chat = query.message?.chat ?? { id: query.from.id, type: 'private' as const }
    if (chat.type !== 'private') return null
    const value = 'data' in query ? query.data : ''
    const input: Input = { type: 'choice', value }
    return event(id, chat.id, now, input, query.from.language_code, topicOf(query.message))
  }
  if ('my_chat_member' in update) {
    const { chat, from, date, new_chat_member: member } = update.my_chat_member
    if (chat.type !== 'private') return null
    const left = member.status === 'kicked' || member.status === 'left'
    const input: Input = { type: 'membership', state: left ? 'left' : 'joined' }
    return event(id, chat.id, isoOf(date), input, from.language_code)
  }
  return null
}

function fromMessage(id: string, message: Message, input: Input): InboundEvent | null {
  if (message.chat.type !== 'private' || message.from?.is_bot === true) return null
  const language = message.from?.language_code
  return event(id, message.chat.id, isoOf(message.date), input, language, topicOf(message))
}

/** Telegram counts in seconds. */
function isoOf(date: number): string {
  return new Date(date * 1000).toISOString()
}

function event(
  id: string,
  chat: number,
  at: string,
  input: Input,
  language: string | undefined,
  thread?: number,
): InboundEvent {
  return {
    id,
    from: { channel: 'telegram', id: String(chat) },
    at,
    input,
    ...(language === undefined ? {} : { locale: localeOf(language) }),
    ...(thread === undefined ? {} : { thread }),
  }
}

/** What a message says; a caption and an album go with the file they came with. */
function inputOf(message: Message): Input {
  const input = contentOf(message)
  if (input.type !== 'media' && input.type !== 'unsupported') return input
  const caption = 'caption' in message ? message.caption : undefined
  const album = 'media_group_id' in message ? message.media_group_id : undefined
  return {
    ...input,
    ...(caption === undefined || caption.trim() === '' ? {} : { caption }),
    ...(album === undefined ? {} : { album }),
  }
}

function contentOf(message: Message): Input {
  if ('text' in message) return commandOf(message.text) ?? { type: 'text', text: message.text }
  if ('contact' in message) {
    const { phone_number: phone, user_id: user } = message.contact
    // Anybody can forward a contact: only the sender's own card proves a number.
    return { type: 'contact', phone, own: user !== undefined && user === message.from?.id }
  }
  if ('location' in message) {
    return { type: 'location', lat: message.location.latitude, lon: message.location.longitude }
  }
  if ('photo' in message) {
    const largest = message.photo.at(-1)
    return largest === undefined
      ? { type: 'unsupported', what: 'other' }
      : { type: 'media', kind: 'image', mediaId: largest.file_id, ...sized(largest.file_size) }
  }
  // A GIF comes with a document of the same file, for clients of before 2016.
  if ('document' in message && !('animation' in message)) {
    const { file_id, file_name, file_size, mime_type } = message.document
    return {
      type: 'media',
      kind: 'document',
      mediaId: file_id,
      ...(file_name === undefined ? {} : { name: file_name }),
      ...(mime_type === undefined ? {} : { mime: mime_type }),
      ...sized(file_size),
    }
  }
  if ('voice' in message) {
    return {
      type: 'media',
      kind: 'voice',
      mediaId: message.voice.file_id,
      ...sized(message.voice.file_size),
    }
  }
  if (FILMS.some((kind) => kind in message)) return { type: 'unsupported', what: 'video' }
  return { type: 'unsupported', what: 'sticker' in message ? 'sticker' : 'other' }
}

function sized(size: number | undefined): { size?: number } {
  return size === undefined ? {} : { size }
}

/**
 * `/start apply`, `/menu@our_bot`, `/Help me`: a command of ours with its first word, or null, so that
 * other slashes stay text. A private chat has one bot only, so the name after `@` is ours.
 */
function commandOf(text: string): Input | null {
  const [, word = '', payload] = /^\/([a-z]+)(?:@\w+)?(?:\s+(\S+)|\s*$)/i.exec(text) ?? []
  const name = COMMANDS.find((known) => known === word.toLowerCase())
  if (name === undefined) return null
  return { type: 'command', name, ...(payload === undefined ? {} : { payload }) }
}
