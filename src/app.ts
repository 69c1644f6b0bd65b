import { Hono, type MiddlewareHandler } from 'hono'
import { requestId } from 'hono/request-id'
import { secureHeaders } from 'hono/secure-headers'
import { migrations } from '../db/migrations/index.ts'
import type { Deps } from './deps.ts'
import { limitBody } from './limit-body.ts'
import { createWebhookRoutes } from './webhooks/routes.ts'
import { createWebPages } from './webhooks/web-page.ts'

/** No network we serve needs more for a message; files come by reference. */
const MAX_BODY = 64 * 1024

/**
 * The whole application as one fetch handler, the same on Workers and on Node. `assets` serves the
 * files under `/assets/`, which each runtime keeps in a place of its own.
 */
export function createApp(deps: Deps, assets?: MiddlewareHandler) {
  const app = new Hono()
  app.use(requestId())
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
      referrerPolicy: 'no-referrer',
      xFrameOptions: 'DENY',
    }),
  )
  app.use(limitBody(MAX_BODY))
  if (assets !== undefined) app.get('/assets/*', assets)
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
  app.get('/healthz', (c) => c.text('ok'))
  app.get('/readyz', async (c) => {
    const ready = await isReady(deps)
    return c.json({ ready }, ready ? 200 : 503)
  })
  app.route('/', createWebhookRoutes(deps))
  app.route('/', createWebPages(deps))
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

/** Ready: the database answers, has our schema, and a policy is there to answer from. */
async function isReady(deps: Deps): Promise<boolean> {
  try {
    const [applied, programmes] = await deps.db.read([
      { sql: 'SELECT count(*) FROM migrations', args: [] },
      { sql: 'SELECT current_revision FROM programmes WHERE id = ?', args: [deps.programme] },
    ])
    return Number(applied?.[0]?.[0]) >= migrations.length && programmes?.[0]?.[0] != null
  } catch (error) {
    deps.log.error('not-ready', error)
    return false
  }
}
