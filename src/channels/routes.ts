import { Hono } from 'hono'
import type { Channel } from '../../flows/engine/channel.ts'
import { takeStaffMessage } from '../handoffs/take-staff-message.ts'
import type { Deps } from '../kernel/deps.ts'
import { networkAddress, networkOf } from '../kernel/network-address.ts'
import { answerInTime } from './answer-in-time.ts'
import { createAddressLimit } from './limit-address.ts'
import { takeFetched } from './take-fetched.ts'

/** `/webhooks/:channel`: verify, take each event's turn in order, answer on the acknowledgement. */
export function createWebhookRoutes(deps: Deps, take = createTakeWebhook(deps)) {
  return new Hono()
    .get('/webhooks/:channel', async (c) => {
      const channel = findChannel(deps, c.req.param('channel'))
      return channel?.verify === undefined ? c.notFound() : channel.verify(c.req.raw)
    })
    .post('/webhooks/:channel', async (c) => {
      const channel = findChannel(deps, c.req.param('channel'))
      return channel === undefined ? c.notFound() : take(channel, c.req.raw, networkAddress(c))
    })
}

/** Takes what a network sent, by whichever way it came in. */
export type TakeWebhook = (
  channel: Channel,
  request: Request,
  /** Where it comes from; null where the runtime does not say. */
  address: string | null,
  /** What every answer carries, where nobody else puts it there. */
  headers?: Readonly<Record<string, string>>,
) => Promise<Response>

/** Makes it: verify, take each event's turn in order, answer on the acknowledgement. */
export function createTakeWebhook(deps: Deps): TakeWebhook {
  const limitAddress = createAddressLimit(deps)
  return async (channel, request, address, headers) => {
    const received = await channel.receive(request)
    if (received instanceof Response) return dressed(received, headers)
    const respond = async (replies: Parameters<typeof received.respond>[0]) =>
      received.setsHeaders === true
        ? received.respond(replies, headers)
        : dressed(await received.respond(replies), headers)
    if (received.isKept === true) {
      deps.background(takeFetched(deps, channel, received))
      return respond([])
    }
    const tooMany = limitAddress(channel, received)
    if (tooMany !== null) return dressed(await tooMany, headers)
    for (const message of received.staff ?? []) await takeStaffMessage(deps, message)
    const network = address === null ? null : networkOf(address)
    const events =
      network === null ? received.events : received.events.map((event) => ({ ...event, network }))
    return respond(await answerInTime(deps, channel, events))
  }
}

function dressed(response: Response, headers: Readonly<Record<string, string>> = {}): Response {
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value)
  return response
}

function findChannel(deps: Deps, type: string): Channel | undefined {
  for (const channel of deps.channels.values()) if (channel.type === type) return channel
  return undefined
}
