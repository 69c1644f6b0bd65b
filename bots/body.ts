/** The largest body an inbound request may have, in bytes, where a network sends no larger messages. */
export const MAX_BODY_BYTES = 64 * 1024

/** A request's body as text, or `too-large` as soon as it is known to be, with or without a length. */
export async function readBody(
  request: Request,
  most: number = MAX_BODY_BYTES,
): Promise<string | 'too-large'> {
  if (Number(request.headers.get('content-length') ?? 0) > most) return 'too-large'
  const body = await request.text()
  // No character takes more bytes than this; only what comes near the limit is counted.
  const isNear = body.length * MOST_BYTES_A_UNIT > most
  return isNear && new TextEncoder().encode(body).length > most ? 'too-large' : body
}

/** Of UTF-8, for a UTF-16 unit. */
const MOST_BYTES_A_UNIT = 3
