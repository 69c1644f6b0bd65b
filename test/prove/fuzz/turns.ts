import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { sign } from '../../../bots/secret.ts'
import { signedHeaders } from '../../../bots/wechat/signature.ts'
import {
  type Address,
  type ChannelType,
  COMMANDS,
  type Input,
} from '../../../flows/engine/types.ts'
import { flows } from '../../../flows/index.ts'
import { GATEWAY_SECRET } from '../../fakes/wechat-app.ts'
import { envelope } from '../../fakes/wechat-mp-envelope.ts'
import { type Bookmark, loadHeld, offeredIn, restore } from './bookmarks.ts'
import { addressOf, CHANNELS, makeLink, seedUpload } from './people.ts'
import { rarely, shortWords, words } from './strings.ts'
import { type Sent, type Target, target } from './target.ts'
import { type FuzzWorld, TELEGRAM_SECRET } from './world.ts'

/** What somebody does; `tap` is the button of that place among those shown, whatever they
 * are, `link` a one-time link of the same person or of another. */
type Deed =
  | Exclude<Input, { type: 'result' }>
  | { type: 'tap'; place: number }
  | { type: 'link'; flow: 'link' | 'elsewhere' }

/** What stands before the argument of a button: of this step, of any flow. */
const prefixes = fc.constantFrom('', 'd:', 'e:', 's:', 'm-', ...flows.map(({ id }) => `!${id}:`))
const choices = fc.oneof(
  fc
    .tuple(prefixes, fc.constantFrom('toString', 'constructor', '__proto__', 'valueOf'))
    .map((two) => two.join('')),
  fc.tuple(prefixes, shortWords).map((two) => two.join('')),
  fc.constantFrom(
    'yes',
    'no',
    'menu',
    'again',
    'done',
    'next',
    'more',
    'none',
    'm-return',
    'm-accept',
    's:5',
  ),
  fc.constantFrom(...[...flows.map(({ id }) => id), ...COMMANDS].map((name) => `!${name}`)),
)

const deed: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 10, arbitrary: words.map((text): Deed => ({ type: 'text', text })) },
  { weight: 10, arbitrary: fc.nat(14).map((place): Deed => ({ type: 'tap', place })) },
  {
    weight: 4,
    arbitrary: choices.map((value): Deed => ({ type: 'choice', value: value.slice(0, 200) })),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(fc.constantFrom(...COMMANDS), fc.option(shortWords, { nil: undefined }))
      .map(
        ([name, payload]): Deed => ({
          type: 'command',
          name,
          ...(payload === undefined || payload === '' ? {} : { payload: payload.slice(0, 64) }),
        }),
      ),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(
        fc.constantFrom('image', 'document', 'voice'),
        fc.constantFrom('photo', 'upload', 'no', 'file-2', ''),
      )
      .map(([kind, mediaId]): Deed => ({ type: 'media', kind, mediaId })),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.oneof(words, fc.constant('+86 139 0000 1234')), fc.boolean())
      .map(([phone, own]): Deed => ({ type: 'contact', phone: phone.slice(0, 300), own })),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(
        fc.double({ min: -90, max: 90, noNaN: true }),
        fc.double({ min: -180, max: 180, noNaN: true }),
      )
      .map(([lat, lon]): Deed => ({ type: 'location', lat, lon })),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom('sticker', 'edit', 'other')
      .map((what): Deed => ({ type: 'unsupported', what })),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom('left', 'joined')
      .map((state): Deed => ({ type: 'membership', state })),
  },
)

type Given = { place: number; stranger: number | null; deeds: readonly Deed[]; again: boolean }

const given: fc.Arbitrary<Given> = fc.record({
  place: fc.nat(100_000),
  stranger: rarely(fc.nat(40)),
  deeds: fc.array(deed, { minLength: 1, maxLength: 3 }),
  again: fc.boolean(),
})

const SHARES: Readonly<Record<ChannelType, number>> = {
  web: 26,
  telegram: 16,
  'wechat-mp': 9,
  'wechat-kf': 0,
  wechat: 9,
  terminal: 3,
}

/**
 * Every input at every place of every flow, by each network's own door: back to a place that somebody was
 * at, then one to three deeds there, the last one now and then delivered twice.
 */
export function turnTargets(bookmarks: readonly Bookmark[]): Target[] {
  return CHANNELS.map((channel) =>
    target<Given>({
      route: channel === 'web' ? 'POST /webhooks/web' : 'POST /webhooks/:channel',
      name: `a turn on ${channel}`,
      share: SHARES[channel],
      given,
      shoot: async ({ place, stranger, deeds, again }, world, send) => {
        // Who works by chat does so on Telegram; everybody else is on every channel.
        const places = bookmarks.filter(({ who }) => who !== null || channel === 'telegram')
        const bookmark = places[place % places.length]
        const from =
          stranger !== null || bookmark === undefined
            ? addressOf(channel, `stranger-${stranger}`)
            : bookmark.who === null
              ? bookmark.from
              : addressOf(channel, bookmark.who)
        if (stranger === null && bookmark !== undefined) await restore(world, from, bookmark.memory)
        let sent: Sent | null = null
        for (const one of deeds) {
          const at = stranger === null ? bookmark?.name : 'as a stranger'
          sent = {
            ...(await render(world, from, await inputOf(world, from, one))),
            note: `${from.id} ${at}`,
          }
          await send(sent)
        }
        // A gateway's and WeChat's signatures are good once; a network signs what it repeats anew.
        if (again && sent !== null && !channel.startsWith('wechat')) await send(sent)
      },
    }),
  )
}

async function inputOf(
  world: FuzzWorld,
  from: Address,
  one: Deed,
): Promise<Exclude<Input, { type: 'result' }>> {
  if (one.type === 'tap') {
    const shown = offeredIn((await loadHeld(world, from))?.memory ?? null)
    return { type: 'choice', value: shown[one.place % Math.max(1, shown.length)] ?? '!menu' }
  }
  if (one.type === 'link') {
    const token = await makeLink(
      world,
      world.next() % 3 === 0 ? from.id : `stranger-${world.next() % 40}`,
      'chat',
    )
    return { type: 'choice', value: `!${one.flow}:${token}` }
  }
  if (one.type !== 'media' || one.mediaId !== 'upload' || from.channel !== 'web') return one
  return { ...one, mediaId: await seedUpload(world, from.id) }
}

/** An input as the network of the address delivers it. */
async function render(
  world: FuzzWorld,
  from: Address,
  input: Exclude<Input, { type: 'result' }>,
): Promise<Sent> {
  switch (from.channel) {
    case 'telegram':
      return telegramUpdate(updateOf(world, from.id, input))
    case 'wechat-mp':
      return mpDelivery(world, { FromUserName: from.id, ...elementsOf(world, input) })
    case 'wechat':
      return gatewayPost(world, from.id, input)
    case 'terminal':
      return {
        method: 'POST',
        path: '/webhooks/terminal',
        body: JSON.stringify({ id: `n${world.next()}`, person: from.id, text: textOf(input) }),
      }
    default:
      return webPost(world, from.id, saidOf(input))
  }
}

/** `POST /webhooks/web` of a conversation. */
export async function webPost(world: FuzzWorld, conversation: string, said: object): Promise<Sent> {
  const token = await sign(world.deps.sessionSecret, conversation)
  return {
    method: 'POST',
    path: '/webhooks/web',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ id: `n${world.next()}`, ...said }),
  }
}

/** An update with the secret of the webhook. */
export function telegramUpdate(update: unknown): Sent {
  return {
    method: 'POST',
    path: '/webhooks/telegram',
    headers: {
      'X-Telegram-Bot-Api-Secret-Token': TELEGRAM_SECRET,
      'content-type': 'application/json',
    },
    body: typeof update === 'string' ? update : JSON.stringify(update),
  }
}

/** A delivery of WeChat in safe mode, signed and sealed. */
export function mpDelivery(world: FuzzWorld, elements: Record<string, unknown>): Sent {
  const seconds = Math.floor(Date.parse(world.deps.now()) / 1000)
  const whole = { ToUserName: 'gh_1', CreateTime: seconds, ...elements }
  const { query, body } = envelope(whole, world.account, { seconds })
  return {
    method: 'POST',
    path: `/webhooks/wechat-mp?${query}`,
    headers: { 'content-type': 'text/xml' },
    body,
  }
}

/** A request of the gateway, signed for its purpose. */
export async function gatewaySigned(
  world: FuzzWorld,
  purpose: Parameters<typeof signedHeaders>[0]['purpose'],
  sent: Omit<Sent, 'body'> & { body: string | Uint8Array<ArrayBuffer> },
): Promise<Sent> {
  const signed = await signedHeaders({
    secret: GATEWAY_SECRET,
    purpose,
    body: sent.body,
    now: world.deps.now(),
    nonce: randomBytes(12).toString('hex'),
  })
  return { ...sent, headers: { ...sent.headers, ...signed } }
}

function gatewayPost(world: FuzzWorld, from: string, input: Input): Promise<Sent> {
  const known =
    input.type === 'choice' || input.type === 'membership'
      ? { type: 'text', text: textOf(input) }
      : input
  const event = { id: `wechat:n${world.next()}`, from, at: world.deps.now(), input: known }
  return gatewaySigned(world, 'inbound', {
    method: 'POST',
    path: '/webhooks/wechat',
    body: JSON.stringify(event),
  })
}

function textOf(input: Input): string {
  if (input.type === 'text') return input.text
  if (input.type === 'choice') return input.value
  return input.type === 'command' ? `/${input.name} ${input.payload ?? ''}`.trim() : 'photo.jpg'
}

function saidOf(input: Input): object {
  switch (input.type) {
    case 'choice':
      return { choice: input.value }
    case 'command':
      return {
        command: input.name,
        ...(input.payload === undefined ? {} : { payload: input.payload }),
      }
    case 'media':
      return { file: input.mediaId }
    default:
      return { text: textOf(input) }
  }
}

function updateOf(world: FuzzWorld, chatId: string, input: Input): object {
  const update_id = world.next()
  const chat = { id: Number(chatId), type: 'private' }
  const from = { id: Number(chatId), is_bot: false, first_name: '王', language_code: 'zh-hans' }
  const date = Math.floor(Date.parse(world.deps.now()) / 1000)
  const message = (more: object) => ({
    update_id,
    message: { message_id: update_id, date, chat, from, ...more },
  })
  switch (input.type) {
    case 'choice':
      return { update_id, callback_query: { id: '1', from, message: { chat }, data: input.value } }
    case 'media': {
      const file = { file_id: input.mediaId, file_unique_id: 'u', file_size: 300 }
      if (input.kind === 'image') return message({ photo: [file, file] })
      return message(
        input.kind === 'voice' ? { voice: file } : { document: { ...file, file_name: 'a.pdf' } },
      )
    }
    case 'contact':
      return message({
        contact: { phone_number: input.phone, ...(input.own ? { user_id: from.id } : {}) },
      })
    case 'location':
      return message({ location: { latitude: input.lat, longitude: input.lon } })
    case 'unsupported':
      return input.what === 'edit'
        ? { update_id, edited_message: { message_id: 1, date, chat, from, text: 'x' } }
        : message({ sticker: { file_id: 's' } })
    case 'membership': {
      const status = input.state === 'left' ? 'kicked' : 'member'
      return { update_id, my_chat_member: { chat, from, date, new_chat_member: { status } } }
    }
    default:
      return message({ text: textOf(input) })
  }
}

function elementsOf(world: FuzzWorld, input: Input): Record<string, unknown> {
  const MsgId = String(24_000_000_000 + world.next())
  switch (input.type) {
    case 'choice':
      return { MsgType: 'event', Event: 'CLICK', EventKey: input.value }
    case 'media':
      return input.kind === 'voice'
        ? { MsgType: 'voice', MediaId: 'v', Format: 'amr', MsgId }
        : { MsgType: 'image', MediaId: input.mediaId, PicUrl: 'http://x', MsgId }
    case 'location':
      return {
        MsgType: 'location',
        Location_X: input.lat,
        Location_Y: input.lon,
        Label: 'x',
        MsgId,
      }
    case 'membership':
      return {
        MsgType: 'event',
        Event: input.state === 'left' ? 'unsubscribe' : 'subscribe',
        EventKey: '',
      }
    case 'unsupported':
      return { MsgType: 'shortvideo', MediaId: 'v', MsgId }
    default:
      return { MsgType: 'text', Content: textOf(input), MsgId }
  }
}
