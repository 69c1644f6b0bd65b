import { FileBox } from 'file-box'
import type { SendResult } from '../../flows/engine/channel.ts'
import type { Contacts, WechatPlace } from './contacts.node.ts'
import { isOfAnotherSession } from './identity.ts'
import { pauseBefore, type SendPace } from './pace.ts'
import type { CreateQueue, Part } from './wire.ts'

/** A network call that takes longer is not waited for. */
const SAY_SECONDS = 60
/** After so long other people's turn comes, while the network still has this one. */
const PATIENCE_SECONDS = 5
/** So long a call may still take when we are to stop. */
const LAST_SECONDS = 3
/** So many calls may be without an end at once; then nothing more is begun. */
const MOST_OPEN = 4

/** The login of now: `session` names it. */
export type Login = { session: string; contacts: Contacts }

/**
 * Says one part to an address. `stopped`: not said, since we are stopping; `in-doubt`: the network did
 * not answer in time. Never rejects. `onStart` is called at the moment from which nobody could tell
 * whether it was said.
 */
export type Say = (to: string, part: Part, onStart?: () => void) => Promise<Said>

/**
 * Says parts one after the other, each after a pause as a person would make it. One that the network does not end
 * keeps back what is for the same person, and others only for a moment; where several do not end, nothing is begun
 * until one has (`onStuck`).
 */
export function createSender(options: {
  login: () => Login | null
  pace: SendPace
  random: () => number
  signal: AbortSignal
  pause: (seconds: number) => Promise<void>
  onSaid: () => void
  /** How many calls do not end, as soon as nothing more is begun; 0: it goes on. */
  onStuck: (calls: number) => void
  createQueue: CreateQueue
}): Say {
  /** Whose turn it is to begin. */
  let mouth: Promise<unknown> = Promise.resolve()
  const people = options.createQueue()
  const open = new Set<Promise<unknown>>()

  return (to, part, onStart) =>
    people(to, async () => {
      const began = mouth.then(() => begin(to, part, onStart))
      mouth = began.then(({ result }) => Promise.race([result, after(PATIENCE_SECONDS)])).then(room)
      return (await began).result
    })

  async function begin(
    to: string,
    part: Part,
    onStart: (() => void) | undefined,
  ): Promise<{ result: Promise<Said> }> {
    const length = part.type === 'text' ? part.text.length : 0
    await options.pause(pauseBefore(length, options.pace, options.random()) / 1000)
    const result = sayNow(to, part, onStart)
    const ended = result.finally(() => open.delete(ended))
    open.add(ended)
    return { result }
  }

  /** Waits until less calls are open than may be. */
  async function room(): Promise<void> {
    if (open.size < MOST_OPEN) return
    options.onStuck(open.size)
    while (open.size >= MOST_OPEN) await Promise.race(open)
    options.onStuck(0)
  }

  async function sayNow(to: string, part: Part, onStart: (() => void) | undefined): Promise<Said> {
    if (options.signal.aborted) return 'stopped'
    const login = options.login()
    if (login === null) return failed('unavailable', 'the account is not logged in')
    try {
      const place = await Promise.race([login.contacts.find(to), tooLong(options.signal)])
      if (place === 'in-doubt') return failed('unavailable', 'the contact was not found in time')
      if (place === null) return unknown(to, login)
      onStart?.()
      const end = await Promise.race([sayIn(place, part), tooLong(options.signal)])
      if (end === 'in-doubt') return end
      options.onSaid()
      return { ok: true, externalId: 'wechat' }
    } catch (error) {
      // The puppet's words may hold a person's; the kind is enough.
      return failed('unavailable', `the puppet failed (${kindOf(error)})`)
    }
  }
}

/** What came of saying a part. */
type Said = SendResult | 'stopped' | 'in-doubt'

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

/** After the time for a call, or soon after we are to stop. */
async function tooLong(signal: AbortSignal): Promise<'in-doubt'> {
  const stopping = new Promise<void>((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
  await Promise.race([after(SAY_SECONDS), stopping.then(() => after(LAST_SECONDS))])
  return 'in-doubt'
}

function after(seconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, seconds * 1000).unref()
  })
}

function kindOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error
}
