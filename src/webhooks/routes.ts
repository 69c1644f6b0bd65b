import { Hono } from 'hono'
import type { Channel, Reply } from '../../flows/engine/types.ts'
import type { Deps } from '../deps.ts'
import { handleEvent } from '../runner/handle-event.ts'

/** `/webhooks/:channel`: verify, take each event's turn in order, answer on the acknowledgement. */
export function createWebhookRoutes(deps: Deps) {
  return new Hono().post('/webhooks/:channel', async (c) => {
    const channel = findChannel(deps, c.req.param('channel'))
    if (channel === undefined) return c.notFound()
    const received = await channel.receive(c.req.raw)
    if (received instanceof Response) return received
    const replies: (Reply | null)[] = []
    for (const event of received.events) replies.push(await handleEvent(deps, channel, event))
    return received.respond(replies)
  })
}

function findChannel(deps: Deps, type: string): Channel | undefined {
  for (const channel of deps.channels.values()) if (channel.type === type) return channel
  return undefined
}
