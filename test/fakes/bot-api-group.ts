import { BOT } from './bot-api-person.ts'
import type { Json } from './bot-api-rules.ts'

/** A group of people that the bot is a member of. */
export type Group = {
  id: number
  /** What the bot said there, newest last. */
  messages: { id: number; text: string; replyTo: number | null }[]
  /** Somebody of the group says something, perhaps as a reply to a message; resolves once it was acknowledged. */
  say: (by: number, text: string, replyTo?: number) => Promise<Json>
  /** The same as an update that is not delivered. */
  update: (by: number, content: Json, replyTo?: number) => Json
}

/** Makes a group; `deliver` takes what is said there. */
export function createGroup(options: {
  id: number
  nextId: () => number
  deliver: (update: Json) => Promise<void>
}): Group {
  const { id, nextId, deliver } = options
  const chat = { id, type: 'supergroup', title: '来话' }
  const group: Group = {
    id,
    messages: [],
    update: (by, content, replyTo) => ({
      update_id: nextId(),
      message: {
        message_id: nextId(),
        date: 1_527_156_000,
        chat,
        from: { id: by, is_bot: false, first_name: '李' },
        ...(replyTo === undefined
          ? {}
          : {
              reply_to_message: {
                message_id: replyTo,
                date: 1_527_156_000,
                chat,
                from: group.messages.some((message) => message.id === replyTo)
                  ? BOT
                  : { id: 999, is_bot: false, first_name: '赵' },
              },
            }),
        ...content,
      },
    }),
    say: async (by, text, replyTo) => {
      const update = group.update(by, { text }, replyTo)
      await deliver(update)
      return update
    },
  }
  return group
}
