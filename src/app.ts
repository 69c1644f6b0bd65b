import { type Handler, Hono, type MiddlewareHandler } from 'hono'
import { etag } from 'hono/etag'
import { requestId } from 'hono/request-id'
import { secureHeaders } from 'hono/secure-headers'
import { compareKeys, type KeyProblem } from '../db/core/keys/key-marks.ts'
import { probeWrite, type WriteProblem } from '../db/core/probe-write.ts'
import { migrations } from '../db/migrations/index.ts'
import { createPictureRoutes } from './campaigns/picture-routes.ts'
import { createHandOver } from './cases/attachments/hand-over.ts'
import { createGatewayRoutes } from './channels/gateway-routes.ts'
import { createWebhookRoutes } from './channels/routes.ts'
import { createFileRoutes } from './channels/web-files.ts'
import { createWebPages } from './channels/web-page.ts'
import { createPlainPages } from './channels/web-plain.ts'
import { createCalendarRoutes } from './events/calendar-routes.ts'
import { sandboxFile } from './http/file-headers.ts'
import { LARGEST_MESSAGE, largestBody } from './http/largest-body.ts'
import { limitBody } from './http/limit-body.ts'
import { limitRates } from './http/limit-rates.ts'
import { limitUploads } from './http/limit-uploads.ts'
import type { Deps } from './kernel/deps.ts'
import { loadGatewayReport } from './kernel/gateway-report.ts'
import { createMyDataRoutes } from './people/my-data/copy-routes.ts'
import { createMetrics } from './platform/metrics/routes.ts'

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
 * The whole application as one fetch handler, the same on Workers and on Node. `assets` serve
 * the files under `/assets/`, which each runtime keeps in places of its own, asked one after another.
 */
export function createApp(deps: Deps, ...assets: readonly MiddlewareHandler[]) {
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
  app.use(limitBody(largestBody, deps.translate))
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
  app.get('/healthz', (c) => c.text('ok'))
  app.get('/readyz', async (c) => {
    const problem = await whyNotReady(deps)
    if (problem !== null) return c.json({ ready: false, problem }, 503)
    return c.json({ ready: true, ...(await describeGateway(deps)) })
  })
  if (deps.gateway != null) {
    const onMedia = createHandOver(deps, 'wechat')
    app.route('/', createGatewayRoutes(deps, { guard: deps.gateway, onMedia }))
  }
  app.route('/', metrics.routes)
  app.route('/', createWebhookRoutes(deps))
  app.route('/', createWebPages(deps))
  app.route('/', createPlainPages(deps))
  app.route('/', createMyDataRoutes(deps))
  app.route('/', createCalendarRoutes(deps))
  app.route('/', createFileRoutes(deps))
  app.route('/', createPictureRoutes(deps))
  // Loaded when staff first come: a chat on a fresh isolate does not wait for it.
  let staffPages: Promise<{
    fetch: (request: Request, env: unknown) => Response | Promise<Response>
  }>
  const forStaff: Handler = async (c) => {
    staffPages ??= import('./console-app.tsx').then(({ createConsole }) => createConsole(deps))
    return (await staffPages).fetch(c.req.raw, c.env)
  }
  app.all('/console', forStaff)
  app.all('/console/*', forStaff)
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

/** The gateway without its QR code, which is for staff alone. Its absence makes the app no less ready. */
async function describeGateway(deps: Deps) {
  const report = deps.gateway == null ? null : await loadGatewayReport(deps)
  if (report === null) return {}
  const { qr: _, ...state } = report.state
  return { gateway: { ...report, state } }
}

/** With less than this a paper of ten mebibytes and what is written beside it no longer fit. */
const LEAST_FREE_BYTES = 16 * 2 ** 20

/**
 * Null: the database answers and takes a write, has our schema and was sealed with our keys, and a policy is there. Else
 * what is not as it should be, in a word.
 */
async function whyNotReady(
  deps: Deps,
): Promise<'schema' | 'policy' | WriteProblem | KeyProblem | null> {
  try {
    const [applied, programmes] = await deps.db.read([
      { sql: 'SELECT count(*) FROM migrations', args: [] },
      { sql: 'SELECT current_revision FROM programmes WHERE id = ?', args: [deps.programme] },
    ])
    if (Number(applied?.[0]?.[0]) < migrations.length) return 'schema'
    if (programmes?.[0]?.[0] == null) return 'policy'
    const other = await compareKeys(deps.db, deps.vault)
    const problem = other ?? (await probeWrite(deps.db, deps.now()))
    if (problem !== null || deps.freeBytes === undefined) return problem
    // A probe may still fit where a turn does not.
    return (await deps.freeBytes()) < LEAST_FREE_BYTES ? 'disk-full' : null
  } catch (error) {
    deps.log.error('not-ready', error)
    return 'database'
  }
}
