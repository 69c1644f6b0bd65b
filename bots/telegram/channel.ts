import type { Update } from 'telegraf/types'
import * as z from 'zod'
import type { Channel, Received, RenderedMessage, SendResult } from '../../flows/engine/channel.ts'
import { readBody } from '../body.ts'
import { json } from '../json.ts'
import { isSameSecret } from '../secret.ts'
import type { CallApi } from './api.ts'
import { parseUpdate } from './parse.ts'
import { renderMessage, renderPhoto } from './render.ts'
import { parseStaffMessage } from './staff-chat.ts'
import { isUpdate, MAX_UPDATE_BYTES, oddFieldsOf } from './update.ts'

/** The header in which Telegram repeats the secret. https://core.telegram.org/bots/api#setwebhook */
const SECRET_HEADER = 'X-Telegram-Bot-Api-Secret-Token'

/** What we can make nothing of is taken all the same: refused, it would block its chat for 24 hours. */
const NOTHING: Received = { events: [], setsHeaders: true, respond: (_, headers) => taken(headers) }

const Sent = z.object({ message_id: z.int() })

/**
 * Telegram as a channel: the answer is a method in the webhook's own response
 * (https://core.telegram.org/bots/api#making-requests-when-getting-updates).
 * `receive` refuses with 403 what does not know the secret, with 413 what is larger than 128 KiB and
 * with 400 what is no JSON. All other JSON is acknowledged, also where it is no Update of ours: `onOdd` hears of that.
 */
export function createTelegramChannel(options: {
  secret: string
  call: CallApi
  fetchFile?: NonNullable<Channel['fetchMedia']>
  /** The id of the group in which staff answer; it is nobody's conversation. */
  staffChat?: string | undefined
  /** Told the names of the fields for which JSON is no Update. */
  onOdd?: (fields: string) => void
  now: () => string
  /** Lets a promise go on after the response (`waitUntil` on Workers). */
  background: (task: Promise<unknown>) => void
}): Channel {
  const { call } = options
  const answerQuery = (id: string) => call('answerCallbackQuery', { callback_query_id: id })

  return {
    type: 'telegram',
    limits: {
      textLength: 4096,
      quickReplies: 16,
      relayed: true,
      albums: true,
      ratePerSecond: 30,
      secondsBetween: 1,
      sessionWindowHours: null,
      repliesInResponse: 1,
      picturesApart: true,
      pictures: 'with-words',
    },
    async receive(request) {
      const given = request.headers.get(SECRET_HEADER) ?? ''
      if (!isSameSecret(given, options.secret)) return refuse(403, 'wrong secret')
      const body = await readBody(request, MAX_UPDATE_BYTES)
      if (body === 'too-large') return refuse(413, 'larger than 128 KiB')
      const update = parseJson(body)
      if (update === undefined) return refuse(400, 'not JSON')
      if (isUpdate(update)) return received(update)
      options.onOdd?.(oddFieldsOf(update))
      return NOTHING
    },
    ...(options.fetchFile === undefined ? {} : { fetchMedia: options.fetchFile }),
    send: async ({ to, body }) => {
      const result = await sendTo(to.id, body)
      if (result.ok || result.failure !== 'rejected' || body.thread === undefined) return result
      // The topic may have been deleted since; the chat itself is still there.
      const { thread: _, ...untied } = body
      return sendTo(to.id, untied)
    },
  }

  async function sendTo(chat: string, body: RenderedMessage): Promise<SendResult> {
    if (body.image === undefined) return sent(await call('sendMessage', renderMessage(chat, body)))
    const shown = await call('sendPhoto', await renderPhoto(chat, body, body.image))
    // Telegram fetches a picture itself; where it cannot, the words come all the same.
    const wordsAlone = !shown.ok && shown.failure === 'rejected' && body.image.kind === 'picture'
    return sent(wordsAlone ? await call('sendMessage', renderMessage(chat, body)) : shown)
  }

  function received(update: Update): Received {
    const staff = parseStaffMessage(update, options.staffChat)
    if (staff !== null) return { ...NOTHING, staff: [staff] }
    const event = parseUpdate(update, options.now())
    const query = 'callback_query' in update ? update.callback_query.id : null
    return {
      events: event === null ? [] : [event],
      setsHeaders: true,
      respond: ([reply], headers) => {
        const message = reply?.messages[0]
        if (message !== undefined && event !== null) {
          // The body holds one method only; a call that fails leaves but a spinner, so nobody waits.
          if (query !== null) options.background(answerQuery(query))
          return method('sendMessage', renderMessage(event.from.id, message), headers)
        }
        return query === null
          ? taken(headers)
          : method('answerCallbackQuery', { callback_query_id: query }, headers)
      },
    }
  }
}

type Headed = Readonly<Record<string, string>>

function taken(headers: Headed = {}): Response {
  return new Response(null, { status: 200, headers })
}

function method(name: string, parameters: object, headers?: Headed): Response {
  return json({ method: name, ...parameters }, 200, headers)
}

function refuse(status: number, message: string): Response {
  return json({ error: 'refused', message }, status)
}

/** Undefined is not in JSON, null is. */
function parseJson(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

function sent(result: Awaited<ReturnType<CallApi>>): SendResult {
  if (!result.ok) return result
  const message = Sent.safeParse(result.value)
  return { ok: true, externalId: message.success ? String(message.data.message_id) : '' }
}
