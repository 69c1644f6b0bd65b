/** False where a page of another site sent the request; a client that is no browser names no origin. */
export function isSameOrigin(request: Request): boolean {
  const origin = request.headers.get('origin')
  const own = request.headers.get('host') ?? new URL(request.url).host
  return origin === null || (URL.canParse(origin) && new URL(origin).host === own)
}
