import * as z from 'zod'
import type { InboundEvent, Input } from '../../flows/engine/types.ts'
import { textOf, type XmlNode } from '../wechat-platform/xml.ts'
import type { KfFact } from './store.ts'

/** A greeting may be said for so long after somebody came in; the same after a conversation ended. */
const CODE_SECONDS = 20

/** What stands before a code that says how somebody came here: the payload of a deep link. */
const SCENE = /^[\w-]{1,64}$/

/** The account and the word of a callback, which brings no message itself; null: it is about something else. */
export function parseCallback(xml: XmlNode): { openKfId: string; token: string } | null {
  const openKfId = textOf(xml, 'OpenKfId')
  if (textOf(xml, 'Event').toLowerCase() !== 'kf_msg_or_event' || openKfId === '') return null
  return { openKfId, token: textOf(xml, 'Token') }
}

const Name = z.string().max(128).catch('')

/** A row of `sync_msg`, as far as we use it: what is of an unknown kind still names its sender. */
const Row = z.object({
  msgid: z.string().min(1).max(128),
  external_userid: Name,
  send_time: z.int().nonnegative().catch(0),
  origin: z.int().catch(0),
  msgtype: z.string().catch(''),
  text: z.object({ content: z.string(), menu_id: z.string().max(128).catch('') }).optional(),
  image: z.object({ media_id: z.string() }).optional(),
  voice: z.object({ media_id: z.string() }).optional(),
  video: z.object({ media_id: z.string() }).optional(),
  file: z.object({ media_id: z.string() }).optional(),
  location: z.object({ latitude: z.number(), longitude: z.number() }).optional().catch(undefined),
  link: z.object({ title: z.string().catch(''), url: z.string().catch('') }).optional(),
  event: z
    .object({
      event_type: z.string().catch(''),
      external_userid: Name,
      scene: Name,
      scene_param: Name,
      welcome_code: Name,
      msg_code: Name,
      fail_msgid: Name,
      fail_type: z.int().catch(0),
      change_type: z.int().catch(0),
    })
    .optional(),
})
type Row = z.infer<typeof Row>

/** What `sync_msg` answers. Rows that are none of ours to understand are counted in `unread`, and lost. */
export const SyncAnswer = z.object({
  next_cursor: z.string().max(64).catch(''),
  has_more: z.int().catch(0),
  msg_list: z.array(z.unknown()).max(1000).catch([]),
})

/** Rows of `sync_msg` as what people did, in their order, and what else they change. */
export function parseRows(rows: readonly unknown[]): {
  events: InboundEvent[]
  facts: KfFact[]
  unread: number
} {
  const events: InboundEvent[] = []
  const facts: KfFact[] = []
  let unread = 0
  for (const given of rows) {
    const row = Row.safeParse(given)
    if (!row.success) {
      unread++
      continue
    }
    const read = readRow(row.data)
    events.push(...read.events)
    facts.push(...read.facts)
  }
  return { events, facts, unread }
}

type Read = { events: readonly InboundEvent[]; facts: readonly KfFact[] }

const NOTHING: Read = { events: [], facts: [] }
const ORIGIN = { person: 3, system: 4, servicer: 5 } as const
/** `change_type`: taken from the queue or passed on; ended; begun again. */
const CHANGE = { taken: 1, passedOn: 2, ended: 3, again: 4 } as const

function readRow(row: Row): Read {
  const at = new Date(row.send_time * 1000).toISOString()
  if (row.msgtype === 'event') return readEvent(row, at)
  const userId = row.external_userid
  if (userId === '') return NOTHING
  if (row.origin === ORIGIN.servicer) {
    const text = row.text?.content ?? ''
    return text === ''
      ? NOTHING
      : { events: [], facts: [{ kind: 'staff-said', userId, messageId: row.msgid, text, at }] }
  }
  if (row.origin !== ORIGIN.person) return NOTHING
  return {
    events: [eventOf(userId, row.msgid, at, inputOf(row))],
    facts: [{ kind: 'heard', userId, at }],
  }
}

function eventOf(userId: string, messageId: string, at: string, input: Input): InboundEvent {
  const from = { channel: 'wechat-kf' as const, id: userId }
  return { id: `wechat-kf:${userId}:${messageId}`, from, at, input }
}

function inputOf(row: Row): Input {
  if (row.text !== undefined) {
    const { content, menu_id: menuId } = row.text
    return menuId === '' ? { type: 'text', text: content } : { type: 'choice', value: menuId }
  }
  if (row.image !== undefined) {
    return { type: 'media', kind: 'image', mediaId: row.image.media_id, mime: 'image/jpeg' }
  }
  if (row.voice !== undefined) {
    return { type: 'media', kind: 'voice', mediaId: row.voice.media_id, mime: 'audio/amr' }
  }
  if (row.file !== undefined) {
    return { type: 'media', kind: 'document', mediaId: row.file.media_id }
  }
  if (row.location !== undefined) {
    const { latitude: lat, longitude: lon } = row.location
    return { type: 'location', lat, lon }
  }
  if (row.link !== undefined) {
    const words = `${row.link.title} ${row.link.url}`.trim()
    return words === '' ? { type: 'unsupported', what: 'other' } : { type: 'text', text: words }
  }
  if (row.msgtype === 'video') return { type: 'unsupported', what: 'video' }
  // business_card, miniprogram, and whatever WeCom thinks of next.
  return { type: 'unsupported', what: 'other' }
}

function readEvent(row: Row, at: string): Read {
  const { event } = row
  if (event === undefined) return NOTHING
  const userId = event.external_userid === '' ? row.external_userid : event.external_userid
  switch (event.event_type) {
    case 'enter_session': {
      // Without a code there is nothing to say: they wrote within two days, or the account greets by itself.
      if (userId === '') return NOTHING
      const [payload] = [event.scene_param, event.scene].filter((scene) => SCENE.test(scene))
      const isGreeted = event.welcome_code !== ''
      if (!isGreeted && payload === undefined) return NOTHING
      const start: Input = {
        type: 'command',
        name: 'start',
        ...(payload === undefined ? {} : { payload }),
      }
      return {
        events: [eventOf(userId, row.msgid, at, start)],
        facts: isGreeted ? [codeOf(userId, event.welcome_code, at)] : [],
      }
    }
    case 'msg_send_fail': {
      if (event.fail_msgid === '') return NOTHING
      const why = `msg_send_fail ${event.fail_type}`
      return { events: [], facts: [{ kind: 'send-failed', messageId: event.fail_msgid, why, at }] }
    }
    case 'session_status_change':
      return userId === '' ? NOTHING : readChange(event.change_type, userId, event.msg_code, at)
    default:
      // servicer_status_change and others: nobody said anything.
      return NOTHING
  }
}

/** Staff took the conversation in the client of WeCom, or ended it there. */
function readChange(change: number, userId: string, code: string, at: string): Read {
  const state = change === CHANGE.ended ? 4 : change === CHANGE.taken ? 3 : null
  const known: KfFact[] = state === null ? [] : [{ kind: 'state', userId, state, at }]
  return { events: [], facts: code === '' ? known : [...known, codeOf(userId, code, at)] }
}

function codeOf(userId: string, code: string, at: string): KfFact {
  const until = new Date(Date.parse(at) + CODE_SECONDS * 1000).toISOString()
  return { kind: 'code', userId, code, until }
}
