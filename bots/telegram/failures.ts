import type { SendResult } from '../../flows/engine/types.ts'

type Failed = Extract<SendResult, { ok: false }>

/** What the Bot API says when it says no. https://core.telegram.org/bots/api#making-requests */
export type ApiError = {
  code: number
  description: string
  retryAfter?: number | undefined
  migrateTo?: number | undefined
}

/** The person is gone or never came; only they can change it. */
const BLOCKED = [
  /blocked by the user/,
  /user is deactivated/,
  /can't initiate conversation/,
  /kicked from/,
  /not a member/,
  /chat was deleted/,
  /chat not found/,
]

/** Sorts an API error by who must act. The description is Telegram's own and quotes nobody. */
export function failureOf(error: ApiError): Failed {
  const detail = `${error.code} ${error.description}`.slice(0, 200)
  if (error.migrateTo !== undefined) {
    return {
      ok: false,
      failure: 'unavailable',
      retryAfter: 0,
      detail,
      movedTo: String(error.migrateTo),
    }
  }
  if (error.code === 429) {
    return {
      ok: false,
      failure: 'throttled',
      detail,
      ...(error.retryAfter === undefined ? {} : { retryAfter: error.retryAfter }),
    }
  }
  if (BLOCKED.some((pattern) => pattern.test(error.description))) {
    return { ok: false, failure: 'blocked', detail }
  }
  if (error.code >= 500) return { ok: false, failure: 'unavailable', detail }
  if (error.code === 401 || error.code === 404) {
    return { ok: false, failure: 'misconfigured', detail }
  }
  return { ok: false, failure: error.code === 403 ? 'blocked' : 'rejected', detail }
}

/** No answer came: a time-out, a reset, a name that does not resolve. The error may hold the token's URL. */
export function unreachable(): Failed {
  return { ok: false, failure: 'unavailable', detail: 'the Bot API did not answer' }
}
