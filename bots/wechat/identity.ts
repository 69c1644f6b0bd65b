/** What a puppet tells of a contact, as far as it says who the person is. */
export type ContactTraits = {
  id: string
  /** The WeChat number (微信号), where the puppet gives it. */
  handle?: string | undefined
  /** The remark that our account has given this contact. */
  alias?: string | undefined
}

/** A remark that holds our mark: letters that we made by chance, so that no two contacts share it. */
const MARK = /微企通·([a-z0-9]{10})$/

/**
 * Who wrote, as an address id that is never another person's.
 *
 * Contact ids of web puppets (`@…`) are dealt out anew at every login, so that the id of one person
 * may be another's tomorrow. The rule, first that fits:
 *
 * 1. `id:` — the puppet's ids do not begin with `@`: they are stable (padlocal, WeCom).
 * 2. `mark:` — our remark holds a mark that we set ourselves; only our own account can write remarks.
 * 3. `wx:` — the puppet gives the WeChat number.
 * 4. `session:` — nothing lasts: the id counts within this login only. After the next login the same
 *    person is a new address, until they link it themselves. A lost thread is mended in a minute;
 *    a case shown to a stranger is not.
 */
export function addressOf(contact: ContactTraits, session: string): string {
  if (!contact.id.startsWith('@')) return `id:${contact.id}`
  const mark = MARK.exec(contact.alias ?? '')?.[1]
  if (mark !== undefined) return `mark:${mark}`
  if (contact.handle !== undefined && contact.handle !== '') return `wx:${contact.handle}`
  return `session:${session}:${contact.id}`
}

/**
 * The address of a person in a group: a conversation of its own, since all the group reads the
 * answers. It is never the address of the same person's private chat, nor of their case.
 */
export function roomAddressOf(room: string, person: string, session: string): string {
  const where = room.startsWith('@') ? `${session}:${room}` : room
  return `room:${where}|${person}`
}

/** Is this the address of a person in a group, where others read along? */
export function isRoomAddress(address: string): boolean {
  return address.startsWith('room:')
}

/** The remark that marks a contact for the next logins; `mark` is ten letters and digits. */
export function markedAlias(name: string, mark: string): string {
  return `${[...name].slice(0, 16).join('')} 微企通·${mark}`.trim()
}

/** Is this the address of a contact that the next login may give to somebody else? */
export function isSessionBound(address: string): boolean {
  return /(^|\|)session:|^room:[^|]*:@/.test(address)
}

/** Was this address made in another login? Then nobody knows whose it is now. */
export function isOfAnotherSession(address: string, session: string): boolean {
  if (!isSessionBound(address)) return false
  return !address.includes(`session:${session}:`) && !address.startsWith(`room:${session}:`)
}
