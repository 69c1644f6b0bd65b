import { Hono, type MiddlewareHandler } from 'hono'
import { secureHeaders } from 'hono/secure-headers'

/** What a browser is told with every answer of ours. */
export const commonHeaders: MiddlewareHandler = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'"],
    connectSrc: ["'self'"],
    manifestSrc: ["'self'"],
    baseUri: ["'none'"],
    formAction: ["'self'"],
    frameAncestors: ["'none'"],
  },
  // Our own forms name their origin, which a plain-http office needs against forged posts.
  referrerPolicy: 'same-origin',
  xFrameOptions: 'DENY',
})

/** The same headers as one block, for answers that are not made by the application's router. */
export async function commonHeaderBlock(): Promise<Readonly<Record<string, string>>> {
  const bare = new Hono().use(commonHeaders).get('/', (c) => c.body(null))
  return Object.fromEntries((await bare.request('/')).headers)
}
