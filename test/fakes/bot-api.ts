import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createGroup, type Group } from './bot-api-group.ts'
import { BOT, createPerson, type Person } from './bot-api-person.ts'
import { buttonsOf, type Json, refusalOf } from './bot-api-rules.ts'
import { createUpdateQueue } from './bot-api-updates.ts'
import { deliverToWebhook, type Webhook } from './bot-api-webhook.ts'

type ApiCall = { method: string; body: Json }

/** How a call goes wrong: refused in the Bot API's own words, never answered, or cut off. */
type Trouble =
  | { kind: 'error'; code: number; description: string; parameters?: Json }
  | { kind: 'hang' }
  | { kind: 'reset' }

export type FakeBotApi = {
  url: string
  token: string
  /** Every call but `getUpdates`, in order; also those made in a webhook's answer. */
  calls: ApiCall[]
  /** Goes wrong for the next call of this method, or its next call for this chat. */
  trouble: (method: string, trouble: Trouble, chat?: number) => void
  /** Hands an update to `getUpdates`, or to the webhook, where one is set, until it answers 2xx. */
  deliver: (update: Json) => Promise<void>
  /** Makes a person in a private chat; the same id again begins with an empty chat. */
  person: (id: number, language?: string) => Person
  /** Makes a group that the bot is in; its id begins with a minus. */
  group: (id: number) => Group
  /** Keeps a file for `getFile`. */
  keepFile: (fileId: string, bytes: Uint8Array) => void
  /** How many updates no poller has confirmed. */
  unconfirmed: () => number
  close: () => Promise<void>
}

/** https://core.telegram.org/bots/api#getfile */
const MAX_FILE_BYTES = 20 * 1024 * 1024

/**
 * A Bot API server on loopback that keeps the documented rules: limits of length, long polling by one
 * poller, redelivery to a webhook until 2xx, and the method in a webhook's answer is carried out
 * (https://core.telegram.org/bots/api#making-requests-when-getting-updates).
 */
export async function startFakeBotApi(
  options: { token?: string; webhook?: Webhook; port?: number } = {},
): Promise<FakeBotApi> {
  const token = options.token ?? '123456:fake-token-for-tests'
  const calls: ApiCall[] = []
  const troubles: { method: string; trouble: Trouble; chat: number | undefined }[] = []
  const people = new Map<number, Person>()
  const groups = new Map<number, Group>()
  const files = new Map<string, Uint8Array>()
  const updates = createUpdateQueue()
  let webhook = options.webhook ?? null
  let lastId = 1000
  const nextId = () => ++lastId

  const server = createServer((request, response) => {
    handle(request, response).catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, file, given, rest = ''] = /^(\/file)?\/bot([^/]+)\/(.+)$/.exec(request.url ?? '') ?? []
    if (given !== token) return answer(response, failure(401, 'Unauthorized'))
    if (file !== undefined) return sendFile(response, rest)
    const method = rest
    const body = await readJson(request)
    if (method !== 'getUpdates') calls.push({ method, body })
    const trouble = takeTrouble(method, Number(body.chat_id))
    if (trouble?.kind === 'reset') return void response.destroy()
    if (trouble?.kind === 'hang') return
    if (trouble?.kind === 'error') {
      const { code, description, parameters } = trouble
      return answer(response, { ...failure(code, description), parameters })
    }
    if (method !== 'getUpdates') return answer(response, carryOut(method, body))
    const gone = new AbortController()
    response.once('close', () => gone.abort())
    answer(response, await getUpdates(body, gone.signal))
  }

  function takeTrouble(method: string, chat: number): Trouble | undefined {
    const index = troubles.findIndex(
      (next) => next.method === method && (next.chat === undefined || next.chat === chat),
    )
    return index < 0 ? undefined : troubles.splice(index, 1)[0]?.trouble
  }

  function carryOut(method: string, body: Json): Json {
    const refusal = refusalOf(method, body)
    if (refusal !== null) return failure(400, `Bad Request: ${refusal}`)
    switch (method) {
      case 'sendMessage':
        return sendMessage(body)
      case 'sendPhoto':
        return sendMessage({ ...body, text: `[图 picture] ${body.caption ?? ''}` })
      case 'answerCallbackQuery':
        return answerCallbackQuery(String(body.callback_query_id))
      case 'getFile':
        return getFile(String(body.file_id))
      case 'setWebhook':
        updates.terminate()
        webhook = { url: String(body.url), secret: String(body.secret_token) }
        return success(true)
      case 'deleteWebhook':
        webhook = null
        return success(true)
      case 'getMe':
        return success(BOT)
      case 'setMyCommands':
      case 'setMyDescription':
      case 'setMyShortDescription':
      case 'setMyName':
        return success(true)
      default:
        return failure(404, 'Not Found: method not found')
    }
  }

  function sendMessage(body: Json): Json {
    const group = groups.get(Number(body.chat_id))
    if (group !== undefined) return sendToGroup(group, body)
    const person = people.get(Number(body.chat_id))
    if (person === undefined) return failure(400, 'Bad Request: chat not found')
    if (person.hasBlocked) return failure(403, 'Forbidden: bot was blocked by the user')
    const text = String(body.text)
    person.messages.push({ text, buttons: buttonsOf(body) })
    const chat = { id: person.id, type: 'private' }
    return success({ message_id: nextId(), from: BOT, chat, date: 0, text })
  }

  function sendToGroup(group: Group, body: Json): Json {
    const id = nextId()
    const replied = (body.reply_parameters as { message_id?: number } | undefined)?.message_id
    group.messages.push({ id, text: String(body.text), replyTo: replied ?? null })
    const chat = { id: group.id, type: 'supergroup' }
    return success({ message_id: id, from: BOT, chat, date: 0, text: body.text })
  }

  function answerCallbackQuery(id: string): Json {
    const stopped = [...people.values()].some(({ spinning }) => spinning.delete(id))
    return stopped
      ? success(true)
      : failure(
          400,
          'Bad Request: query is too old and response timeout expired or query ID is invalid',
        )
  }

  function getFile(id: string): Json {
    const bytes = files.get(id)
    if (bytes === undefined) return failure(400, 'Bad Request: invalid file_id')
    if (bytes.length > MAX_FILE_BYTES) return failure(400, 'Bad Request: file is too big')
    const path = `documents/${encodeURIComponent(id)}`
    return success({ file_id: id, file_unique_id: id, file_size: bytes.length, file_path: path })
  }

  function sendFile(response: ServerResponse, path: string): void {
    const bytes = files.get(decodeURIComponent(path.replace('documents/', '')))
    if (bytes === undefined) answer(response, failure(404, 'Not Found'))
    else response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(bytes)
  }

  async function getUpdates(body: Json, gone: AbortSignal): Promise<Json> {
    if (webhook !== null) {
      return failure(409, "Conflict: can't use getUpdates method while webhook is active")
    }
    const fresh = await updates.get(body, gone)
    return fresh === 'terminated'
      ? failure(409, 'Conflict: terminated by other getUpdates request or setWebhook')
      : success(fresh)
  }

  async function deliver(update: Json): Promise<void> {
    if (webhook === null) return updates.push(update)
    const call = await deliverToWebhook(webhook, update)
    if (call === null) return
    calls.push(call)
    // The Bot API discards what comes of it.
    carryOut(call.method, call.body)
  }

  return {
    url: `http://127.0.0.1:${port}`,
    token,
    calls,
    trouble: (method, trouble, chat) => void troubles.push({ method, trouble, chat }),
    deliver,
    person(id, language = 'zh-hans') {
      const person = createPerson({ id, language, nextId, deliver })
      people.set(id, person)
      return person
    },
    group(id) {
      const group = createGroup({ id, nextId, deliver })
      groups.set(id, group)
      return group
    },
    keepFile: (id, bytes) => void files.set(id, bytes),
    unconfirmed: updates.waiting,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function readJson(request: IncomingMessage): Promise<Json> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part)
  const bytes = Buffer.concat(parts)
  const type = request.headers['content-type'] ?? ''
  if (type.startsWith('multipart/form-data')) return readForm(bytes, type)
  return bytes.length === 0 ? {} : (JSON.parse(bytes.toString('utf8')) as Json)
}

/** A form with files: https://core.telegram.org/bots/api#making-requests */
async function readForm(bytes: Uint8Array<ArrayBuffer>, type: string): Promise<Json> {
  const form = await new Response(bytes, { headers: { 'content-type': type } }).formData()
  const fields = [...form].map(([name, value]): [string, unknown] => [
    name,
    name === 'reply_markup' ? JSON.parse(String(value)) : value,
  ])
  return Object.fromEntries(fields)
}

function success(result: unknown): Json {
  return { ok: true, result }
}

function failure(code: number, description: string): Json {
  return { ok: false, error_code: code, description }
}

/** The Bot API repeats the code as the status. */
function answer(response: ServerResponse, body: Json): void {
  const status = Number(body.error_code ?? 200)
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}
