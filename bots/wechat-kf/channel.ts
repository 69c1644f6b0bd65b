import type { Channel, Received } from '../../flows/engine/channel.ts'
import { readBody } from '../body.ts'
import { json } from '../json.ts'
import type { WechatApi } from '../wechat-platform/api.ts'
import { importAesKey, isSignedBy, openMessage } from '../wechat-platform/crypto.ts'
import { createFetchMedia } from '../wechat-platform/fetch-media.ts'
import { declaresEntities, parseXml, textOf } from '../wechat-platform/xml.ts'
import { type FetchedMessages, fetchMessages } from './fetch-messages.ts'
import { parseCallback } from './parse.ts'
import { MAX_ITEMS, MAX_TEXT_BYTES } from './render.ts'
import { createSend, type KfDesk } from './send.ts'
import type { KfStore } from './store.ts'

/** A request that was signed longer ago, or further in the future, is refused. */
const CLOCK_SKEW_SECONDS = 300
/** WeCom hangs up after 5 seconds. */
const ANSWER_SECONDS = 4

/** Why a callback was refused, for the log; never holds what was sent. */
export type KfRefusal =
  | 'unsigned'
  | 'wrong-signature'
  | 'stale'
  | 'too-large'
  | 'not-xml'
  | 'does-not-open'

/**
 * 微信客服 as a channel: ordinary users of WeChat write to an account of the office. A callback only says that there is
 * something; it is then fetched, and kept before WeCom has our word. All that we say goes by the outbox.
 * https://developer.work.weixin.qq.com/document/path/94670
 */
export function createWechatKfChannel(options: {
  corpId: string
  token: string
  /** The current EncodingAESKey and, while it is being changed, the previous one. */
  aesKeys: readonly string[]
  openKfId: string
  desk: KfDesk
  api: WechatApi
  store: KfStore
  now: () => string
  onRefused: (reason: KfRefusal) => void
  /** Told how many rows could not be read. */
  onUnread: (rows: number) => void
}): Channel {
  const { corpId, token, openKfId, api, store, now } = options
  const fetchAll = (): Promise<FetchedMessages> =>
    fetchMessages({ call: api.call, store, openKfId, onUnread: options.onUnread })

  return {
    type: 'wechat-kf',
    limits: {
      textLength: MAX_TEXT_BYTES,
      textUnit: 'bytes',
      quickReplies: MAX_ITEMS,
      relayed: true,
      ratePerSecond: 20,
      sessionWindowHours: 48,
      repliesInResponse: 0,
      answerWithinSeconds: ANSWER_SECONDS,
      givesUp: true,
      sendsOnce: true,
    },
    async verify(request) {
      const query = new URL(request.url).searchParams
      const opened = await open(query, query.get('echostr') ?? '')
      return opened instanceof Response ? opened : text(opened)
    },
    async receive(request): Promise<Received | Response> {
      const body = await readBody(request)
      if (body === 'too-large') return refuse('too-large')
      const outer = parseXml(body)
      const encrypted = outer === null ? '' : textOf(outer, 'Encrypt')
      if (encrypted === '') return refuse('not-xml')
      const opened = await open(new URL(request.url).searchParams, encrypted)
      if (opened instanceof Response) return opened
      const inner = declaresEntities(opened) ? null : parseXml(opened)
      const callback = inner === null ? null : parseCallback(inner)
      // Refused, what is about another account or something new would only be delivered again.
      if (callback?.openKfId !== openKfId) return { events: [], respond: acknowledge }
      await store.ask(callback.token)
      return { ...(await catchUp()), respond: acknowledge }
    },
    catchUp,
    fetchMedia: createFetchMedia(api),
    send: createSend({ call: api.call, store, openKfId, desk: options.desk, now }),
  }

  async function catchUp() {
    const { events, handedBack } = await fetchAll()
    const people = handedBack.map((id) => ({ channel: 'wechat-kf' as const, id }))
    return { events, isKept: true as const, handedBack: people }
  }

  async function open(query: URLSearchParams, encrypted: string): Promise<string | Response> {
    const timestamp = query.get('timestamp') ?? ''
    const nonce = query.get('nonce') ?? ''
    if (!/^\d{1,12}$/.test(timestamp) || nonce === '' || encrypted === '') return refuse('unsigned')
    const parts = [token, timestamp, nonce, encrypted]
    if (!(await isSignedBy(query.get('msg_signature') ?? '', parts))) {
      return refuse('wrong-signature')
    }
    const age = Math.abs(Date.parse(now()) / 1000 - Number(timestamp))
    if (age > CLOCK_SKEW_SECONDS) return refuse('stale')
    const keys = await Promise.all(options.aesKeys.map(importAesKey))
    const opened = await openMessage(encrypted, { keys, appId: corpId })
    return opened === null ? refuse('does-not-open') : opened.message
  }

  function refuse(reason: KfRefusal): Response {
    options.onRefused(reason)
    const [status, message] = REFUSALS[reason]
    return json({ error: reason, message }, status)
  }
}

const REFUSALS: Readonly<Record<KfRefusal, readonly [number, string]>> = {
  unsigned: [403, 'The request carries no signature of WeCom.'],
  'wrong-signature': [403, 'The signature does not fit: is WECHAT_KF_TOKEN that of the callback?'],
  stale: [403, 'The request is older than five minutes: is the clock of this server right?'],
  'too-large': [413, 'The message is larger than 64 KiB.'],
  'not-xml': [400, 'This is no message of WeCom.'],
  'does-not-open': [
    403,
    'No key opens the message: are WECHAT_KF_AES_KEY and WECHAT_KF_CORP_ID those of the callback?',
  ],
}

const acknowledge = (): Response => text('success')

function text(body: string): Response {
  return new Response(body, { headers: { 'Content-Type': 'text/plain; charset=utf-8' } })
}
