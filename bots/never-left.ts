/** What Node calls a connection that did not come about. */
const NOT_CONNECTED = /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)$/

/**
 * True where a request surely did not reach anybody: nobody took the connection. Where it is false, what
 * was asked for may have been done although no answer came.
 */
export function isConnectError(error: unknown): boolean {
  return [error, causeOf(error)].some((one) => NOT_CONNECTED.test(String(codeOf(one))))
}

function causeOf(error: unknown): unknown {
  return error instanceof Error ? error.cause : undefined
}

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined
}
