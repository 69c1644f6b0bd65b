import { NOTICE_KINDS } from '../../db/outbox/kinds.ts'
import type { ClaimedRow } from '../../db/outbox/outbox.ts'
import type { SendRecord } from '../../db/outbox/record.ts'
import type { SendResult } from '../../flows/engine/channel.ts'

const FIRST_RETRY_SECONDS = 5
const LONGEST_RETRY_SECONDS = 3600
/** What a network has not taken by then, counted from the first try, is given up. */
const RETRY_DAYS = 3
/** What is wrong with our set-up is wrong for the next row too: it is not tried with a whole queue. */
const MISCONFIGURED_SECONDS = 60

type Failure = Extract<SendResult, { ok: false }>

/** What a failed send means for its row and its channel. */
export type SendVerdict = Pick<
  SendRecord,
  'status' | 'nextAttemptAt' | 'parked' | 'doubted' | 'left'
> & {
  /** The person's next address is worth a try. */
  elsewhere: boolean
  /** Until when nothing goes out on this channel; null: it goes on. */
  channelUntil: string | null
}

/**
 * Who must act decides: the network gets another try, exponentially later and half of it by chance; the
 * person and our own mistakes do not, so the notice goes another way. What may have arrived without our
 * knowing is sent again or left to staff, as its kind says.
 */
export function verdictOf(
  row: Pick<ClaimedRow, 'origin' | 'kind' | 'attempts' | 'firstTriedAt' | 'expiresAt'>,
  result: Failure,
  { at, random }: { at: string; random: number },
): SendVerdict {
  const notice = row.origin === 'notice'
  switch (result.failure) {
    case 'throttled':
    case 'unavailable': {
      const until = result.retryAfter === undefined ? null : after(at, result.retryAfter)
      const channelUntil = result.failure === 'throttled' ? until : null
      const doubted = result.unsure === true ? { doubted: true } : {}
      if (result.unsure === true && !isSentAgain(row)) {
        return { status: 'in-doubt', ...doubted, elsewhere: false, channelUntil }
      }
      const next = until ?? after(at, backOff(row.attempts, random))
      if (next > after(row.firstTriedAt, RETRY_DAYS * 86_400)) {
        return { status: 'technical-failure', ...doubted, elsewhere: notice, channelUntil }
      }
      const [nextAttemptAt = next] = [next, row.expiresAt].sort()
      return {
        status: 'temporary-failure',
        nextAttemptAt,
        ...doubted,
        elsewhere: false,
        channelUntil,
      }
    }
    case 'window-closed':
      return result.heldSince !== undefined
        ? {
            status: 'temporary-failure',
            nextAttemptAt: row.expiresAt,
            parked: true,
            elsewhere: notice,
            channelUntil: null,
          }
        : { status: 'permanent-failure', elsewhere: notice, channelUntil: null }
    case 'blocked':
    case 'rejected':
      return { status: 'permanent-failure', elsewhere: notice, channelUntil: null }
    case 'misconfigured':
      return {
        status: 'technical-failure',
        elsewhere: notice,
        channelUntil: after(at, MISCONFIGURED_SECONDS),
      }
  }
}

/** True where a second copy does no harm. */
export function isSentAgain({ origin, kind }: Pick<ClaimedRow, 'origin' | 'kind'>): boolean {
  return origin === 'reply' || (kind !== null && NOTICE_KINDS[kind].unsure === 'again')
}

function backOff(attempts: number, random: number): number {
  const full = Math.min(LONGEST_RETRY_SECONDS, FIRST_RETRY_SECONDS * 2 ** (attempts - 1))
  return full / 2 + (random * full) / 2
}

function after(at: string, seconds: number): string {
  return new Date(Date.parse(at) + seconds * 1000).toISOString()
}
