import { Telegram, TelegramError } from 'telegraf'
import type { SendResult } from '../../flows/engine/types.ts'
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
    try {
      // telegraf types each method's parameters; ours are checked where they are built.
      const value: unknown = await telegram.callApi(method, parameters as never, {
        signal: signal as never,
      })
      return { ok: true, value }
    } catch (error) {
      if (!(error instanceof TelegramError)) return unreachable()
      return failureOf({
        code: error.code,
        description: error.description ?? '',
        retryAfter: error.parameters?.retry_after,
        migrateTo: error.parameters?.migrate_to_chat_id,
      })
    }
  }
}
