/** Of a database behind a network: nothing was done; it may have been done; or doing it again changes nothing about it. */
export type Trouble = 'undone' | 'unknown' | 'final'

/** As sqld names what it rolled back or did not begin (libsql-server/src/hrana/stmt.rs). */
const UNDONE = /^(SQLITE_BUSY|SQLITE_LOCKED|TRANSACTION_BUSY|TRANSACTION_TIMEOUT)/
/** Nobody was reached, by Node's and undici's names. */
const UNREACHED = /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|UND_ERR_CONNECT_TIMEOUT)$/
/** A proxy gave up, or a primary that a replica asked; nobody knows how far it came. */
const GIVEN_UP = [500, 502, 503, 504]

/** What a failed request means, by the codes and statuses along its causes. */
export function troubleOf(error: unknown): Trouble {
  for (let at = error; at instanceof Error; at = at.cause) {
    const code = 'code' in at && typeof at.code === 'string' ? at.code : ''
    const status = 'status' in at && typeof at.status === 'number' ? at.status : 0
    if (UNDONE.test(code) || UNREACHED.test(code) || status === 429) return 'undone'
    if (GIVEN_UP.includes(status) || code === 'PROXY_ERROR') return 'unknown'
    if (status !== 0 || /^(SQLITE_|SQL_|ARGS_|BLOCKED|RESPONSE_TOO_LARGE|HRANA_PROTO)/.test(code)) {
      return 'final'
    }
  }
  // A connection that broke, or an answer that did not come in time.
  return 'unknown'
}

/** A batch that is too large is refused before it is sent: no part of it would be written. */
export class BatchTooLargeError extends Error {
  override readonly name = 'BatchTooLargeError'
}

/** The server, or what stands before it, answered with a status that is no success. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError'
  readonly status: number

  constructor(status: number, said: string) {
    super(`the database answered ${status}: ${said}`)
    this.status = status
  }
}
