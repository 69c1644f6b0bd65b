import type { SendFailure, SendResult } from '../../flows/engine/channel.ts'
import { isConnectError } from '../never-left.ts'

type Failed = Extract<SendResult, { ok: false }>

/** What the Bot API says when it says no. https://core.telegram.org/bots/api#making-requests */
export type ApiError = {
  code: number
  description: string
  /** `parameters.retry_after`, in seconds. */
  retryAfter?: number | undefined
  /** `parameters.migrate_to_chat_id`: a group that became a supergroup has another id. */
  migrateTo?: number | undefined
}

/**
 * What is known of the Bot API's refusals, first match first. `words` are from the server's source
 * (tdlib/telegram-bot-api, Client.cpp and Query.cpp), since the reference lists none.
 */
const REFUSALS: readonly { code: number; words?: RegExp; failure: SendFailure }[] = [
  // Too many for now: `parameters.retry_after` says how long. Ignoring it can get a bot banned.
  { code: 429, failure: 'throttled' },
  // Blocked by the user, user is deactivated, bot can't initiate conversation, kicked, not a member.
  { code: 403, failure: 'blocked' },
  // A person that never pressed Start, or an id of another bot's.
  { code: 400, words: /chat not found|user not found|PEER_ID_INVALID/i, failure: 'blocked' },
  // The same news by another code, as older servers gave it.
  { code: 400, words: /blocked by the user|user is deactivated/i, failure: 'blocked' },
  // Too long, empty, unparsable, a button's value past 64 bytes: the same again would fail again.
  { code: 400, failure: 'rejected' },
  // The token is wrong or was revoked.
  { code: 401, failure: 'misconfigured' },
  // A token of the wrong shape, or a server that is no Bot API.
  { code: 404, failure: 'misconfigured' },
  // A webhook is set while we poll, or somebody else polls with our token.
  { code: 409, failure: 'misconfigured' },
]

/** Somebody in between gave up waiting for the Bot API. */
const GATEWAY_CODES: readonly number[] = [502, 504]

/** Sorts an API error by who must act; the detail is for staff, and is scrubbed. */
export function failureOf(error: ApiError): Failed {
  const detail = `${error.code} ${scrub(error.description)}`.trim()
  if (error.migrateTo !== undefined) {
    const movedTo = String(error.migrateTo)
    return { ok: false, failure: 'unavailable', retryAfter: 0, detail, movedTo }
  }
  const known = REFUSALS.find(
    ({ code, words }) => code === error.code && (words?.test(error.description) ?? true),
  )
  const failure = known?.failure ?? (error.code >= 500 ? 'unavailable' : 'rejected')
  const wait = error.retryAfter === undefined ? {} : { retryAfter: error.retryAfter }
  const unsure = GATEWAY_CODES.includes(error.code) ? { unsure: true as const } : {}
  return { ok: false, failure, detail, ...wait, ...unsure }
}

/** No answer came: a time-out, a reset, a name that does not resolve. The error may hold the token's URL. */
export function unreachable(error: unknown): Failed {
  const unsure = isConnectError(error) ? {} : { unsure: true as const }
  return { ok: false, failure: 'unavailable', detail: 'the Bot API did not answer', ...unsure }
}

/**
 * Telegram's words are plain English; what is quoted, not ASCII or shaped like a token is somebody
 * else's (`can't parse entities: Unsupported start tag "…"` quotes the message).
 */
function scrub(description: string): string {
  return description
    .replaceAll(/"[^"]*"?/g, '"…"')
    .replaceAll(/\d+:[\w-]{6,}/g, '…')
    .replaceAll(/[^\x20-\x7e…]+/g, '…')
    .slice(0, 200)
}
