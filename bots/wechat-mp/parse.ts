import type { InboundEvent, Input } from '../../flows/engine/types.ts'
import { nodesOf, textOf, type XmlNode } from '../wechat-platform/xml.ts'
import type { DeliveryFact } from './delivery-log.ts'

/** What WeChat puts in place of a message that it does not hand on: an animated sticker, a card. */
const WITHHELD = /^[【[]收到不支持的消息类型/

/** A message or an event of one person, and what it means to the conversation and to the ledgers. */
export type Delivery = {
  openId: string
  /** The account it was sent to, which the reply must come from. */
  account: string
  at: string
  events: readonly InboundEvent[]
  facts: readonly DeliveryFact[]
}

/**
 * Reads an opened message, or null where it is none of WeChat's. Messages are known again by MsgId,
 * events by who, when and what, as WeChat says: https://developers.weixin.qq.com/doc/service/guide/product/message/Receiving_standard_messages.html
 *
 * @example
 * // <xml><ToUserName><![CDATA[gh_1]]></ToUserName><FromUserName><![CDATA[oA1]]></FromUserName><CreateTime>1527818400</CreateTime>
 * //   <MsgType><![CDATA[text]]></MsgType><Content><![CDATA[钱多少]]></Content><MsgId>24000000000000001</MsgId></xml>
 * // → {openId: 'oA1', events: [{id: 'wechat-mp:24000000000000001', input: {type: 'text', text: '钱多少'}, …}], …}
 */
export function parseDelivery(xml: XmlNode): Delivery | null {
  const openId = textOf(xml, 'FromUserName')
  const account = textOf(xml, 'ToUserName')
  const seconds = textOf(xml, 'CreateTime')
  const type = textOf(xml, 'MsgType')
  if (!/^[\w-]{1,64}$/.test(openId) || account === '' || type === '') return null
  if (!/^\d{1,11}$/.test(seconds)) return null
  const at = new Date(Number(seconds) * 1000).toISOString()
  const person = { openId, account, at }
  const from = { channel: 'wechat-mp' as const, id: openId }
  if (type === 'event') {
    const name = textOf(xml, 'Event')
    const { inputs, facts } = readEvent(name, xml)
    const id = `wechat-mp:${openId}:${seconds}:${name}:${textOf(xml, 'EventKey').slice(0, 128)}`
    const events = inputs.map((input, index) => ({
      id: index === 0 ? id : `${id}:${index}`,
      from,
      at,
      input,
    }))
    return { ...person, events, facts }
  }
  const messageId = textOf(xml, 'MsgId')
  if (!/^\d{1,32}$/.test(messageId)) return null
  const event = { id: `wechat-mp:${messageId}`, from, at, input: readMessage(type, xml) }
  return { ...person, events: [event], facts: [{ kind: 'heard', window: 'message' }] }
}

function readMessage(type: string, xml: XmlNode): Input {
  switch (type) {
    case 'text': {
      const text = textOf(xml, 'Content')
      return WITHHELD.test(text) ? { type: 'unsupported', what: 'sticker' } : { type: 'text', text }
    }
    case 'image':
      return { type: 'media', kind: 'image', mediaId: textOf(xml, 'MediaId') }
    case 'voice':
      // Mostly empty since 2023; where WeChat has written the words, they are what was said.
      if (textOf(xml, 'Recognition').trim() !== '') {
        return { type: 'text', text: textOf(xml, 'Recognition').trim() }
      }
      return {
        type: 'media',
        kind: 'voice',
        mediaId: textOf(xml, 'MediaId'),
        mime: mimeOfVoice(xml),
      }
    case 'location': {
      const lat = Number(textOf(xml, 'Location_X') || 'none')
      const lon = Number(textOf(xml, 'Location_Y') || 'none')
      const isPlace = Math.abs(lat) <= 90 && Math.abs(lon) <= 180
      return isPlace ? { type: 'location', lat, lon } : { type: 'unsupported', what: 'other' }
    }
    case 'video':
    case 'shortvideo':
      return { type: 'unsupported', what: 'video' }
    default:
      // link, and whatever WeChat thinks of next.
      return { type: 'unsupported', what: 'other' }
  }
}

function mimeOfVoice(xml: XmlNode): string {
  return textOf(xml, 'Format') === 'speex' ? 'audio/speex' : 'audio/amr'
}

type Meaning = { inputs: readonly Input[]; facts: readonly DeliveryFact[] }

const NOTHING: Meaning = { inputs: [], facts: [] }
const TAP: DeliveryFact = { kind: 'heard', window: 'tap' }

/**
 * What an event means, its name in any case: WeChat writes `SCAN` here and `scan` there.
 * https://developers.weixin.qq.com/doc/service/guide/product/message/Receiving_event_pushes.html
 */
function readEvent(name: string, xml: XmlNode): Meaning {
  const key = textOf(xml, 'EventKey')
  switch (name.toLowerCase()) {
    case 'subscribe': {
      const joined: Input = { type: 'membership', state: 'joined' }
      // Other keys, such as last_trade_no_…, say how the person came here, and are no scene of ours.
      const [, scene = ''] = /^qrscene_(.*)$/s.exec(key) ?? []
      return { inputs: [joined, start(scene)], facts: [TAP] }
    }
    case 'unsubscribe':
      return { inputs: [{ type: 'membership', state: 'left' }], facts: [{ kind: 'left' }] }
    case 'scan':
      return { inputs: [start(key)], facts: [TAP] }
    case 'click':
      return key === '' ? NOTHING : { inputs: [{ type: 'choice', value: key }], facts: [TAP] }
    case 'subscribe_msg_popup_event':
      return {
        inputs: [],
        facts: [{ kind: 'consents', answers: answersOf(xml, 'SubscribeMsgPopupEvent') }],
      }
    case 'subscribe_msg_change_event': {
      const refused = answersOf(xml, 'SubscribeMsgChangeEvent').filter(({ accepted }) => !accepted)
      const templates = refused.map(({ template }) => template)
      return { inputs: [], facts: [{ kind: 'withdrawn', templates }] }
    }
    default:
      // VIEW, LOCATION, TEMPLATESENDJOBFINISH, subscribe_msg_sent_event and others: nobody said anything.
      return NOTHING
  }
}

/** A scene is the payload of a deep link. */
function start(scene: string): Input {
  const isOurs = /^[\w-]{1,64}$/.test(scene)
  return { type: 'command', name: 'start', ...(isOurs ? { payload: scene } : {}) }
}

/** https://developers.weixin.qq.com/doc/service/guide/product/subscription_messages/intro.html */
function answersOf(xml: XmlNode, name: string): { template: string; accepted: boolean }[] {
  return nodesOf(xml[name])
    .flatMap(({ List }) => nodesOf(List))
    .map((item) => ({
      template: textOf(item, 'TemplateId'),
      accepted: textOf(item, 'SubscribeStatusString') === 'accept',
    }))
    .filter(({ template }) => template !== '')
}

/** The parts of an encrypted delivery, or what is wrong with it. */
export function readEnvelope(xml: XmlNode): { encrypted: string } | 'plain' | 'compat' | null {
  const encrypted = textOf(xml, 'Encrypt')
  const isReadable = textOf(xml, 'FromUserName') !== '' || textOf(xml, 'MsgType') !== ''
  if (encrypted === '') return isReadable ? 'plain' : null
  return isReadable ? 'compat' : { encrypted }
}
