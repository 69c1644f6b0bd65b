/** The largest body an inbound request may have, in bytes. */
const MAX_BODY_BYTES = 64 * 1024

/** A request's body as text, or `too-large` as soon as it is known to be, with or without a length. */
export async function readBody(request: Request): Promise<string | 'too-large'> {
  if (Number(request.headers.get('content-length') ?? 0) > MAX_BODY_BYTES) return 'too-large'
  const body = await request.arrayBuffer()
  return body.byteLength > MAX_BODY_BYTES ? 'too-large' : new TextDecoder().decode(body)
}
