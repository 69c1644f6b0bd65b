import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

type Json = Record<string, unknown>
type ApiCall = { method: string; body: Json }

/** How the next call of a method goes wrong. */
type Trouble =
  | { kind: 'error'; code: number; description: string; parameters?: Json }
  | { kind: 'hang' }
  | { kind: 'reset' }

export type Webhook = { url: string; secret: string }

export type FakeBotApi = {
  url: string
  token: string
  /** Every call, in order. */
  calls: ApiCall[]
  /** Goes wrong for the next call of this method. */
  trouble: (method: string, trouble: Trouble) => void
  /** Hands updates to `getUpdates`, or to the webhook, where one is set, until it answers 2xx. */
  deliver: (update: Json) => Promise<void>
  /** A person with a phone, in a private chat. */
  person: (id: number, language?: string) => Person
  close: () => Promise<void>
}

type Person = {
  id: number
  /** What stands in the chat, newest last. */
  messages: { text: string; buttons: { text: string; callback_data: string }[] }[]
  type: (text: string) => Promise<void>
  tap: (label: string) => Promise<void>
  update: (text: string) => Json
}

/**
 * A Bot API server on loopback that keeps the documented rules: 4096 characters, 64 bytes of callback
 * data, one poller, redelivery until 2xx, and the method in a webhook's answer is carried out
 * (https://core.telegram.org/bots/api#making-requests-when-getting-updates).
 */
export async function startFakeBotApi(
  options: { token?: string; webhook?: Webhook } = {},
): Promise<FakeBotApi> {
  const token = options.token ?? '123456:fake-token-for-tests'
  const calls: ApiCall[] = []
  const troubles = new Map<string, Trouble[]>()
  const people = new Map<number, Person>()
  const queue: Json[] = []
  let webhook = options.webhook ?? null
  let updateId = 1000
  let messageId = 1

  const server = createServer((request, response) => {
    handle(request, response).catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, given, method = ''] = /^\/bot([^/]+)\/(\w+)/.exec(request.url ?? '') ?? []
    const body = await readJson(request)
    if (given !== token) return answer(response, 401, failure(401, 'Unauthorized'))
    if (method !== 'getUpdates') calls.push({ method, body })
    const trouble = troubles.get(method)?.shift()
    if (trouble?.kind === 'reset') return void response.destroy()
    if (trouble?.kind === 'hang') return
    if (trouble?.kind === 'error') {
      const { code, description, parameters } = trouble
      return answer(response, code, { ...failure(code, description), parameters })
    }
    const result = await carryOut(method, body)
    return answer(response, 'ok' in result && result.ok === true ? 200 : 400, result)
  }

  async function carryOut(method: string, body: Json): Promise<Json> {
    switch (method) {
      case 'sendMessage':
        return sendMessage(body)
      case 'getUpdates':
        return getUpdates(body)
      case 'setWebhook':
        webhook = { url: String(body.url), secret: String(body.secret_token) }
        return success(true)
      case 'deleteWebhook':
        webhook = null
        return success(true)
      case 'getMe':
        return success({
          id: 123456,
          is_bot: true,
          first_name: 'Weiqitong',
          username: 'weiqitong_bot',
        })
      case 'answerCallbackQuery':
      case 'setMyCommands':
      case 'setMyDescription':
      case 'setMyShortDescription':
        return success(true)
      default:
        return failure(404, 'Not Found: method not found')
    }
  }

  function sendMessage(body: Json): Json {
    const text = String(body.text ?? '')
    const person = people.get(Number(body.chat_id))
    if (text === '') return failure(400, 'Bad Request: message text is empty')
    if (text.length > 4096) return failure(400, 'Bad Request: message is too long')
    const buttons = keyboardOf(body)
    if (buttons.some(({ callback_data: data }) => Buffer.byteLength(data) > 64)) {
      return failure(400, 'Bad Request: BUTTON_DATA_INVALID')
    }
    if (person === undefined) return failure(400, 'Bad Request: chat not found')
    person.messages.push({ text, buttons })
    return success({
      message_id: messageId++,
      chat: { id: person.id, type: 'private' },
      date: 0,
      text,
    })
  }

  async function getUpdates(body: Json): Promise<Json> {
    if (webhook !== null)
      return failure(409, "Conflict: can't use getUpdates while webhook is active")
    const offset = Number(body.offset ?? 0)
    const fresh = () => queue.filter(({ update_id: id }) => Number(id) >= offset)
    for (let waited = 0; fresh().length === 0 && waited < 20; waited++) {
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
    return success(fresh())
  }

  async function deliver(update: Json): Promise<void> {
    if (webhook === null) {
      queue.push(update)
      return
    }
    for (let attempt = 0; attempt < 10; attempt++) {
      const response = await fetch(webhook.url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-telegram-bot-api-secret-token': webhook.secret,
        },
        body: JSON.stringify(update),
      })
      if (!response.ok) continue
      const said = await response.text()
      if (said !== '') {
        const { method, ...body } = JSON.parse(said) as Json
        calls.push({ method: String(method), body })
        await carryOut(String(method), body)
      }
      return
    }
    throw new Error('the webhook never answered 2xx')
  }

  function person(id: number, language = 'zh-hans'): Person {
    const from = { id, is_bot: false, first_name: '王', language_code: language }
    const chat = { id, type: 'private', first_name: '王' }
    const self: Person = {
      id,
      messages: [],
      update: (text) => ({
        update_id: updateId++,
        message: {
          message_id: messageId++,
          from,
          chat,
          date: 1_527_818_400,
          text,
          ...(text.startsWith('/')
            ? { entities: [{ type: 'bot_command', offset: 0, length: text.split(' ')[0]?.length }] }
            : {}),
        },
      }),
      type: (text) => deliver(self.update(text)),
      tap: (label) => {
        const button = self.messages
          .flatMap(({ buttons }) => buttons)
          .findLast(({ text }) => text === label)
        if (button === undefined) throw new Error(`there is no button ${label}`)
        return deliver({
          update_id: updateId++,
          callback_query: {
            id: String(updateId),
            from,
            chat_instance: '1',
            message: { message_id: messageId, chat, date: 1_527_818_400, text: '' },
            data: button.callback_data,
          },
        })
      },
    }
    people.set(id, self)
    return self
  }

  return {
    url: `http://127.0.0.1:${port}`,
    token,
    calls,
    trouble: (method, trouble) => {
      troubles.set(method, [...(troubles.get(method) ?? []), trouble])
    },
    deliver,
    person,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function keyboardOf(body: Json): Person['messages'][number]['buttons'] {
  const markup = body.reply_markup as { inline_keyboard?: Person['messages'][number]['buttons'][] }
  return (markup?.inline_keyboard ?? []).flat()
}

async function readJson(request: IncomingMessage): Promise<Json> {
  let text = ''
  for await (const chunk of request.setEncoding('utf8')) text += chunk
  return text === '' ? {} : (JSON.parse(text) as Json)
}

function success(result: unknown): Json {
  return { ok: true, result }
}

function failure(code: number, description: string): Json {
  return { ok: false, error_code: code, description }
}

function answer(response: ServerResponse, status: number, body: Json): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}
