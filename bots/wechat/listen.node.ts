import { type Friendship, type Message, types } from 'wechaty'
import { roomAddressOf } from './identity.ts'
import type { Inbox } from './inbox.node.ts'
import { namesUs, type Read, readMessage } from './read-message.node.ts'
import type { Login } from './sender.node.ts'

/** Accounts of WeChat itself, the same for everybody. */
const SYSTEM = new Set(['weixin', 'filehelper', 'fmessage', 'newsapp', 'floatbottle', 'medianote'])

/** Whoever is looked up for longer is heard when they are found. */
const HEAR_SECONDS = 10

/** Takes what the network tells, one after the other, so that the order of its coming is kept. */
export type Listener = {
  /** `find` is called in its turn: wechaty's own look-ups overtake each other. */
  hear: (find: () => Promise<Message | undefined>) => Promise<void>
  /** Accepts a request to be friends; the app's greeting follows. */
  befriend: (friendship: Friendship) => Promise<void>
}

/**
 * Decides what is a word to us: not our own, not of groups that did not name us, not of official
 * accounts, not older than `notBefore` (a login brings up what was answered long ago).
 */
export function createListener(options: {
  inbox: Inbox
  login: () => Login | null
  /** ISO time. */
  notBefore: string
  now: () => string
  onHeard: () => void
  onError: (error: unknown) => void
}): Listener {
  const { inbox, login, now } = options
  let last = Promise.resolve()
  const inOrder = (task: () => Promise<void>) => {
    const heard = last.then(task).catch(options.onError)
    // What the puppet does not find keeps nobody else back.
    last = Promise.race([heard, after(HEAR_SECONDS)])
    return heard
  }
  return {
    hear: (find) =>
      inOrder(async () => {
        const message = await find()
        if (message !== undefined) await hear(message)
      }),
    befriend: (friendship) => inOrder(() => befriend(friendship)),
  }

  async function hear(message: Message): Promise<void> {
    const current = login()
    if (current === null || message.self() || isOfNobody(message)) return
    const at = message.date().toISOString()
    if (at < options.notBefore) return
    const room = message.room()
    if (room !== undefined && !(await namesUs(message))) return
    const read = await readMessage(message)
    if (read === null) return
    const person = await current.contacts.identify(message.talker())
    const from = room === undefined ? person : roomAddressOf(room.id, person, current.session)
    take(`wechat:${message.id}`, from, at, read)
  }

  async function befriend(friendship: Friendship): Promise<void> {
    const current = login()
    if (current === null || friendship.type() !== types.Friendship.Receive) return
    await friendship.accept()
    const contact = friendship.contact()
    await contact.sync().catch(() => {})
    const from = await current.contacts.identify(contact)
    take(`wechat:friend:${friendship.id}`, from, now(), {
      input: { type: 'command', name: 'start' },
    })
  }

  function take(id: string, from: string, at: string, read: NonNullable<Read>): void {
    if (inbox.take({ id, from, at }, read)) options.onHeard()
  }
}

function isOfNobody(message: Message): boolean {
  const talker = message.talker()
  return SYSTEM.has(talker.id) || talker.type() === types.Contact.Official
}

function after(seconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, seconds * 1000).unref()
  })
}
