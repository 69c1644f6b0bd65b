import { type Context, Hono, type MiddlewareHandler } from 'hono'
import { etag } from 'hono/etag'
import type {} from 'hono/request-id'
import type { Deps } from '../kernel/deps.ts'
import { createMetrics, type Metrics } from '../platform/metrics/routes.ts'
import { commonHeaders } from './common-headers.ts'
import { noteFailed, noteRefused, RETRY_AFTER_FAILURE } from './failures.ts'
import { sandboxFile } from './file-headers.ts'
import { LARGEST_MESSAGE, largestBody } from './largest-body.ts'
import { limitBody } from './limit-body.ts'
import type { Refusals } from './limit-rate.ts'
import { createRefusals, limitRates } from './limit-rates.ts'
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

/** What is counted of requests, whichever way they come in. */
export type Counters = { metrics: Metrics; refusals: Refusals }

/** Begins to count. */
export function createCounters(deps: Deps): Counters {
  return { metrics: createMetrics(deps), refusals: createRefusals(deps) }
}

/**
 * What every request meets before our routes and after them, whichever process or Worker serves it: its own id, our
 * headers, limits of rate and size, the log of what was refused, and answers to what is not there or went wrong.
 * `assets` serve the files under `/assets/`, which each runtime keeps in places of its own, asked one after another.
 * `counters`: what is counted here and by another way in.
 */
export function createShell(
  deps: Deps,
  assets: readonly MiddlewareHandler[] = [],
  { metrics, refusals }: Counters = createCounters(deps),
): Hono {
  const app = new Hono()
  // Ours, whatever somebody sends as one, which would stand in the log.
  app.use(async (c, next) => {
    c.set('requestId', crypto.randomUUID())
    await next()
    c.res.headers.set('X-Request-Id', c.get('requestId'))
  })
  app.use(`${FILES}/*`, sandboxFile)
  for (const path of [PAPERS, ...VOUCHER_PAPERS]) app.use(path, sandboxFile)
  app.use(commonHeaders)
  app.use(metrics.measure)
  limitRates(app, deps, refusals)
  app.use(limitUploads(deps, largestBody, { from: LARGEST_MESSAGE }))
  const limited = limitBody(largestBody, deps.translate)
  // The API refuses in its own form what is too large (src/api/app.ts).
  app.use((c, next) => (c.req.path.startsWith('/api/v1/') ? next() : limited(c, next)))
  app.use('/assets/*', etag(), fresh)
  for (const files of assets) app.get('/assets/*', files)
  app.use(async (c, next) => {
    await next()
    noteRefused(deps, asked(c), c.res.status)
  })
  app.route('/', metrics.routes)
  app.notFound((c) => c.json({ error: 'not-found', message: 'There is nothing here.' }, 404))
  app.onError((error, c) => {
    return c.json(noteFailed(deps, error, asked(c)), 503, { ...RETRY_AFTER_FAILURE })
  })
  return app
}

function asked(c: Context) {
  return { request: String(c.get('requestId')), method: c.req.method, route: c.req.routePath }
}
