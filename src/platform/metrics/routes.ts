import { type Context, Hono, type MiddlewareHandler } from 'hono'
import { timingSafeEqual } from 'hono/utils/buffer'
import { loadOperationFigures } from '../../../db/core/figures.ts'
import type { Deps } from '../../kernel/deps.ts'
import { loadGatewayReport } from '../../kernel/gateway-report.ts'
import { isOwn, networkAddress } from '../../kernel/network-address.ts'
import { createDurations, renderGauge } from './registry.ts'

/** How long requests take. `observe`: the same for what comes in by another way; `began` as performance.now() says it. */
export type Metrics = {
  measure: MiddlewareHandler
  observe: (path: string, status: number, began: number) => void
  routes: Hono
}

type MetricsDeps = Pick<Deps, 'db' | 'now' | 'gateway' | 'metricsToken' | 'droppedLines'>

/**
 * How long requests take, and `/metrics` in the format of Prometheus
 * (https://prometheus.io/docs/instrumenting/exposition_formats/). It is for this machine, or for whoever
 * has METRICS_TOKEN as a bearer; to all others it does not exist. There is nothing of a person in it.
 */
export function createMetrics(context: MetricsDeps): Metrics {
  const requests = createDurations(
    'weiqitong_request_seconds',
    'Requests by route and class of status, since this process began.',
  )

  const observe = (path: string, status: number, began: number) =>
    requests.observe(
      { route: areaOf(path), status: `${Math.floor(status / 100)}xx` },
      (performance.now() - began) / 1000,
    )
  const measure: MiddlewareHandler = async (c, next) => {
    const began = performance.now()
    await next()
    observe(c.req.path, c.res.status, began)
  }

  const routes = new Hono().get('/metrics', async (c) => {
    if (!(await mayRead(c))) return c.notFound()
    const lines = [...requests.render(), ...(await figures(context))]
    return c.text(`${lines.join('\n')}\n`, 200, {
      'Content-Type': 'text/plain; version=0.0.4; charset=utf-8',
    })
  })

  async function mayRead(c: Context): Promise<boolean> {
    const { metricsToken: token } = context
    if (token === undefined) return isOwn(networkAddress(c))
    const given = /^Bearer (\S+)$/.exec(c.req.header('authorization') ?? '')?.[1] ?? ''
    return timingSafeEqual(given, token)
  }

  return { measure, observe, routes }
}

async function figures(context: MetricsDeps): Promise<string[]> {
  const known = await loadOperationFigures(context.db, context.now())
  const gateway = context.gateway == null ? null : await loadGatewayReport(context)
  const by = <Name extends string>(
    name: Name,
    rows: readonly (Record<Name, string> & { count: number })[],
  ) => rows.map((row) => ({ labels: { [name]: row[name] }, value: row.count }))
  const dropped = context.droppedLines?.()
  return [
    ...(dropped === undefined
      ? []
      : [
          renderGauge(
            'weiqitong_log_dropped_lines',
            'Lines of the log that could not be written since this process began.',
            [{ value: dropped }],
          ),
        ]),
    renderGauge('weiqitong_outbox', 'Messages that are not done with.', by('status', known.outbox)),
    renderGauge(
      'weiqitong_outbox_overdue_seconds',
      'How long the message that should have gone first has been due.',
      known.overdue.map(({ channel, seconds }) => ({ labels: { channel }, value: seconds })),
    ),
    renderGauge('weiqitong_handoffs_open', 'People who wait for a person.', [
      { value: known.handoffsOpen },
    ]),
    renderGauge('weiqitong_handoff_oldest_seconds', 'How long the first of them has waited.', [
      { value: known.handoffOldest },
    ]),
    renderGauge('weiqitong_misses_day', 'Questions without a good answer in the last 24 hours.', [
      { value: known.misses },
    ]),
    renderGauge('weiqitong_cases', 'Open cases by stage.', by('stage', known.cases)),
    renderGauge(
      'weiqitong_people_day',
      'Conversations with a message in the last 24 hours.',
      by('channel', known.people),
    ),
    renderGauge('weiqitong_audit_entries', 'Length of the audit chain; it never falls.', [
      { value: known.auditEntries },
    ]),
    renderGauge('weiqitong_late_events', 'Events taken whose turn is not done.', [
      { value: known.lateEvents },
    ]),
    ...(gateway === null
      ? []
      : [
          renderGauge(
            'weiqitong_gateway_up',
            'Whether the WeChat gateway was heard a moment ago.',
            [{ value: gateway.isHere ? 1 : 0 }],
          ),
        ]),
  ].flat()
}

/** The part of the product that a path belongs to: few, whatever people ask for. */
function areaOf(path: string): string {
  const known =
    /^\/(webhooks\/(?:web|telegram|wechat-mp|wechat|terminal)|console|assets|metrics|healthz|readyz)(?:\/|$)/
  return known.exec(path)?.[1] ?? (path === '/' ? 'page' : 'other')
}
