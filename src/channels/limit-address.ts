import type { Channel, Received } from '../../flows/engine/channel.ts'
import type { InboundEvent } from '../../flows/engine/types.ts'
import { createCounter } from '../http/limit-rate.ts'
import type { Deps } from '../kernel/deps.ts'

/** More than anybody types, taps or sends as an album; a script does. */
const TURNS = 120
const SECONDS = 60

/**
 * Counts what each person of a network does, and stops who does too much; else null. A network that delivers
 * again for hours gets 429 with `Retry-After`, and nothing is lost; one that soon gives up and calls the
 * service broken (`limits.givesUp`) gets words that say so. The web chat has a limit of its own, before
 * anything is read (src/http/limit-rates.ts).
 */
export function createAddressLimit(
  deps: Pick<Deps, 'now' | 'translate'>,
): (channel: Channel, received: Received) => Response | Promise<Response> | null {
  const count = createCounter(SECONDS * 1000)

  return (channel, received) => {
    for (const event of received.events) {
      const { from } = event
      if (from.channel === 'web' || from.channel === 'terminal') continue
      const now = Date.parse(deps.now())
      const { hits, endsAt } = count(`${from.channel}:${from.id}`, now, 1)
      if (hits <= TURNS) continue
      if (channel.limits.givesUp) return received.respond([tooFast(event)])
      return refuse(Math.max(1, Math.ceil((endsAt - now) / 1000)))
    }
    return null
  }

  function tooFast({ locale }: InboundEvent) {
    const text = deps.translate(locale ?? 'zh-Hans', 'common.tooFast')
    return { turn: 0, messages: [{ text, quickReplies: [] }] }
  }
}

function refuse(seconds: number): Response {
  const message = 'This person sends more than 120 messages a minute: deliver it later.'
  return Response.json(
    { error: 'too-many', message },
    { status: 429, headers: { 'Retry-After': String(seconds) } },
  )
}
