import { conversationOf } from '../../bots/web/conversation.ts'
import { isSameOrigin } from '../../bots/web/origin.ts'
import type { Address } from '../../flows/engine/types.ts'

/** What a page that connects names beside its token, and is answered with. */
const PROTOCOL = 'weiqitong'

/**
 * Answers a page that connects by WebSocket to hear when there is something new; null where the request is no such one.
 * A browser sends no headers of ours with it: a page without a cookie gives its token as a second protocol.
 */
export async function connectPage(
  request: Request,
  secret: string,
  connect: (from: Address, request: Request) => Promise<Response>,
): Promise<Response | null> {
  const isSocket = request.headers.get('upgrade')?.toLowerCase() === 'websocket'
  if (!isSocket || new URL(request.url).pathname !== '/webhooks/web/events') return null
  const refuse = (status: number, error: string) => Response.json({ error }, { status })
  if (!isSameOrigin(request)) return refuse(403, 'wrongOrigin')
  const [protocol, token] = (request.headers.get('sec-websocket-protocol') ?? '').split(/,\s*/)
  const asked =
    token === undefined
      ? request
      : new Request(request.url, { headers: { authorization: `Bearer ${token}` } })
  const id = await conversationOf(asked, secret)
  if (id === null) return refuse(401, 'no-conversation')
  const headers = new Headers({ upgrade: 'websocket' })
  if (protocol === PROTOCOL) headers.set('sec-websocket-protocol', PROTOCOL)
  return connect({ channel: 'web', id }, new Request('https://person-queue/', { headers }))
}
