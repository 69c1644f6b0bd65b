export type Answer = {
  status: number
  /** Where it sends the browser. */
  to: string | null
  text: string
  /** The cookies it set, as they came. */
  cookies: readonly string[]
}

/** A browser that keeps its cookies, without scripts. `send`: how a request reaches the application. */
export function createVisitor(
  origin: string,
  send: (url: string, init: RequestInit) => Response | Promise<Response>,
) {
  const jar = new Map<string, string>()
  return {
    jar,
    /** Opens a page, or posts a form to it. */
    async ask(path: string, form?: Record<string, string>): Promise<Answer> {
      const url = path.startsWith('http') ? path : `${origin}${path}`
      const response = await send(url, {
        method: form === undefined ? 'GET' : 'POST',
        redirect: 'manual',
        headers: {
          origin,
          cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '),
        },
        ...(form === undefined ? {} : { body: new URLSearchParams(form) }),
      })
      const cookies = response.headers.getSetCookie()
      for (const cookie of cookies) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
        if (value === '' || /max-age=0\b/i.test(cookie)) jar.delete(name)
        else jar.set(name, value)
      }
      const { status, headers } = response
      return { status, to: headers.get('location'), text: await response.text(), cookies }
    },
  }
}
export type Visitor = ReturnType<typeof createVisitor>
