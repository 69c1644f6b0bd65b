import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createKfPerson, type KfPhone } from './wechat-kf-person.ts'
import { error, type Json, refusalOfMessage } from './wechat-kf-rules.ts'
import { encrypt, sha1, toXml } from './wechat-mp-envelope.ts'

/** How a call goes wrong: by an error code, never answered, cut off, or carried out without an answer. */
type Trouble = { errcode: number; errmsg?: string } | 'hang' | 'reset' | 'lost-answer'

export type FakeWechatKf = Awaited<ReturnType<typeof startFakeWechatKf>>

/**
 * WeCom with one account of 微信客服 on loopback, by what shared/reference/channels.md 3.8 says of it: callbacks that only
 * name the account, `sync_msg` by cursor, five messages in 48 hours, states that allow a send or not, ids that are taken
 * once, codes that let one message through, tokens that end, and addresses that are not listed.
 */
export async function startFakeWechatKf(
  options: { webhook?: string; port?: number; now?: () => number } = {},
) {
  const account = {
    appId: 'ww0123456789abcdef',
    token: 'kfTokenForTests',
    aesKey: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopq',
    secret: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG',
    openKfId: 'wkFakeAccount01',
  }
  const now = options.now ?? Date.now
  const people = new Map<string, KfPhone>()
  const rows: Json[] = []
  const usedIds = new Set<string>()
  const media = new Map<string, { bytes: Uint8Array; mime: string }>()
  const troubles: { path: string; trouble: Trouble }[] = []
  let serial = 0
  let tokens = 0

  const fake = {
    url: '',
    account,
    webhook: options.webhook ?? '',
    calls: [] as { path: string; body: Json }[],
    tokenCalls: 0,
    /** False: our address is not among the trusted ones. */
    isListed: true,
    /** Rows of one page of `sync_msg`. */
    pageSize: 1000,
    /** False: people's doings wait for the next callback. */
    callsBack: true,
    /** Adds a row for `sync_msg` and tells nobody. */
    put: (row: Json) => void rows.push(row),
    /** A callback as WeCom posts it: where it goes, and the body. */
    callback,
    trouble: (path: string, trouble: Trouble) => void troubles.push({ path, trouble }),
    invalidateToken: () => void tokens++,
    keepMedia: (id: string, file: { bytes: Uint8Array; mime: string }) => void media.set(id, file),
    person(userId: string): KfPhone {
      const known = people.get(userId)
      if (known !== undefined) return known
      const person = createKfPerson({ userId, account: account.openKfId, now, nextId, put })
      people.set(userId, person)
      return person
    },
    callBack,
    close: async () => {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }

  function nextId(): string {
    return `kfmsg${String(++serial).padStart(6, '0')}`
  }

  async function put(row: Json): Promise<void> {
    rows.push(row)
    if (fake.callsBack) await callBack()
  }

  function callback(
    given: Partial<typeof account> & { seconds?: number; event?: Json } = {},
  ): Request {
    const { seconds = Math.floor(now() / 1000), event, ...more } = given
    const by = { ...account, ...more }
    const message = toXml({
      ToUserName: account.appId,
      CreateTime: seconds,
      MsgType: 'event',
      Event: 'kf_msg_or_event',
      Token: `sync-${rows.length}`,
      OpenKfId: account.openKfId,
      ...event,
    })
    const timestamp = String(seconds)
    const nonce = String(++serial)
    const encrypted = encrypt(message, by)
    const query = new URLSearchParams({
      msg_signature: sha1(by.token, timestamp, nonce, encrypted),
      timestamp,
      nonce,
    })
    return new Request(`${fake.webhook}?${query}`, {
      method: 'POST',
      body: toXml({ ToUserName: account.appId, Encrypt: encrypted, AgentID: '' }),
    })
  }

  /** Tells the webhook that there is something; three tries, as WeCom makes them. Resolves to the try that was answered. */
  async function callBack(): Promise<number> {
    for (let attempt = 1; attempt <= 3; attempt++) {
      const request = new Request(callback(), { signal: AbortSignal.timeout(5000) })
      const answered = await fetch(request).catch(() => null)
      if (answered?.ok === true) return attempt
    }
    return 0
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '', 'http://fake')
    const path = url.pathname.replace('/cgi-bin/', '')
    let text = ''
    for await (const chunk of request.setEncoding('utf8')) text += chunk
    if (path === 'gettoken') {
      fake.tokenCalls++
      return answer(response, giveToken(url.searchParams))
    }
    const body: Json = text === '' ? {} : JSON.parse(text)
    fake.calls.push({ path, body })
    const index = troubles.findIndex((next) => next.path === path)
    const trouble = index < 0 ? undefined : troubles.splice(index, 1)[0]?.trouble
    if (trouble === 'reset') return void response.destroy()
    if (trouble === 'hang') return
    if (typeof trouble === 'object') {
      return answer(response, error(trouble.errcode, trouble.errmsg ?? 'trouble'))
    }
    if (url.searchParams.get('access_token') !== `kf-access-${tokens}`) {
      return answer(response, error(40014, 'invalid access_token'))
    }
    if (!fake.isListed) {
      return answer(response, error(60020, 'not allow to access from your ip 203.0.113.9'))
    }
    if (path === 'media/get') {
      const file = media.get(url.searchParams.get('media_id') ?? '')
      if (file === undefined) return answer(response, error(40007, 'invalid media_id'))
      return void response.writeHead(200, { 'content-type': file.mime }).end(file.bytes)
    }
    const done = carryOut(path, body)
    if (trouble === 'lost-answer') return void response.destroy()
    answer(response, done)
  }

  function giveToken(query: URLSearchParams): Json {
    if (query.get('corpid') !== account.appId) return error(40013, 'invalid corpid')
    if (query.get('corpsecret') !== account.secret) return error(40001, 'invalid credential')
    return { errcode: 0, errmsg: 'ok', access_token: `kf-access-${tokens}`, expires_in: 7200 }
  }

  function carryOut(path: string, body: Json): Json {
    switch (path) {
      case 'kf/sync_msg':
        return sync(body)
      case 'kf/send_msg': {
        const person = people.get(String(body.touser))
        if (person === undefined) return error(40003, 'invalid external_userid')
        const refusal = refusalOfMessage(body, usedIds)
        if (refusal !== null) return refusal
        if (person.state > 1) return error(95018, 'session state not allowed')
        if (now() >= person.heardAt + 48 * 3_600_000) return error(95002, 'out of time')
        if (person.received >= 5) return error(95001, 'reach send limit')
        usedIds.add(String(body.msgid))
        person.received++
        person.take(body)
        return { errcode: 0, errmsg: 'ok', msgid: body.msgid }
      }
      case 'kf/send_msg_on_event': {
        const person = [...people.values()].find(({ codes }) => codes.has(String(body.code)))
        if (person === undefined) return error(40096, 'invalid code')
        const until = person.codes.get(String(body.code)) ?? 0
        const refusal = refusalOfMessage(body, usedIds)
        if (refusal !== null) return refusal
        if (now() > until) return error(95020, 'code expired')
        person.codes.delete(String(body.code))
        usedIds.add(String(body.msgid))
        person.take(body)
        return { errcode: 0, errmsg: 'ok', msgid: body.msgid }
      }
      case 'kf/service_state/get': {
        const person = people.get(String(body.external_userid))
        return person === undefined
          ? error(40003, 'invalid external_userid')
          : { errcode: 0, errmsg: 'ok', service_state: person.state }
      }
      case 'kf/service_state/trans': {
        const person = people.get(String(body.external_userid))
        if (person === undefined) return error(40003, 'invalid external_userid')
        const code = person.move(Number(body.service_state))
        return code === null
          ? error(95016, 'invalid state transition')
          : { errcode: 0, errmsg: 'ok', msg_code: code }
      }
      case 'kf/add_contact_way':
        return /^[0-9a-zA-Z_-]{0,32}$/.test(String(body.scene))
          ? { errcode: 0, errmsg: 'ok', url: 'https://work.weixin.qq.com/kf/kfcfake?enc_scene=E' }
          : error(40058, 'invalid scene')
      default:
        return error(40066, 'invalid url')
    }
  }

  function sync(body: Json): Json {
    if (body.open_kfid !== account.openKfId) return error(40058, 'invalid open_kfid')
    const from = body.cursor === undefined ? 0 : Number(String(body.cursor).replace('c', ''))
    const page = rows.slice(from, from + Math.min(Number(body.limit), fake.pageSize))
    const end = from + page.length
    return {
      errcode: 0,
      errmsg: 'ok',
      next_cursor: `c${end}`,
      has_more: end < rows.length ? 1 : 0,
      msg_list: page,
    }
  }

  const server = createServer((request, response) => {
    handle(request, response).catch(() => response.destroy())
  }).listen(options.port ?? 0, '127.0.0.1')
  await once(server, 'listening')
  fake.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return fake
}

function answer(response: ServerResponse, body: Json): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}
