import { OpenAPIHono } from '@hono/zod-openapi'
import { HTTPException } from 'hono/http-exception'
import { localeOf } from '../../locales/keys.ts'
import { limitBody } from '../http/limit-body.ts'
import { limitRate } from '../http/limit-rate.ts'
import type { Deps } from '../kernel/deps.ts'
import { addAnswers } from './answers.ts'
import { addApplications } from './applications.ts'
import { docsPage } from './docs-page.ts'
import { addEvents } from './events.ts'
import { requireKey } from './guard.ts'
import { addLedger } from './ledger.ts'
import { addMoves } from './moves.ts'
import { addOwnKey } from './own-key.ts'
import { type ApiEnv, refuse } from './problem.ts'
import { addVouchers } from './vouchers.ts'

/** Requests of one network to the API in a minute, with whatever keys; each key has a rate of its own besides. */
const FROM_ONE_NETWORK = { limit: 1200, seconds: 60 }
const MOST_BYTES = 64 * 1024
const BASE = '/api/v1'

/** The door for other systems under `/api/v1`: its document and its viewer for everybody, all else with a key. */
export function createApi(deps: Deps): OpenAPIHono<ApiEnv> {
  const app = new OpenAPIHono<ApiEnv>({
    defaultHook: (result, c) => {
      if (result.success) return undefined
      const faults = result.error.issues.map(({ path, code }) => ({
        pointer: result.target === 'json' ? `/${path.join('/')}` : path.join('.'),
        code,
      }))
      return refuse(c, result.target === 'json' ? 'invalid' : 'malformed', { faults })
    },
  }).basePath(BASE)
  app.use(async (c, next) => {
    c.set('locale', localeOf(c.req.header('accept-language')))
    c.set('translate', deps.translate)
    c.header('Cache-Control', 'no-store')
    c.header('Vary', 'Accept-Language, Authorization')
    return next()
  })
  app.use(limitRate(deps, FROM_ONE_NETWORK, { otherwise: (c) => refuse(c, 'too-many') }))
  app.use(
    limitBody(
      () => MOST_BYTES,
      deps.translate,
      (c) => refuse(c, 'too-large'),
    ),
  )

  app.get('/docs', (c) => docsPage(c))
  app.get('/openapi.json', (c) =>
    c.json(
      app.getOpenAPI31Document({
        openapi: '3.1.0',
        info: {
          title: '微企通 API',
          version: '1',
          description:
            '给其他系统的接口。Errors are problem+json (RFC 9457) in the language of Accept-Language: zh-Hans, or en.',
        },
        servers: [{ url: deps.webUrl() }],
      }),
    ),
  )
  app.openAPIRegistry.registerComponent('securitySchemes', 'key', {
    type: 'http',
    scheme: 'bearer',
    description: 'Made in the console, or by: npm run cli -- api-key new',
  })

  app.use(requireKey(deps))
  app.use(async (c, next) => {
    if (c.req.method !== 'POST') return next()
    const type = c.req.header('content-type') ?? ''
    return /^application\/json(;|$)/i.test(type) ? next() : refuse(c, 'not-json')
  })
  addOwnKey(app)
  addApplications(app, deps)
  addMoves(app, deps)
  addVouchers(app, deps)
  addEvents(app, deps)
  addLedger(app, deps)
  addAnswers(app, deps)
  app.all('*', (c) => refuse(c, 'not-found'))

  app.onError((error, c) => {
    // A body that is no JSON, and nothing else: hono says so by this.
    if (error instanceof HTTPException && error.status < 500) return refuse(c, 'malformed')
    deps.log.error('request-failed', error, { method: c.req.method, route: c.req.routePath })
    c.header('Retry-After', '2')
    return refuse(c, 'unavailable')
  })
  return app
}
