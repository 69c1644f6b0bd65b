import { randomUUID } from 'node:crypto'
import { signedHeaders } from '../../../bots/wechat/signature.ts'
import type { FakeBotApi } from '../../fakes/bot-api.ts'
import { GATEWAY_SECRET } from '../../fakes/wechat-app.ts'
import type { FakeWechatKf } from '../../fakes/wechat-kf.ts'
import type { FakeWechatMp } from '../../fakes/wechat-mp.ts'
import { envelope, openReply } from '../../fakes/wechat-mp-envelope.ts'
import type { Clock } from './clock.ts'
import { type Crowd, createTalker, FILE, type Talker, type Wire } from './talker.ts'
import { createCustomer } from './wechat-kf.ts'

/** The secret of the webhook, as the settings have it. */
export const TELEGRAM_SECRET = 'a-secret-for-the-proof-only'

type World = { crowd: Crowd; clock: Clock; botApi: FakeBotApi; mp: FakeWechatMp; kf: FakeWechatKf }

const NETWORKS = ['web', 'telegram', 'wechat-mp', 'wechat', 'wechat-kf'] as const
export type Network = (typeof NETWORKS)[number]

/** Brings a new person of a network into the crowd. `name` is theirs alone: letters and digits. */
export async function createPerson(world: World, network: Network, name: number): Promise<Talker> {
  switch (network) {
    case 'web':
      return createVisitor(world)
    case 'telegram':
      return createTelegramPerson(world, 100_000 + name)
    case 'wechat-mp':
      return createFollower(world, `openid${name}`)
    case 'wechat':
      return createWechatFriend(world, `id:wxid_${name}`)
    case 'wechat-kf':
      return createCustomer(world, `wmCustomer${name}`)
  }
}

/** Opens a conversation first, which gives the token that all else needs. */
async function createVisitor({ crowd }: World): Promise<Talker> {
  let ids = 0
  const headers = { 'content-type': 'application/json' }
  const sign = (token: string) => (id: string, text: string) => ({
    path: '/webhooks/web',
    headers: { ...headers, ...(token === '' ? {} : { authorization: `Bearer ${token}` }) },
    body: JSON.stringify(
      text.startsWith(FILE) ? { id, file: text.slice(FILE.length) } : { id, text },
    ),
  })
  const first = await crowd.client.deliver(() => sign('')('m0', '你好'))
  const token = String(first.headers['x-conversation'] ?? '')
  const conversation = token.slice(0, token.indexOf('.'))
  const wire: Wire = {
    eventId: (id) => `web:${conversation}:${id}`,
    sign: sign(token),
    read: ({ text }) => text,
    newId: () => `m${++ids}`,
  }
  const talker = createTalker(crowd, { channel: 'web', id: conversation }, () => wire, token)
  talker.said.push({
    eventId: wire.eventId('m0'),
    text: '你好',
    reply: first.text,
    id: 'm0',
    life: crowd.life(),
    wire: () => wire,
  })
  return talker
}

async function createTelegramPerson({ crowd, botApi }: World, id: number): Promise<Talker> {
  const person = botApi.person(id)
  const updates = new Map<string, string>()
  const wire: Wire = {
    eventId: (update) => `telegram:${id}:${update}`,
    newId: () => String(person.update('').update_id),
    sign: (id, text) => {
      const known = updates.get(id)
      const body = known ?? JSON.stringify({ ...person.update(text), update_id: Number(id) })
      updates.set(id, body)
      return {
        path: '/webhooks/telegram',
        headers: {
          'content-type': 'application/json',
          'x-telegram-bot-api-secret-token': TELEGRAM_SECRET,
        },
        body,
      }
    },
    read: ({ text }) => text,
  }
  return createTalker(crowd, { channel: 'telegram', id: String(id) }, () => wire)
}

async function createFollower({ crowd, clock, mp }: World, openId: string): Promise<Talker> {
  const person = mp.person(openId)
  let ids = 0
  const prefix = String(24_000_000_000_000_000n + BigInt(openId.replace(/\D/g, '')) * 100_000n)
  const wire: Wire = {
    eventId: (id) => `wechat-mp:${openId}:${id}`,
    newId: () => String(BigInt(prefix) + BigInt(++ids)),
    sign: (id, text) => {
      Object.assign(person.windows, { messageAt: clock.now(), messages: 0 })
      const seconds = Math.floor(clock.now() / 1000)
      const elements = {
        ToUserName: 'gh_fake',
        FromUserName: openId,
        CreateTime: seconds,
        MsgType: 'text',
        Content: text,
        MsgId: id,
      }
      const { query, body } = envelope(elements, mp.account, { seconds })
      return {
        path: `/webhooks/wechat-mp?${query}`,
        headers: { 'content-type': 'text/xml' },
        body,
      }
    },
    // Sealed anew each time: what counts is what the person reads.
    read: ({ text }) => (text.startsWith('<xml>') ? openReply(text, mp.account).text : text),
  }
  return createTalker(crowd, { channel: 'wechat-mp', id: openId }, () => wire)
}

async function createWechatFriend({ crowd, clock }: World, id: string): Promise<Talker> {
  let ids = 0
  const wire: Wire = {
    eventId: (message) => `wechat:${id}:${message.slice('wechat:'.length)}`,
    newId: () => `wechat:${id.slice(3)}-${++ids}`,
    sign: (message, text) => {
      const input = { type: 'text', text }
      return signed(clock, 'inbound', '/webhooks/wechat', {
        id: message,
        from: id,
        at: clock.iso(),
        input,
      })
    },
    read: ({ text }) => text,
  }
  return createTalker(crowd, { channel: 'wechat', id }, () => wire)
}

/** A request of the gateway, signed with a nonce of its own. */
export async function signed(
  clock: Clock,
  purpose: 'inbound' | 'outbox' | 'acks' | 'state',
  path: string,
  json: object,
) {
  const body = JSON.stringify(json)
  const headers = await signedHeaders({
    secret: GATEWAY_SECRET,
    purpose,
    body,
    now: clock.iso(),
    nonce: randomUUID(),
  })
  return { path, headers: { ...headers, 'content-type': 'application/json' }, body }
}
