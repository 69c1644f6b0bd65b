import type { Hono } from 'hono'
import type { Channel } from '../../flows/engine/channel.ts'
import { COMMON_HEADERS } from '../http/common-headers.ts'
import type { Counters } from '../http/create-shell.ts'
import { noteFailed, noteRefused, RETRY_AFTER_FAILURE } from '../http/failures.ts'
import { largestBody } from '../http/largest-body.ts'
import type { Deps } from '../kernel/deps.ts'
import { addressBehind } from '../kernel/network-address.ts'
import type { TakeWebhook } from './routes.ts'

const ROUTE = '/webhooks/:channel'

/**
 * What networks send goes straight to its channel, past the router and what pages need: the same limits, headers,
 * figures, log and errors, without a chain of a dozen handlers for each. All that is not plainly within the limits (no
 * length, too large, an address that was refused too often, a path of pages) goes the usual way.
 */
export function goStraight(
  app: Hono,
  deps: Deps,
  { take, metrics, refusals }: Counters & { take: TakeWebhook },
): void {
  const { fetch } = app
  // The web chat has limits of its own.
  const own = [...deps.channels.values()].filter(({ type }) => type !== 'web')
  const known = new Map(
    own.map((channel) => {
      const path = `/webhooks/${channel.type}`
      return [path, { channel, path, most: largestBody(path) }] as const
    }),
  )

  app.fetch = (request, env, context) => {
    const way = request.method === 'POST' ? known.get(pathOf(request.url)) : undefined
    if (way === undefined || !isWithin(request, way.most)) return fetch(request, env, context)
    const address = addressBehind(env, (name) => request.headers.get(name))
    return refusals.wait(address) === null
      ? answer(request, address, way)
      : fetch(request, env, context)
  }

  async function answer(
    request: Request,
    address: string | null,
    { channel, path }: { channel: Channel; path: string },
  ): Promise<Response> {
    const began = performance.now()
    const id = crypto.randomUUID()
    const headers = { ...COMMON_HEADERS, 'X-Request-Id': id }
    const response = await take(channel, request, address, headers).catch((error: unknown) => {
      const said = noteFailed(deps, error, { request: id, method: 'POST', route: ROUTE })
      return Response.json(said, { status: 503, headers: { ...headers, ...RETRY_AFTER_FAILURE } })
    })
    const { status } = response
    noteRefused(deps, { request: id, method: 'POST', route: ROUTE }, status)
    refusals.note(address, status)
    metrics.observe(path, status, began)
    return response
  }
}

/** The path of an address, which begins with a scheme and a host. */
function pathOf(url: string): string {
  const from = url.indexOf('/', url.indexOf('//') + 2)
  const query = url.indexOf('?', from)
  return query < 0 ? url.slice(from) : url.slice(from, query)
}

/** A body of a length that is announced, and allowed. */
function isWithin({ headers }: Request, most: number): boolean {
  const length = headers.get('content-length')
  return length !== null && Number(length) <= most && !headers.has('transfer-encoding')
}
