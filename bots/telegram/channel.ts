import type { Update } from 'telegraf/types'
import { z } from 'zod'
import type { Channel, Received, Reply, SendResult } from '../../flows/engine/types.ts'
import { readBody } from '../body.ts'
import { isSameSecret } from '../secret.ts'
import type { CallApi } from './api.ts'
import { parseUpdate } from './parse.ts'
import { renderMessage } from './render.ts'

/** The header in which Telegram repeats the secret. https://core.telegram.org/bots/api#setwebhook */
const SECRET_HEADER = 'X-Telegram-Bot-Api-Secret-Token'

/** The least that makes a JSON object an Update; telegraf's types say the rest. */
const AnyUpdate = z.looseObject({ update_id: z.int() })

/** Telegram as a channel: the answer is a method in the webhook's own response. */
export function createTelegramChannel(options: {
  secret: string
  call: CallApi
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
      quickReplies: 12,
      ratePerSecond: 30,
      sessionWindowHours: null,
      repliesInResponse: 1,
    },
    async receive(request) {
      const given = request.headers.get(SECRET_HEADER) ?? ''
      if (!isSameSecret(given, options.secret)) return refuse(403, 'wrong secret')
      const body = await readBody(request)
      if (body === 'too-large') return refuse(413, 'larger than 64 KiB')
      const update = parseJson(body)
      if (update === null) return refuse(400, 'not a Telegram update')
      return received(update)
    },
    send: async ({ to, body }) => sent(await call('sendMessage', renderMessage(to.id, body))),
  }

  function received(update: Update): Received {
    const event = parseUpdate(update, options.now())
    const query = 'callback_query' in update ? update.callback_query.id : null
    return {
      events: event === null ? [] : [event],
      respond: ([reply]) => {
        const message = messageOf(reply)
        if (message !== undefined && event !== null) {
          if (query !== null) options.background(answerQuery(query))
          return method('sendMessage', renderMessage(event.from.id, message))
        }
        return query === null
          ? new Response(null, { status: 200 })
          : method('answerCallbackQuery', { callback_query_id: query })
      },
    }
  }
}

function messageOf(reply: Reply | null | undefined) {
  return reply?.messages[0]
}

function method(name: string, parameters: object): Response {
  return Response.json({ method: name, ...parameters })
}

function refuse(status: number, message: string): Response {
  return Response.json({ error: 'refused', message }, { status })
}

function parseJson(body: string): Update | null {
  try {
    const update = AnyUpdate.safeParse(JSON.parse(body))
    // Telegram's own types from here on: the secret has proved where it comes from.
    return update.success ? (update.data as unknown as Update) : null
  } catch {
    return null
  }
}

function sent(result: Awaited<ReturnType<CallApi>>): SendResult {
  if (!result.ok) return result
  const message = z.object({ message_id: z.number() }).safeParse(result.value)
  return { ok: true, externalId: message.success ? String(message.data.message_id) : '' }
}
