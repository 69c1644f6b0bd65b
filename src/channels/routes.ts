import { Hono } from 'hono'
import type { Channel } from '../../flows/engine/channel.ts'
import { takeStaffMessage } from '../handoffs/take-staff-message.ts'
import type { Deps } from '../kernel/deps.ts'
import { networkAddress, networkOf } from '../kernel/network-address.ts'
import { answerInTime } from './answer-in-time.ts'
import { createAddressLimit } from './limit-address.ts'
import { takeFetched } from './take-fetched.ts'

/** `/webhooks/:channel`: verify, take each event's turn in order, answer on the acknowledgement. */
export function createWebhookRoutes(deps: Deps) {
  const limitAddress = createAddressLimit(deps)
  return new Hono()
    .get('/webhooks/:channel', async (c) => {
      const channel = findChannel(deps, c.req.param('channel'))
      return channel?.verify === undefined ? c.notFound() : channel.verify(c.req.raw)
    })
    .post('/webhooks/:channel', async (c) => {
      const channel = findChannel(deps, c.req.param('channel'))
      if (channel === undefined) return c.notFound()
      const received = await channel.receive(c.req.raw)
      if (received instanceof Response) return received
      if (received.isKept === true) {
        deps.background(takeFetched(deps, channel, received))
        return received.respond([])
      }
      const tooMany = limitAddress(channel, received)
      if (tooMany !== null) return tooMany
      for (const message of received.staff ?? []) await takeStaffMessage(deps, message)
      const address = networkAddress(c)
      const events =
        address === null
          ? received.events
          : received.events.map((event) => ({ ...event, network: networkOf(address) }))
      return received.respond(await answerInTime(deps, channel, events))
    })
}

function findChannel(deps: Deps, type: string): Channel | undefined {
  for (const channel of deps.channels.values()) if (channel.type === type) return channel
  return undefined
}
