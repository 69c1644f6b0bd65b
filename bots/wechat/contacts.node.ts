import type { Contact, Room, Wechaty } from 'wechaty'
import { addressOf, isOfAnotherSession, markedAlias } from './identity.ts'

/** Where an address leads: a person, or a person in a group. */
export type WechatPlace = { contact: Contact; room: Room | null }

/** How long setting a remark may keep a message waiting. */
const MARK_MILLISECONDS = 5000
const MARK_LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789'

/** Who is who in the login of now. */
export type Contacts = {
  /** The address of a contact; may mark it first, so that the next login knows it again. */
  identify: (contact: Contact) => Promise<string>
  /** Null: nobody is known by it here. */
  find: (address: string) => Promise<WechatPlace | null>
}

/**
 * The address book of one login. `session` names the login; `marks` allows remarks to be written.
 * Kept for as long as the login lasts, since ids change with the next.
 */
export function createContacts(options: {
  bot: Wechaty
  session: string
  marks: boolean
  random: () => number
}): Contacts {
  const { bot, session } = options
  const known = new Map<string, string>()
  const tried = new Set<string>()

  return {
    async identify(contact) {
      const first = addressOf(traitsOf(contact), session)
      const isFriend = contact.friend() === true
      const address =
        options.marks && isFriend && first.startsWith('session:') ? await mark(contact) : first
      known.set(address, contact.id)
      return address
    },
    async find(address) {
      if (isOfAnotherSession(address, session)) return null
      const [, room, person] = /^room:([^|]*)\|(.*)$/.exec(address) ?? []
      const contact = await findContact(person ?? address)
      if (contact === null || room === undefined) {
        return contact === null ? null : { contact, room: null }
      }
      const id = room.startsWith(`${session}:`) ? room.slice(session.length + 1) : room
      const found = await bot.Room.find({ id })
      return found === undefined ? null : { contact, room: found }
    },
  }

  async function mark(contact: Contact): Promise<string> {
    const letters = () => MARK_LETTERS[Math.floor(options.random() * MARK_LETTERS.length)] ?? 'a'
    const fresh = Array.from({ length: 10 }, letters).join('')
    if (!tried.has(contact.id)) {
      tried.add(contact.id)
      const alias = markedAlias(contact.name(), fresh)
      // What the network did not keep would be gone at the next login: only what comes back counts.
      const written = async () => {
        // Not contact.alias(): it writes the remark into wechaty's log.
        await bot.puppet.contactAlias(contact.id, alias)
        await contact.sync()
      }
      await Promise.race([written().catch(() => {}), pause(MARK_MILLISECONDS)])
    }
    return addressOf(traitsOf(contact), session)
  }

  async function findContact(address: string): Promise<Contact | null> {
    const id = known.get(address) ?? idOf(address, session)
    if (id !== null) return (await bot.Contact.find({ id })) ?? null
    const all = await bot.Contact.findAll()
    const fitting = all.filter((contact) => addressOf(traitsOf(contact), session) === address)
    const [only] = fitting
    // Two that fit: somebody copied a remark. Nobody may get what is another's.
    return fitting.length === 1 && only !== undefined ? only : null
  }
}

function traitsOf(contact: Contact) {
  const payload = (contact as { payload?: { handle?: string; weixin?: string; alias?: string } })
    .payload
  return { id: contact.id, handle: payload?.handle ?? payload?.weixin, alias: payload?.alias }
}

function idOf(address: string, session: string): string | null {
  for (const prefix of ['id:', `session:${session}:`]) {
    if (address.startsWith(prefix)) return address.slice(prefix.length)
  }
  return null
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds).unref()
  })
}
