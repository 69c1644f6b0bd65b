import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Account } from './wechat-mp-envelope.ts'
import { createPerson, type MpPerson } from './wechat-mp-person.ts'
import { bytes, error, type Json, refusalOfMenu, refusalOfService } from './wechat-mp-rules.ts'
import { deliverToWebhook } from './wechat-mp-webhook.ts'

const EXCUSE = '该公众号提供的服务出现故障，请稍后再试'

/** How a call goes wrong: by an error code, never answered, or cut off. */
type Trouble = { errcode: number; errmsg?: string } | 'hang' | 'reset'

export type FakeWechatMp = Awaited<ReturnType<typeof startFakeWechatMp>>

/**
 * WeChat with one official account on loopback: people who follow, write, tap and scan; deliveries in
 * safe mode with three attempts and the 5-second cut; the API with its error codes in 200 answers, its
 * windows, quotas of consents, and tokens that end.
 */
export async function startFakeWechatMp(
  options: {
    account?: Partial<Account> & { secret?: string }
    /** The webhook of the account; can be set later. */
    webhook?: string
    port?: number
    /** How long a second of the 5-second cut takes, in milliseconds. */
    second?: number
    now?: () => number
  } = {},
) {
  const account = {
    appId: 'wxb11529c136998cb6',
    token: 'aTokenForTests',
    aesKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG',
    secret: '0123456789abcdef0123456789abcdef',
    ...options.account,
  }
  const now = options.now ?? Date.now
  const people = new Map<string, MpPerson>()
  const media = new Map<string, { bytes: Uint8Array; mime: string }>()
  const troubles: { path: string; trouble: Trouble }[] = []
  const postponed: (() => Promise<void>)[] = []
  let ids = 0
  let tokens = 0

  const fake = {
    url: '',
    account,
    webhook: options.webhook ?? '',
    /** Every call but for tokens, in order. */
    calls: [] as { path: string; body: Json }[],
    tokenCalls: [] as Json[],
    menu: null as Json | null,
    /** False: the token interface knows no caller. */
    isWhitelisted: true,
    /** Interfaces that the account may not use, as `message/custom/send`. */
    forbidden: new Set<string>(),
    /** Set to keep deliveries back: `deliverPostponed` lets them go. */
    postpones: false,
    /** In which attempt each delivery was answered. */
    attempts: [] as number[],
    trouble: (path: string, trouble: Trouble) => void troubles.push({ path, trouble }),
    /** The token of now is good no more. */
    invalidateToken: () => void tokens++,
    keepMedia: (id: string, file: { bytes: Uint8Array; mime: string }) => void media.set(id, file),
    person(openId: string): MpPerson {
      const known = people.get(openId)
      if (known !== undefined) return known
      const nextId = () => `24000000000${String(++ids).padStart(6, '0')}`
      const person = createPerson({ openId, now, nextId, deliver })
      people.set(openId, person)
      return person
    },
    /** What was kept back, to be let go once, often or never. */
    kept: () => postponed.splice(0),
    /** Lets go what was kept back, the last first. */
    async deliverPostponed(): Promise<void> {
      for (const go of postponed.splice(0).reverse()) await go()
    },
    close: async () => {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }

  async function deliver(person: MpPerson, elements: Json): Promise<void> {
    const go = async () => {
      const second = options.second ?? 1000
      const outcome = await deliverToWebhook(fake.webhook, elements, { account, second, now })
      fake.attempts.push(outcome.attempt)
      if (outcome.kind === 'text') person.seen.push({ by: 'reply', text: outcome.text })
      if (outcome.kind === 'failed') person.seen.push({ by: 'wechat', text: EXCUSE })
    }
    if (fake.postpones) postponed.push(go)
    else await go()
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '', 'http://fake')
    const path = url.pathname.replace('/cgi-bin/', '')
    const text = await readText(request)
    const index = troubles.findIndex((next) => next.path === path)
    const trouble = index < 0 ? undefined : troubles.splice(index, 1)[0]?.trouble
    if (path !== 'stable_token')
      fake.calls.push({ path, body: text === '' ? {} : JSON.parse(text) })
    if (trouble === 'reset') return void response.destroy()
    if (trouble === 'hang') return
    if (trouble !== undefined) {
      return answer(response, error(trouble.errcode, trouble.errmsg ?? 'trouble'))
    }
    if (path === 'stable_token') return answer(response, giveToken(JSON.parse(text)))
    if (url.searchParams.get('access_token') !== tokenOf(tokens)) {
      return answer(
        response,
        error(40001, 'invalid credential, access_token is invalid or not latest'),
      )
    }
    if (fake.forbidden.has(path)) return answer(response, error(48001, 'api unauthorized'))
    if (path === 'media/get') return sendMedia(response, url.searchParams.get('media_id') ?? '')
    if (/\\u[0-9a-f]{4}/i.test(text)) return answer(response, error(40033, 'invalid charset'))
    answer(response, carryOut(path, JSON.parse(text)))
  }

  function giveToken(body: Json): Json {
    fake.tokenCalls.push(body)
    if (!fake.isWhitelisted) {
      return error(40164, 'invalid ip 203.0.113.7 ipv6 ::ffff:203.0.113.7, not in whitelist')
    }
    if (body.appid !== account.appId) return error(40013, 'invalid appid')
    if (body.secret !== account.secret) return error(40125, 'invalid appsecret')
    if (body.force_refresh === true) tokens++
    return { access_token: tokenOf(tokens), expires_in: 7200 }
  }

  function carryOut(path: string, body: Json): Json {
    const person = people.get(String(body.touser))
    const fine = { errcode: 0, errmsg: 'ok' }
    switch (path) {
      case 'message/custom/send': {
        if (person === undefined) return error(40003, 'invalid openid')
        if (!person.follows) return error(43004, 'require subscribe')
        const content = sayingOf(body)
        if (content === null) return error(40008, 'invalid message type')
        if (bytes(content) > 2048) return error(45002, 'content size out of limit')
        const refusal = refusalOfService(person.windows, now())
        if (refusal !== null) return refusal
        person.seen.push({ by: 'service', text: String(content) })
        return fine
      }
      case 'message/template/send':
      case 'message/subscribe/bizsend': {
        if (person === undefined) return error(40003, 'invalid openid')
        const template = String(body.template_id)
        if (path === 'message/subscribe/bizsend') {
          const left = person.consents.get(template) ?? 0
          if (left === 0) return error(43101, 'user refuse to accept the msg')
          person.consents.set(template, left - 1)
        }
        const values = Object.values(body.data as Record<string, { value: string }>)
        if (values.some(({ value }) => value.length > 20)) return error(47003, 'argument invalid')
        person.seen.push({ by: 'notice', text: values.map(({ value }) => value).join('\n') })
        return { ...fine, msgid: ++ids }
      }
      case 'menu/create': {
        const refusal = refusalOfMenu(body)
        if (refusal === null) fake.menu = body
        return refusal ?? fine
      }
      case 'qrcode/create':
        return { ticket: 'gQ/fake==', expire_seconds: 60, url: 'http://weixin.qq.com/q/fake' }
      default:
        return error(40066, 'invalid url')
    }
  }

  function sendMedia(response: ServerResponse, id: string): void {
    const file = media.get(id)
    if (file === undefined) return void answer(response, error(40007, 'invalid media_id'))
    response
      .writeHead(200, {
        'content-type': file.mime,
        'content-disposition': `attachment; filename="${id}.jpg"`,
      })
      .end(file.bytes)
  }

  const server = createServer((request, response) => {
    handle(request, response).catch(() => response.destroy())
  }).listen(options.port ?? 0, '127.0.0.1')
  await once(server, 'listening')
  fake.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return fake
}

function tokenOf(serial: number): string {
  return `fake-access-token-${serial}-${'x'.repeat(120)}`
}

async function readText(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request.setEncoding('utf8')) text += chunk
  return text
}

function answer(response: ServerResponse, body: Json): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

/** What a person sees of a service message: words, or a card with a picture; null: of a kind we do not know. */
function sayingOf(body: Json): string | null {
  if (body.msgtype === 'text') return String((body.text as Json).content)
  const { articles } = (body.news ?? {}) as { articles?: { title: string; picurl: string }[] }
  const [only] = body.msgtype === 'news' ? (articles ?? []) : []
  return only === undefined ? null : `［${only.title}］${only.picurl}`
}
