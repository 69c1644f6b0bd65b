import type { Channel, Received, Reply } from '../../flows/engine/channel.ts'
import type { InboundEvent } from '../../flows/engine/types.ts'
import { readBody } from '../body.ts'
import { sizeOf, splitText, withNumberedOptions } from '../fit.ts'
import { json } from '../json.ts'
import type { WechatApi } from '../wechat-platform/api.ts'
import {
  type AesKey,
  importAesKey,
  isSignedBy,
  openMessage,
  sealMessage,
  signatureOf,
} from '../wechat-platform/crypto.ts'
import { createFetchMedia } from '../wechat-platform/fetch-media.ts'
import { sayable } from '../wechat-platform/sayable.ts'
import {
  declaresEntities,
  parseXml,
  renderXml,
  textOf,
  type XmlNode,
} from '../wechat-platform/xml.ts'
import type { DeliveryLog } from './delivery-log.ts'
import { type Delivery, parseDelivery, readEnvelope } from './parse.ts'
import { createSend, type Nudge } from './send.ts'
import { MAX_TEXT_BYTES } from './text.ts'

/** A request that was signed longer ago, or further in the future, is refused. */
const CLOCK_SKEW_SECONDS = 300
/** WeChat hangs up after 5 seconds; the rest is for the way there and back. */
const ANSWER_SECONDS = 4

/** Why a delivery was refused, for the log; never holds what was sent. */
export type Refusal =
  | 'unsigned'
  | 'wrong-signature'
  | 'stale'
  | 'replayed'
  | 'plain-mode'
  | 'compat-mode'
  | 'too-large'
  | 'not-xml'
  | 'does-not-open'

/**
 * A WeChat official account as a channel: `GET` proves to WeChat that the address is ours, `POST`
 * brings messages in safe mode only, and the answer is encrypted in the response. Refuses with 403 what
 * is not signed, stale, replayed or readable by anybody on the way, with 413 and 400 what is no message.
 * https://developers.weixin.qq.com/doc/service/guide/dev/push/
 */
export function createWechatMpChannel(options: {
  appId: string
  token: string
  /** The current EncodingAESKey and, while it is being changed, the previous one. */
  aesKeys: readonly string[]
  api: WechatApi
  ledger: DeliveryLog
  now: () => string
  nudge: Nudge
  /**
   * False for an account that may not send customer-service messages. All that a turn says then goes
   * into the one answer, and a late turn is waited for: WeChat delivers three times, 15 seconds in all.
   */
  serviceMessages: boolean
  onRefused: (reason: Refusal) => void
  /** Told which kind of message was acknowledged unread. */
  onUnread: (kind: string) => void
}): Channel {
  const { appId, token, ledger, now } = options

  return {
    type: 'wechat-mp',
    limits: {
      textLength: MAX_TEXT_BYTES,
      textUnit: 'bytes',
      quickReplies: 0,
      relayed: true,
      ratePerSecond: 20,
      sessionWindowHours: 48,
      givesUp: true,
      ...(options.serviceMessages
        ? { repliesInResponse: 1, answerWithinSeconds: ANSWER_SECONDS, pictures: 'card' as const }
        : { repliesInResponse: 10 }),
    },
    async verify(request) {
      const query = new URL(request.url).searchParams
      const refusal = await checkQuery(query)
      if (refusal !== null) return refusal
      // The signature does not cover it, so it must not be able to be anything else.
      const echo = query.get('echostr') ?? ''
      return /^[\w+/=-]{1,256}$/.test(echo) ? text(echo) : refuse('unsigned')
    },
    async receive(request) {
      const query = new URL(request.url).searchParams
      const refusal = await checkQuery(query)
      if (refusal !== null) return refusal
      if (query.get('encrypt_type') !== 'aes') return refuse('plain-mode')
      const opened = await openBody(request, query)
      return opened instanceof Response ? opened : enter(opened, query.get('msg_signature') ?? '')
    },
    fetchMedia: createFetchMedia(options.api),
    send: createSend({ ...options, call: options.api.call }),
  }

  async function checkQuery(query: URLSearchParams): Promise<Response | null> {
    const timestamp = query.get('timestamp') ?? ''
    const nonce = query.get('nonce') ?? ''
    if (!/^\d{1,12}$/.test(timestamp) || nonce === '') return refuse('unsigned')
    if (!(await isSignedBy(query.get('signature') ?? '', [token, timestamp, nonce]))) {
      return refuse('wrong-signature')
    }
    const age = Math.abs(Date.parse(now()) / 1000 - Number(timestamp))
    return age > CLOCK_SKEW_SECONDS ? refuse('stale') : null
  }

  async function openBody(
    request: Request,
    query: URLSearchParams,
  ): Promise<{ delivery: Delivery | null; key: AesKey } | Response> {
    const body = await readBody(request)
    if (body === 'too-large') return refuse('too-large')
    const outer = parseXml(body)
    const envelope = outer === null ? null : readEnvelope(outer)
    if (envelope === null) return refuse('not-xml')
    if (envelope === 'plain') return refuse('plain-mode')
    if (envelope === 'compat') return refuse('compat-mode')
    const { encrypted } = envelope
    const signed = [token, query.get('timestamp') ?? '', query.get('nonce') ?? '', encrypted]
    if (!(await isSignedBy(query.get('msg_signature') ?? '', signed))) {
      return refuse('wrong-signature')
    }
    const keys = await Promise.all(options.aesKeys.map(importAesKey))
    const opened = await openMessage(encrypted, { keys, appId })
    if (opened === null) return refuse('does-not-open')
    if (declaresEntities(opened.message)) return refuse('not-xml')
    const inner = parseXml(opened.message)
    const delivery = inner === null ? null : parseDelivery(inner)
    // WeChat may think of messages that we cannot read; refused, it would only deliver them again.
    if (delivery === null) options.onUnread(inner === null ? 'not-xml' : kindOf(inner))
    return { delivery, key: opened.key }
  }

  async function enter(
    { delivery, key }: { delivery: Delivery | null; key: AesKey },
    signature: string,
  ): Promise<Received | Response> {
    if (delivery === null) return { events: [], respond: () => text('success') }
    const entered = await ledger.enter({ signature, ...delivery })
    if (entered === 'replayed') return refuse('replayed')
    const events = delivery.events.filter(
      ({ input }) => !(entered === 'overtaken' && input.type === 'membership'),
    )
    return { events, respond: (replies) => respond(delivery, key, events, replies) }
  }

  /** One text at most; where there is none, WeChat is told that nothing comes. */
  async function respond(
    { openId, account }: Delivery,
    key: AesKey,
    events: readonly InboundEvent[],
    replies: readonly (Reply | null)[],
  ): Promise<Response> {
    const said = events.flatMap((_, index) => replies[index]?.messages ?? [])
    const content = inOneText(said.map((message) => sayable(withNumberedOptions(message).text)))
    if (content === '') return text('success')
    const seconds = Math.floor(Date.parse(now()) / 1000)
    const reply = renderXml({
      ToUserName: openId,
      FromUserName: account,
      CreateTime: seconds,
      MsgType: 'text',
      Content: content,
    })
    const encrypted = await sealMessage(reply, { key, appId })
    const nonce = crypto.randomUUID().replaceAll('-', '').slice(0, 16)
    const sealed = renderXml({
      Encrypt: encrypted,
      MsgSignature: await signatureOf([token, String(seconds), nonce, encrypted]),
      TimeStamp: seconds,
      Nonce: nonce,
    })
    return new Response(sealed, { headers: { 'Content-Type': 'text/xml; charset=utf-8' } })
  }

  function refuse(reason: Refusal): Response {
    options.onRefused(reason)
    const [status, message] = REFUSALS[reason]
    return json({ error: reason, message }, status)
  }
}

/** The kind of a message as WeChat names it, and nothing that a person wrote. */
function kindOf(xml: XmlNode): string {
  const type = textOf(xml, 'MsgType')
  return /^\w{1,40}$/.test(type) ? type : 'unknown'
}

/** Of texts that are too long together, as much as fits: the last ones ask, so they stay whole. */
function inOneText(texts: readonly string[]): string {
  const last = texts.at(-1) ?? ''
  const before = texts.slice(0, -1).join('\n\n')
  const room = MAX_TEXT_BYTES - sizeOf(`\n\n${last}`, 'bytes')
  if (before === '' || room < 100) return last
  const [kept = ''] = splitText(before, room, 'bytes')
  return `${kept}\n\n${last}`
}

const REFUSALS: Readonly<Record<Refusal, readonly [number, string]>> = {
  unsigned: [403, 'The request carries no signature of WeChat.'],
  'wrong-signature': [
    403,
    'The signature does not fit: is WECHAT_MP_TOKEN the token of the account?',
  ],
  stale: [403, 'The request is older than five minutes: is the clock of this server right?'],
  replayed: [403, 'This request has been used before.'],
  'plain-mode': [
    403,
    'Set the account to safe mode (安全模式): anybody can forge messages in plain mode.',
  ],
  'compat-mode': [
    403,
    'Set the account to safe mode (安全模式): compatible mode sends messages readable.',
  ],
  'too-large': [413, 'The message is larger than 64 KiB.'],
  'not-xml': [400, 'This is no message of WeChat.'],
  'does-not-open': [
    403,
    'No key opens the message: are WECHAT_MP_AES_KEY and WECHAT_MP_APP_ID those of the account?',
  ],
}

function text(body: string): Response {
  return new Response(body, { headers: { 'Content-Type': 'text/plain; charset=utf-8' } })
}
