import type { Button, Json } from './bot-api-rules.ts'

/** A person with a phone: what they do becomes updates, what is sent to them stands in `messages`. */
export type Person = {
  id: number
  /** What stands in the chat, newest last. */
  messages: { text: string; buttons: Button[] }[]
  /** The taps whose button still shows a spinner, by the query's id. */
  spinning: Set<string>
  /** True from `block` to `unblock`. */
  hasBlocked: boolean
  type: (text: string) => Promise<void>
  /** Taps the newest button of this label. Throws where none was ever shown. */
  tap: (label: string) => Promise<void>
  /** Sends something that is no text, for example `{sticker: {…}}`. */
  share: (content: Json) => Promise<void>
  edit: (text: string) => Promise<void>
  block: () => Promise<void>
  unblock: () => Promise<void>
  /** The update of a typed text, not delivered. */
  update: (text: string) => Json
}

/** 2018-05-24T10:00:00Z, when the measure was in force. */
const DATE = 1_527_156_000

/** Makes a person; `deliver` takes each update of theirs and resolves once it was acknowledged. */
export function createPerson(options: {
  id: number
  language: string
  nextId: () => number
  deliver: (update: Json) => Promise<void>
}): Person {
  const { id, nextId, deliver } = options
  const from = { id, is_bot: false, first_name: '王', language_code: options.language }
  const chat = { id, type: 'private', first_name: '王' }
  const message = (content: Json) => ({ message_id: nextId(), from, chat, date: DATE, ...content })
  const member = (status: string) =>
    deliver({
      update_id: nextId(),
      my_chat_member: {
        chat,
        from,
        date: DATE,
        old_chat_member: { user: BOT, status: status === 'kicked' ? 'member' : 'kicked' },
        new_chat_member: { user: BOT, status },
      },
    })

  const person: Person = {
    id,
    messages: [],
    spinning: new Set(),
    hasBlocked: false,
    update: (text) => ({ update_id: nextId(), message: message({ text, ...entitiesOf(text) }) }),
    type: (text) => deliver(person.update(text)),
    share: (content) => deliver({ update_id: nextId(), message: message(content) }),
    edit: (text) =>
      deliver({ update_id: nextId(), edited_message: message({ text, edit_date: DATE + 60 }) }),
    tap: (label) => {
      const buttons = person.messages.flatMap((shown) => shown.buttons)
      const button = buttons.findLast(({ text }) => text === label)
      if (button === undefined) throw new Error(`there is no button ${label}`)
      const query = String(nextId())
      person.spinning.add(query)
      return deliver({
        update_id: nextId(),
        callback_query: {
          id: query,
          from,
          chat_instance: '1',
          message: { message_id: nextId(), from: BOT, chat, date: DATE, text: '' },
          data: button.callback_data,
        },
      })
    },
    block: () => {
      person.hasBlocked = true
      return member('kicked')
    },
    unblock: () => {
      person.hasBlocked = false
      return member('member')
    },
  }
  return person
}

/** What `getMe` tells. */
export const BOT = {
  id: 123456,
  is_bot: true,
  first_name: 'Weiqitong',
  username: 'weiqitong_bot',
}

function entitiesOf(text: string): Json {
  const [command] = /^\/\w+(@\w+)?/.exec(text) ?? []
  return command === undefined
    ? {}
    : { entities: [{ type: 'bot_command', offset: 0, length: command.length }] }
}
