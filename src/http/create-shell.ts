import { Hono, type MiddlewareHandler } from 'hono'
import { etag } from 'hono/etag'
import { requestId } from 'hono/request-id'
import { secureHeaders } from 'hono/secure-headers'
import type { Deps } from '../kernel/deps.ts'
import { createMetrics } from '../platform/metrics/routes.ts'
import { sandboxFile } from './file-headers.ts'
import { LARGEST_MESSAGE, largestBody } from './largest-body.ts'
import { limitBody } from './limit-body.ts'
import { limitRates } from './limit-rates.ts'
import { limitUploads } from './limit-uploads.ts'

/** People's files, which they upload to the web chat. */
const FILES = '/webhooks/web/files'
/** The same files as staff see them. */
const PAPERS = '/console/cases/:id/files/:file'
/** Papers of a voucher's claim, for the office and for its provider. */
const VOUCHER_PAPERS = ['/console/vouchers/:id/papers/:paper', '/console/redeem/:id/papers/:paper']

/** A browser keeps our files and asks each time whether they are still the same, so that no page mixes two versions. */
const fresh: MiddlewareHandler = async (c, next) => {
  await next()
  if (c.res.ok || c.res.status === 304) c.header('Cache-Control', 'public, no-cache')
}

/**
 * What every request meets before our routes and after them, whichever process or Worker serves it: its own id, our
 * headers, limits of rate and size, the log of what was refused, and answers to what is not there or went wrong.
 * `assets` serve the files under `/assets/`, which each runtime keeps in places of its own, asked one after another.
 */
export function createShell(deps: Deps, assets: readonly MiddlewareHandler[] = []): Hono {
  const app = new Hono()
  // Of no length is what somebody else sends as one, which would stand in the log: ours is made anew.
  app.use(requestId({ limitLength: 0 }))
  app.use(`${FILES}/*`, sandboxFile)
  for (const path of [PAPERS, ...VOUCHER_PAPERS]) app.use(path, sandboxFile)
  app.use(
    secureHeaders({
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
    }),
  )
  const metrics = createMetrics(deps)
  app.use(metrics.measure)
  limitRates(app, deps)
  app.use(limitUploads(deps, largestBody, { from: LARGEST_MESSAGE }))
  const limited = limitBody(largestBody, deps.translate)
  // The API refuses in its own form what is too large (src/api/app.ts).
  app.use((c, next) => (c.req.path.startsWith('/api/v1/') ? next() : limited(c, next)))
  app.use('/assets/*', etag(), fresh)
  for (const files of assets) app.get('/assets/*', files)
  app.use(async (c, next) => {
    await next()
    if (c.res.status < 400) return
    deps.log.warn('request-refused', {
      request: c.get('requestId'),
      method: c.req.method,
      route: c.req.routePath,
      status: c.res.status,
    })
  })
  app.route('/', metrics.routes)
  app.notFound((c) => c.json({ error: 'not-found', message: 'There is nothing here.' }, 404))
  app.onError((error, c) => {
    deps.log.error('request-failed', error, {
      request: c.get('requestId'),
      method: c.req.method,
      route: c.req.routePath,
    })
    c.header('Retry-After', '2')
    return c.json(
      {
        error: 'unavailable',
        message: 'Something went wrong on our side. Please send it again in a moment.',
        request: c.get('requestId'),
      },
      503,
    )
  })
  return app
}
