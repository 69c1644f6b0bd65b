import { dropDeferred, loadDeferred } from '../../db/conversation/late-events.ts'
import { enqueue } from '../../db/outbox/outbox.ts'
import type { Channel, Reply } from '../../flows/engine/channel.ts'
import type { InboundEvent } from '../../flows/engine/types.ts'
import type { Deps } from '../kernel/deps.ts'
import { isPart, takeAlbum } from './album.ts'
import { handleEvent } from './handle-event.ts'
import { createReplyDeadline } from './reply-deadline.ts'

/** Who had a late event in hand is thought dead after this. */
export const ABANDONED_SECONDS = 60
/** A late reply is of no use after a day. */
const REPLY_HOURS = 24

/**
 * Ends a late event whose turn is done. What the turn said went into the outbox as it was written;
 * only where an earlier delivery had its reply ready for a response that was cut is there one to add.
 */
export async function finishDeferred(
  deps: Deps,
  event: InboundEvent,
  reply: Reply | null,
): Promise<void> {
  const at = deps.now()
  const name = await nameOf(event.id)
  const expiresAt = new Date(Date.parse(at) + REPLY_HOURS * 3_600_000).toISOString()
  const rows = (reply?.messages ?? []).map((body, ordinal) =>
    enqueue(deps.vault, {
      id: `late:${name}:${ordinal}`,
      to: event.from,
      origin: 'reply',
      body,
      at,
      expiresAt,
    }),
  )
  await deps.db.write([...(await Promise.all(rows)), dropDeferred(event.id)])
  deps.wake()
}

/** Takes the turns that a crash left undone after the network had our word. To be called now and then. */
export async function recoverLate(deps: Deps): Promise<void> {
  const until = new Date(Date.parse(deps.now()) - ABANDONED_SECONDS * 1000).toISOString()
  for (const event of await loadDeferred(deps.db, deps.vault, until)) {
    const channel = deps.channels.get(event.from.channel)
    if (channel !== undefined) await recover(deps, channel, event)
  }
}

async function recover(deps: Deps, channel: Channel, event: InboundEvent): Promise<void> {
  const gone = createReplyDeadline()
  gone.expire()
  try {
    if (isPart(event)) {
      return await takeAlbum(deps, event, (album, ride) => handleEvent(deps, channel, album, ride))
    }
    await finishDeferred(deps, event, await handleEvent(deps, channel, event, gone))
  } catch (error) {
    deps.log.error('late-event-failed', error)
  }
}

/** An event's id may hold a person's, and a row's id is logged. */
async function nameOf(id: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(id))
  return Array.from(new Uint8Array(digest, 0, 12), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('')
}
