/**
 * The response that a reply may ride on, where the network hangs up early. Whoever is first decides:
 * a turn that boards makes the response wait for it, a response that leaves makes the turn put its
 * words into the outbox, in its own commit. So no reply is lost between the two, and none said twice.
 */
export type ReplyDeadline = {
  /** Asked once or more as a turn is written: may its reply ride on the response? */
  claim: () => boolean
  /** Asked when time is up: does the response go without the reply? */
  expire: () => boolean
}

/** A response that has not left yet. */
export function createReplyDeadline(): ReplyDeadline {
  let state: 'open' | 'boarded' | 'left' = 'open'
  return {
    claim() {
      if (state === 'open') state = 'boarded'
      return state === 'boarded'
    },
    expire() {
      if (state === 'open') state = 'left'
      return state === 'left'
    },
  }
}
