/** Hands the cookies that better-auth set on one of its responses to the response of a page. */
export function passCookies(
  from: Headers,
  to: { header: (name: 'Set-Cookie', value: string, options: { append: true }) => void },
): void {
  for (const cookie of from.getSetCookie()) to.header('Set-Cookie', cookie, { append: true })
}

/** The headers of a request as the browser would send them next, with the cookies of a response in place. */
export function withCookies(request: Headers, response: Headers): Headers {
  const jar = new Map<string, string>()
  const put = (pair: string) => {
    const at = pair.indexOf('=')
    if (at > 0) jar.set(pair.slice(0, at).trim(), pair.slice(at + 1))
  }
  for (const pair of (request.get('cookie') ?? '').split(';')) put(pair)
  for (const cookie of response.getSetCookie()) put(cookie.split(';')[0] ?? '')
  const headers = new Headers(request)
  headers.set('cookie', [...jar].map(([name, value]) => `${name}=${value}`).join('; '))
  return headers
}
