import type { SendFailure, SendResult } from '../../flows/engine/channel.ts'

/** What we do about an error besides telling the outbox. */
export type ErrorAction =
  /** Fetch a new token and try once more. */
  | 'refresh-token'
  /** The window is over, or its messages are: wait until the person writes. */
  | 'window-expired'
  | 'window-spent'
  /** The person wants no message of this template. */
  | 'drop-credits'
  /** This kind of message is not ours to send; asking again is of no use for a while. */
  | 'switch-off'
  /** The conversation is with staff in the network's own client. */
  | 'with-staff'
  /** It arrived before: the network knows our id of it. */
  | 'already-sent'

/** What a return code means: who must act, what we do at once, and `words` for staff. */
export type ErrorCode = {
  failure: SendFailure
  action?: ErrorAction
  /** Seconds to wait, where there is a reason to. */
  retryAfter?: number
  words: string
}

export type Failed = Extract<SendResult, { ok: false }> & { code?: number; action?: ErrorAction }

/** Sorts an answer `{errcode, errmsg}` that is no success. */
export type FailureOf = (code: number, message?: string) => Failed

/**
 * Sorts by a table of return codes; one that it does not know is `rejected`. Of the network's own words only an
 * address is quoted, where `addressIn` names the code, since they may repeat what was sent.
 */
export function createFailureOf(
  codes: Readonly<Record<number, ErrorCode>>,
  addressIn: number,
): FailureOf {
  return (code, message = '') => {
    const known = codes[code] ?? { failure: 'rejected' as const, words: 'WeChat did not take it' }
    const address = code === addressIn ? /\d{1,3}(\.\d{1,3}){3}/.exec(message)?.[0] : undefined
    return {
      ok: false,
      code,
      failure: known.failure,
      detail: `${code} ${known.words}${address === undefined ? '' : ` (${address})`}`,
      ...(known.action === undefined ? {} : { action: known.action }),
      ...(known.retryAfter === undefined ? {} : { retryAfter: known.retryAfter }),
    }
  }
}

/** No answer came, or none of WeChat's. */
export function unreachable(detail = 'WeChat did not answer'): Failed {
  return { ok: false, failure: 'unavailable', detail }
}
