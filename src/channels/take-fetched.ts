import { findKfHandoff } from '../../db/channels/wechat-kf.ts'
import { dropDeferred, loadEarlier } from '../../db/conversation/late-events.ts'
import type { Channel, Fetched } from '../../flows/engine/channel.ts'
import type { Address, InboundEvent } from '../../flows/engine/types.ts'
import { handleEvent } from '../conversation/handle-event.ts'
import { recoverLate } from '../conversation/late-events.ts'
import { giveBack } from '../handoffs/give-back.ts'
import type { Deps } from '../kernel/deps.ts'

/** So many people have their turns at once; each person's follow one another. */
const AT_ONCE = 8

/**
 * Takes the turns of events that were fetched and are on disk. People don't wait for each other, and a turn that fails
 * is taken again later (`recoverEvents`). What is said goes by the outbox.
 */
export async function takeFetched(deps: Deps, channel: Channel, fetched: Fetched): Promise<void> {
  const waiting = [...byPerson(fetched.events).values()]
  const takeNext = async (): Promise<void> => {
    for (let events = waiting.shift(); events !== undefined; events = waiting.shift()) {
      await takeTurns(deps, channel, events)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, takeNext))
  for (const person of fetched.handedBack ?? []) await takeBack(deps, person)
}

/** Takes the turns that a crash left undone, and fetches what nobody has fetched. To be called now and then. */
export async function recoverEvents(deps: Deps): Promise<void> {
  try {
    await recoverLate(deps)
    for (const channel of deps.channels.values()) {
      if (channel.catchUp !== undefined) await takeFetched(deps, channel, await channel.catchUp())
    }
  } catch (error) {
    deps.log.error('recover-failed', error)
  }
}

async function takeTurns(
  deps: Deps,
  channel: Channel,
  events: readonly InboundEvent[],
): Promise<void> {
  const [first] = events
  if (first === undefined) return
  // What another process fetched before, and has not done, comes first.
  const earlier = await loadEarlier(deps.db, deps.vault, first)
  for (const event of [...earlier, ...events]) {
    try {
      await handleEvent(deps, channel, event)
      await deps.db.write([dropDeferred(event.id)])
    } catch (error) {
      // The next of the same person must not overtake it: both are taken again, in their order.
      deps.log.error('fetched-event-failed', error)
      return
    }
  }
}

/** Staff are done in the network's own client: the bot speaks again. */
async function takeBack(deps: Deps, to: Address): Promise<void> {
  const id = await findKfHandoff(deps.db, to.id)
  if (id === null) return
  await giveBack(
    deps,
    { id, to },
    {
      by: 'staff',
      audit: { at: deps.now(), actor: 'wecom', action: 'handoff.closed', subject: `handoff:${id}` },
    },
  )
}

function byPerson(events: readonly InboundEvent[]): Map<string, InboundEvent[]> {
  const people = new Map<string, InboundEvent[]>()
  for (const event of events) {
    people.set(event.from.id, [...(people.get(event.from.id) ?? []), event])
  }
  return people
}
