import { saveDeferred } from '../../db/conversation/late-events.ts'
import type { Channel, Reply } from '../../flows/engine/channel.ts'
import type { InboundEvent } from '../../flows/engine/types.ts'
import { withOwnKey } from '../conversation/event-key.ts'
import { handleEvent } from '../conversation/handle-event.ts'
import { finishDeferred } from '../conversation/late-events.ts'
import { createReplyDeadline, type ReplyDeadline } from '../conversation/reply-deadline.ts'
import type { Deps } from '../kernel/deps.ts'

/** A turn that nobody waits for any more is tried this often; then a minute later once more. */
const LATE_TRIES = 3

type Replies = readonly (Reply | null)[]

/**
 * Takes each event's turn in order and resolves to the replies; where the network hangs up early
 * (`limits.answerWithinSeconds`), in time: to nulls, with the turns going on and their replies sent
 * later. The events are on disk by then, since the network will not deliver them again.
 */
export async function answerInTime(
  deps: Deps,
  channel: Channel,
  given: readonly InboundEvent[],
): Promise<Replies> {
  const events = given.map(withOwnKey)
  const seconds = channel.limits.answerWithinSeconds
  if (seconds === undefined) return takeTurns(deps, channel, events)
  const deadline = createReplyDeadline()
  const turns = takeTurns(deps, channel, events, deadline)
  const inTime = await Promise.race([turns, timeUp(seconds, deadline, turns)])
  if (inTime !== 'late') return inTime
  deps.background(finishLate(deps, events, turns, () => takeTurns(deps, channel, events, deadline)))
  await saveDeferred(deps.db, deps.vault, events, deps.now())
  return events.map(() => null)
}

async function takeTurns(
  deps: Deps,
  channel: Channel,
  events: readonly InboundEvent[],
  deadline?: ReplyDeadline,
): Promise<Replies> {
  const replies: (Reply | null)[] = []
  for (const event of events) replies.push(await handleEvent(deps, channel, event, deadline))
  return replies
}

/** Resolves to `late` when the response must go; never where a reply has boarded it. */
function timeUp(
  seconds: number,
  deadline: ReplyDeadline,
  turns: Promise<Replies>,
): Promise<'late'> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      if (deadline.expire()) resolve('late')
    }, seconds * 1000)
    const stop = () => clearTimeout(timer)
    turns.then(stop, stop)
  })
}

async function finishLate(
  deps: Deps,
  events: readonly InboundEvent[],
  turns: Promise<Replies>,
  again: () => Promise<Replies>,
): Promise<void> {
  const replies = await persist(turns, again)
  for (const [index, event] of events.entries()) {
    await finishDeferred(deps, event, replies[index] ?? null)
  }
}

async function persist(first: Promise<Replies>, again: () => Promise<Replies>): Promise<Replies> {
  let last = first
  for (let tries = 1; ; tries++) {
    try {
      return await last
    } catch (error) {
      if (tries === LATE_TRIES) throw error
      await new Promise((resolve) => setTimeout(resolve, 1000 * tries))
      last = again()
    }
  }
}
