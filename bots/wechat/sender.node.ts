import { FileBox } from 'file-box'
import type { SendResult } from '../../flows/engine/channel.ts'
import type { Contacts, WechatPlace } from './contacts.node.ts'
import { isOfAnotherSession } from './identity.ts'
import { pauseBefore, type SendPace } from './pace.ts'
import type { Part } from './wire.ts'

/** A network call that takes longer is not waited for. */
const SAY_SECONDS = 60

/** The login of now: `session` names it. */
export type Login = { session: string; contacts: Contacts }

/**
 * Says one part to an address. `stopped`: not said, since we are stopping; `in-doubt`: the network did
 * not answer in time. Never rejects. `onStart` is called at the moment from which nobody could tell
 * whether it was said.
 */
export type Say = (
  to: string,
  part: Part,
  onStart?: () => void,
) => Promise<SendResult | 'stopped' | 'in-doubt'>

/** One mouth: parts are said one after the other, each after a pause as a person would make it. */
export function createSender(options: {
  login: () => Login | null
  pace: SendPace
  random: () => number
  signal: AbortSignal
  pause: (seconds: number) => Promise<void>
  onSaid: () => void
}): Say {
  let last: Promise<unknown> = Promise.resolve()
  return (to, part, onStart) => {
    const said = last.then(() => sayNow(to, part, onStart))
    last = said
    return said
  }

  async function sayNow(
    to: string,
    part: Part,
    onStart: (() => void) | undefined,
  ): Promise<SendResult | 'stopped' | 'in-doubt'> {
    const length = part.type === 'text' ? part.text.length : 0
    await options.pause(pauseBefore(length, options.pace, options.random()) / 1000)
    if (options.signal.aborted) return 'stopped'
    const login = options.login()
    if (login === null) return failed('unavailable', 'the account is not logged in')
    try {
      const place = await login.contacts.find(to)
      if (place === null) return unknown(to, login)
      onStart?.()
      const end = await Promise.race([sayIn(place, part), tooLong()])
      if (end === 'in-doubt') return end
      options.onSaid()
      return { ok: true, externalId: 'wechat' }
    } catch (error) {
      // The puppet's words may hold a person's; the kind is enough.
      return failed('unavailable', `the puppet failed (${kindOf(error)})`)
    }
  }
}

async function sayIn({ contact, room }: WechatPlace, part: Part): Promise<void> {
  const sayable = part.type === 'text' ? part.text : fileBoxOf(part)
  if (room === null) await contact.say(sayable)
  else if (typeof sayable === 'string') await room.say(sayable, contact)
  else await room.say(sayable)
}

function fileBoxOf(part: Exclude<Part, { type: 'text' }>) {
  if (part.type === 'qr') return FileBox.fromQRCode(part.text)
  return 'url' in part
    ? FileBox.fromUrl(part.url, { name: part.name })
    : FileBox.fromBase64(part.base64, part.name)
}

/** Who is of another login must write first; who is not found now may be found when all is loaded. */
function unknown(to: string, { session }: Login): SendResult {
  return isOfAnotherSession(to, session)
    ? failed('window-closed', 'this address ended with an earlier login')
    : failed('unavailable', 'no contact of this account has this address')
}

function failed(failure: 'unavailable' | 'window-closed', detail: string): SendResult {
  return { ok: false, failure, detail }
}

function tooLong(): Promise<'in-doubt'> {
  return new Promise((resolve) => {
    setTimeout(() => resolve('in-doubt'), SAY_SECONDS * 1000).unref()
  })
}

function kindOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error
}
