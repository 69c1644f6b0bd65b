import type { InboundEvent } from '../../flows/engine/types.ts'

/**
 * An event under the key by which it is known again: channel, address, and the network's id. Networks promise ids that
 * are unique, and now and then give two people the same one; nobody must get what another was answered. An event that
 * has such a key keeps it.
 */
export function withOwnKey(event: InboundEvent): InboundEvent {
  const { channel, id: address } = event.from
  const given = event.id.startsWith(`${channel}:`) ? event.id.slice(channel.length + 1) : event.id
  if (given.startsWith(`${address}:`)) return event
  return { ...event, id: `${channel}:${address}:${given}` }
}
