import fc from 'fast-check'
import { encrypt, sha1 } from '../../fakes/wechat-mp-envelope.ts'
import { gatewayTargets } from './gateway.ts'
import { addressOf } from './people.ts'
import { anyJson, bytes, headers, hurt, rarely, shortWords, words } from './strings.ts'
import { or, type Target, target } from './target.ts'
import { mpDelivery, telegramUpdate } from './turns.ts'
import { customerTargets } from './wechat-kf.ts'
import { STAFF_GROUP } from './world.ts'

const id = fc.oneof(
  fc.nat(1_000_000),
  fc.constantFrom(-1, 0, Number.MAX_SAFE_INTEGER, 2 ** 53, 1e300),
)
const person = fc.record(
  {
    id: or(id),
    is_bot: or(fc.boolean()),
    first_name: or(words),
    language_code: or(fc.constantFrom('zh-hans', 'en', 'x', '')),
  },
  { requiredKeys: ['id'] },
)
const chat = fc.record({
  id: or(
    fc.oneof(
      id,
      fc.constantFrom(Number(STAFF_GROUP), Number(addressOf('telegram', 'chat-agent-0').id)),
    ),
  ),
  type: or(fc.constantFrom('private', 'private', 'private', 'supergroup', 'channel', 'group')),
})
const file = fc.record(
  {
    file_id: or(fc.oneof(words, fc.constantFrom('a', 'bb', 'no'))),
    file_size: or(fc.oneof(fc.nat(), fc.constantFrom(11_000_000, -5, 1e20))),
    file_name: or(words),
    mime_type: or(fc.constantFrom('image/jpeg', 'application/pdf', 'constructor', '')),
  },
  { requiredKeys: ['file_id'] },
)
const message = fc.record(
  {
    message_id: or(id),
    date: or(fc.oneof(fc.constant(1_527_818_400), fc.nat(), fc.constantFrom(1e11, 0))),
    chat: or(chat),
    from: or(person),
    text: or(words),
    contact: or(
      fc.record({ phone_number: or(words), user_id: or(id) }, { requiredKeys: ['phone_number'] }),
    ),
    location: or(fc.record({ latitude: or(fc.double()), longitude: or(fc.double()) })),
    photo: or(fc.array(file, { maxLength: 3 })),
    document: or(file),
    voice: or(file),
    animation: or(file),
    sticker: or(file),
    pinned_message: or(fc.constant({})),
    reply_to_message: or(fc.record({ message_id: or(id), from: or(person) })),
    new_chat_members: or(fc.array(person, { maxLength: 2 })),
    migrate_to_chat_id: or(id),
  },
  { requiredKeys: ['message_id', 'date', 'chat', 'from'] },
)
const update = fc.record(
  {
    update_id: or(fc.nat()),
    message: or(message),
    edited_message: or(message),
    callback_query: or(
      fc.record(
        {
          id: or(words),
          from: or(person),
          message: or(fc.record({ chat: or(chat) })),
          data: or(shortWords),
        },
        { requiredKeys: ['id', 'from'] },
      ),
    ),
    my_chat_member: or(
      fc.record({
        chat: or(chat),
        from: or(person),
        date: or(fc.nat()),
        new_chat_member: or(
          fc.record({ status: or(fc.constantFrom('kicked', 'member', 'left', 'x')) }),
        ),
      }),
    ),
    channel_post: or(message),
  },
  { requiredKeys: ['update_id'] },
)

/** One of the many in WeChat's XML. */
const elements = fc.dictionary(
  fc.constantFrom(
    'MsgType',
    'Event',
    'EventKey',
    'Content',
    'MsgId',
    'CreateTime',
    'MediaId',
    'Format',
    'Location_X',
    'Location_Y',
    'SubscribeMsgPopupEvent',
    'SubscribeMsgChangeEvent',
    'FromUserName',
    'ToUserName',
    'Encrypt',
    'Ticket',
    'Recognition',
  ),
  fc.oneof(
    { weight: 4, arbitrary: words },
    {
      weight: 4,
      arbitrary: fc.constantFrom<unknown>(
        'text',
        'event',
        'image',
        'voice',
        'location',
        'link',
        'subscribe',
        'SCAN',
        'CLICK',
        'unsubscribe',
        'VIEW',
        'subscribe_msg_popup_event',
        'subscribe_msg_change_event',
        'qrscene_link-x',
        '99999999999',
        '-1',
        'NaN',
        [{ TemplateId: 't', SubscribeStatusString: 'accept' }],
        [{ TemplateId: 't' }, { SubscribeStatusString: 'reject' }],
        { Deep: { Deeper: 'x' } },
      ),
    },
    { weight: 2, arbitrary: fc.nat() },
  ),
  { maxKeys: 8 },
)

/** What only looks like XML, or is worse. */
const badXml = fc.oneof(
  fc.constantFrom(
    '<!DOCTYPE x [<!ENTITY a "b">]><xml>&a;</xml>',
    '<xml><__proto__>x</__proto__><MsgType>text</MsgType></xml>',
    '<xml><constructor><prototype>x</prototype></constructor></xml>',
    '<xml><xml></xml></xml>',
    `<xml>${'<a>'.repeat(3000)}${'</a>'.repeat(3000)}</xml>`,
    '<xml><MsgType>&#0;&#x110000;</MsgType></xml>',
    '<?xml version="1.0"?><xml/>',
    '<xml/><xml/>',
  ),
  words,
)

/** Telegram's grammar with every field of every kind, a body that got hurt, and the wrong secret. */
function telegram(): Target[] {
  const path = '/webhooks/telegram'
  return [
    target({
      route: 'POST /webhooks/:channel',
      name: 'a Telegram update of any shape',
      share: 8,
      given: fc.tuple(update, rarely(fc.tuple(fc.nat(7), fc.nat()), 8)),
      shoot: ([one, cut], _, send) => {
        const body = JSON.stringify(one)
        return send(telegramUpdate(cut === null ? body : hurt(body, ...cut)))
      },
    }),
    target({
      route: 'POST /webhooks/:channel',
      name: 'anything to any webhook',
      share: 2,
      given: fc.tuple(
        fc.constantFrom('telegram', 'wechat', 'wechat-mp', 'terminal', 'web', 'x', '__proto__'),
        headers,
        fc.oneof(anyJson, words, bytes),
      ),
      shoot: ([channel, given, body], _, send) => {
        const known = channel === 'telegram' ? telegramUpdate('').headers : {}
        const sent = body instanceof Uint8Array ? new Uint8Array(body) : body
        return send({
          method: 'POST',
          path: `/webhooks/${channel}`,
          headers: { ...given, ...known },
          body: sent,
        })
      },
    }),
    target({
      route: 'GET /webhooks/:channel',
      share: 1,
      given: fc.tuple(
        fc.constantFrom('wechat-mp', 'wechat-mp', 'telegram', 'x'),
        fc.dictionary(fc.constantFrom('signature', 'timestamp', 'nonce', 'echostr'), shortWords),
        fc.boolean(),
      ),
      shoot: ([channel, query, isSigned], world, send) => {
        const timestamp = String(Math.floor(Date.parse(world.deps.now()) / 1000))
        const nonce = query.nonce ?? 'n'
        const signed = {
          ...query,
          timestamp,
          nonce,
          signature: sha1(world.account.token, timestamp, nonce),
        }
        return send({
          method: 'GET',
          path: `/webhooks/${channel}?${new URLSearchParams(isSigned ? signed : query)}`,
        })
      },
    }),
    target({
      route: 'POST /webhooks/:channel',
      name: 'a forged secret',
      share: 1,
      given: fc.tuple(headers, shortWords),
      shoot: ([given, secret], _, send) =>
        send({
          method: 'POST',
          path,
          body: '{"update_id":1}',
          headers: {
            ...given,
            'X-Telegram-Bot-Api-Secret-Token': secret.replaceAll(/[^\u0020-\u007e]/g, '').trim(),
          },
        }),
    }),
  ]
}

/** The official account: well signed and sealed with any elements, any text inside, any seal, and hurt. */
function account(): Target[] {
  return [
    target({
      route: 'POST /webhooks/:channel',
      name: 'a WeChat message of any elements',
      share: 5,
      given: elements,
      shoot: (one, world, send) =>
        send(
          mpDelivery(world, {
            FromUserName: addressOf('wechat-mp', 'plain-0').id,
            MsgId: world.next(),
            ...one,
          }),
        ),
    }),
    target({
      route: 'POST /webhooks/:channel',
      name: 'a WeChat message of any text',
      share: 3,
      given: fc.tuple(badXml, fc.nat(3), rarely(fc.tuple(fc.nat(7), fc.nat()))),
      shoot: ([inside, way, cut], world, send) => {
        const timestamp = String(Math.floor(Date.parse(world.deps.now()) / 1000))
        const nonce = String(world.next())
        const { token } = world.account
        const encrypted =
          way === 0 ? Buffer.from(inside).toString('base64') : encrypt(inside, world.account)
        const query = new URLSearchParams({
          timestamp,
          nonce,
          encrypt_type: 'aes',
          signature: sha1(token, timestamp, nonce),
          msg_signature: sha1(token, timestamp, nonce, encrypted),
        })
        const body =
          way === 1
            ? inside
            : `<xml><ToUserName>gh_1</ToUserName><Encrypt>${encrypted}</Encrypt></xml>`
        const path = `/webhooks/wechat-mp?${query}`
        return send({ method: 'POST', path, body: cut === null ? body : hurt(body, ...cut) })
      },
    }),
  ]
}

/** All that comes from a network, whatever it is. */
export function networkTargets(): Target[] {
  return [...telegram(), ...account(), ...customerTargets(), ...gatewayTargets()]
}
