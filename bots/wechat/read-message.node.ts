import { createHash } from 'node:crypto'
import type { FileBoxInterface } from 'file-box'
import type { Message } from 'wechaty'
import { types } from 'wechaty'
import type { Input } from '../../flows/engine/types.ts'

/** The longest text that is passed on, so that it fits `MAX_INBOUND_BYTES` in any script. */
const MAX_TEXT = 16_000

/** What a message is, or a file that has still to be fetched, or null for what is no word of a person. */
export type Read =
  | { input: Input }
  | { file: () => Promise<FileBoxInterface>; kind: 'image' | 'document' | 'voice' }
  | null

/**
 * Reads a message; asks the network only for a card or a location. Notes of the network itself (who
 * joined, what was recalled) are null. https://wechaty.js.org/docs/api/message
 */
export async function readMessage(message: Message): Promise<Read> {
  switch (message.type()) {
    case types.Message.Text: {
      const text = message.room() === undefined ? message.text() : await withoutMentions(message)
      return { input: { type: 'text', text: text.slice(0, MAX_TEXT) } }
    }
    case types.Message.Image:
      return { kind: 'image', file: () => message.toFileBox() }
    case types.Message.Attachment:
    case types.Message.Video:
      return { kind: 'document', file: () => message.toFileBox() }
    case types.Message.Audio:
      return { kind: 'voice', file: () => message.toFileBox() }
    case types.Message.Contact:
      return { input: await readCard(message) }
    case types.Message.Location:
      return { input: await readLocation(message) }
    case types.Message.Emoticon:
      return { input: { type: 'unsupported', what: 'sticker' } }
    case types.Message.Unknown:
    case types.Message.GroupNote:
    case types.Message.Recalled:
      return null
    default:
      return { input: { type: 'unsupported', what: 'other' } }
  }
}

/** Calls to everybody, which some puppets report as a mention of each member. */
const EVERYBODY = /@(所有人|all|everyone)(?=[\u2005\s]|$)/i

/** Does a message of a group name us ourselves, and not only everybody? */
export async function namesUs(message: Message): Promise<boolean> {
  if (!(await message.mentionSelf())) return false
  if (!EVERYBODY.test(message.text())) return true
  const self = message.wechaty.currentUser
  const names = [self.name(), await message.room()?.alias(self)]
  return names.some((name) => name !== undefined && message.text().includes(`@${name}`))
}

/**
 * A text of a group without the names that it is addressed to. A name in the group (an alias) is not always
 * told by the puppet, so what WeChat closes with its own space is a name, and so is a first or last word with `@`.
 */
async function withoutMentions(message: Message): Promise<string> {
  const known = await message.mentionText()
  const closed = known.replaceAll(/@[^@\u2005]{1,64}\u2005/g, '').trim()
  return closed
    .replace(/^(@\S{1,64}\s+)+/, '')
    .replace(/(?<![\w.-])@[^\s@]{1,64}$/, '')
    .trim()
}

/** The id under which a message's file is kept; the same message has the same. */
export function mediaIdOf(eventId: string): string {
  return createHash('sha256').update(eventId).digest('base64url').slice(0, 32)
}

/** A card names a person, and a number only on some networks; it is never proof of an own number. */
async function readCard(message: Message): Promise<Input> {
  const phones = await message
    .toContact()
    .then((contact) => contact.phone())
    .catch(() => [])
  const [phone] = phones
  return phone === undefined
    ? { type: 'unsupported', what: 'other' }
    : { type: 'contact', phone, own: false }
}

async function readLocation(message: Message): Promise<Input> {
  // `message.toLocation()` throws for every message in wechaty 1.20.2 (wechaty issue 1217).
  const place = await message.wechaty.puppet.messageLocation(message.id).catch(() => null)
  return place === null
    ? { type: 'unsupported', what: 'other' }
    : { type: 'location', lat: place.latitude, lon: place.longitude }
}
