import { Telegram, TelegramError } from 'telegraf'
import * as z from 'zod'
import type { SendResult } from '../../flows/engine/channel.ts'
import { fetchHere } from '../fetch-here.ts'
import { failureOf, unreachable } from './failures.ts'

/** A call takes this long at most; the network's own limit for a reply is 60 s. */
const TIMEOUT_MILLISECONDS = 10_000

type ApiResult = { ok: true; value: unknown } | Extract<SendResult, { ok: false }>

/** Calls a Bot API method; resolves to a value or a sorted failure, never throws for the network. */
export type CallApi = (
  method: Parameters<Telegram['callApi']>[0],
  parameters: object,
  options?: { signal?: AbortSignal },
) => Promise<ApiResult>

/** telegraf's client, with a time limit, and with errors as values that hold no token. */
export function createApi(options: { token: string; apiRoot: string }): CallApi {
  const telegram = new Telegram(options.token, { apiRoot: options.apiRoot, webhookReply: false })
  return async (
    method,
    parameters,
    { signal = AbortSignal.timeout(TIMEOUT_MILLISECONDS) } = {},
  ) => {
    const form = formOf(parameters)
    if (form !== null)
      return upload(`${options.apiRoot}/bot${options.token}/${method}`, form, signal)
    try {
      // telegraf types each method's parameters; ours are checked where they are built.
      const value: unknown = await telegram.callApi(method, parameters as never, {
        signal: signal as never,
      })
      return { ok: true, value }
    } catch (error) {
      if (!(error instanceof TelegramError)) return unreachable(error)
      return failureOf({
        code: error.code,
        description: error.description ?? '',
        retryAfter: error.parameters?.retry_after,
        migrateTo: error.parameters?.migrate_to_chat_id,
      })
    }
  }
}

/** https://core.telegram.org/bots/api#making-requests */
const Answer = z.union([
  z.object({ ok: z.literal(true), result: z.unknown() }),
  z.object({
    ok: z.literal(false),
    error_code: z.int(),
    description: z.string().default(''),
    parameters: z
      .object({ retry_after: z.number().optional(), migrate_to_chat_id: z.number().optional() })
      .optional(),
  }),
])

/** Parameters with a file among them as a form (telegraf's own way with files needs Node's streams); null without one. */
function formOf(parameters: object): FormData | null {
  const entries = Object.entries(parameters)
  if (!entries.some(([, value]) => value instanceof Blob)) return null
  const form = new FormData()
  for (const [name, value] of entries) {
    if (value instanceof Blob) form.append(name, value, `${name}.png`)
    else form.append(name, typeof value === 'string' ? value : JSON.stringify(value))
  }
  return form
}

async function upload(url: string, form: FormData, signal: AbortSignal): Promise<ApiResult> {
  try {
    const response = await fetchHere(url, { method: 'POST', body: form, signal })
    const answer = Answer.safeParse(await response.json().catch(() => null))
    if (!answer.success) return unreachable(null)
    if (answer.data.ok) return { ok: true, value: answer.data.result }
    const { error_code: code, description, parameters } = answer.data
    return failureOf({
      code,
      description,
      retryAfter: parameters?.retry_after,
      migrateTo: parameters?.migrate_to_chat_id,
    })
  } catch (error) {
    return unreachable(error)
  }
}
