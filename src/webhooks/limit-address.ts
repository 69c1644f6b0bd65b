import type { InboundEvent } from '../../flows/engine/types.ts'
import type { Deps } from '../deps.ts'
import { createCounter } from '../limit-rate.ts'

/** More than anybody types, taps or sends as an album; a script does. */
const TURNS = 120
const SECONDS = 60

/**
 * Counts what each person of a network does, and gives 429 with `Retry-After` for who does too much; else
 * null. A network delivers again what was refused, so nothing is lost: it comes later. The web chat has a
 * limit of its own, before anything is read (src/limit-rates.ts).
 */
export function createAddressLimit(
  deps: Pick<Deps, 'now'>,
): (events: readonly InboundEvent[]) => Response | null {
  const count = createCounter(SECONDS * 1000)
  return (events) => {
    for (const { from } of events) {
      if (from.channel === 'web' || from.channel === 'terminal') continue
      const now = Date.parse(deps.now())
      const { hits, endsAt } = count(`${from.channel}:${from.id}`, now, 1)
      if (hits <= TURNS) continue
      const wait = String(Math.max(1, Math.ceil((endsAt - now) / 1000)))
      const message = 'This person sends more than 120 messages a minute: deliver it later.'
      return Response.json(
        { error: 'too-many', message },
        { status: 429, headers: { 'Retry-After': wait } },
      )
    }
    return null
  }
}
