import type { Hono, MiddlewareHandler } from 'hono'
import { compareKeys, type KeyProblem } from '../db/core/keys/key-marks.ts'
import { probeWrite, type WriteProblem } from '../db/core/probe-write.ts'
import { migrations } from '../db/migrations/index.ts'
import { createPictureRoutes } from './campaigns/picture-routes.ts'
import { createHandOver } from './cases/attachments/hand-over.ts'
import { createGatewayRoutes } from './channels/gateway-routes.ts'
import { createTakeWebhook, createWebhookRoutes } from './channels/routes.ts'
import { goStraight } from './channels/straight.ts'
import { createFileRoutes } from './channels/web-files.ts'
import { createWebPages } from './channels/web-page.ts'
import { createPlainPages } from './channels/web-plain.ts'
import { createCalendarRoutes } from './events/calendar-routes.ts'
import { createCounters, createShell } from './http/create-shell.ts'
import type { Deps } from './kernel/deps.ts'
import { loadGatewayReport } from './kernel/gateway-report.ts'
import { createMyDataRoutes } from './people/my-data/copy-routes.ts'

/** All that people and networks come to, without the office's pages, which src/app.ts adds. */
export function createChatApp(deps: Deps, assets: readonly MiddlewareHandler[]): Hono {
  const counters = createCounters(deps)
  const app = createShell(deps, assets, counters)
  const takeWebhook = createTakeWebhook(deps)
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
  app.route('/', createWebhookRoutes(deps, takeWebhook))
  app.route('/', createWebPages(deps))
  app.route('/', createPlainPages(deps))
  app.route('/', createMyDataRoutes(deps))
  app.route('/', createCalendarRoutes(deps))
  app.route('/', createFileRoutes(deps))
  app.route('/', createPictureRoutes(deps))
  goStraight(app, deps, { ...counters, take: takeWebhook })
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
