/** A body's bytes, or `too-large` as soon as it is known to be; the rest is then not fetched. */
export async function readAtMost(
  { body, headers }: { body: ReadableStream<Uint8Array> | null; headers: Headers },
  most: number,
): Promise<Uint8Array | 'too-large'> {
  if (body === null) return new Uint8Array()
  if (Number(headers.get('content-length') ?? 0) > most) {
    await body.cancel()
    return 'too-large'
  }
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of body) {
    size += part.length
    if (size > most) return 'too-large'
    parts.push(part)
  }
  const whole = new Uint8Array(size)
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
