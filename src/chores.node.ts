import { DOOR_JOBS } from './api/door-jobs.ts'
import { recoverEvents } from './channels/take-fetched.ts'
import { doMinute, doRound } from './jobs.ts'
import type { Config } from './kernel/config.ts'
import type { Deps } from './kernel/deps.ts'
import { lookForWork } from './look-for-work.ts'
import { dispatchOutbox } from './outbox/dispatch-outbox.ts'
import { keepHouse } from './platform/backup/keep-house.node.ts'

/** What is done by the minute: src/jobs.ts. */
const MINUTE_MILLISECONDS = 60_000
/** From look to look: soon after something was done, and less and less often while there is nothing to do. */
const LOOK_MILLISECONDS = 1000
/** What another process, or the clock, has made due is seen within this. */
const LONGEST_MILLISECONDS = 12_000

/** What nobody waits for, done in this process until `signal`. */
export type Chores = {
  /** Rows may be due in the outbox: they are sent at once. */
  wake: () => void
  /** Something was written here: it is looked at soon whether that made work. */
  written: () => void
  /** Resolves when the last of it has ended. */
  ended: Promise<unknown>
}

/**
 * Sends, retries, feeds broadcasts and imports, and does what is to be done by the minute. One look, one request to the
 * database, tells what there is to do; nothing else is asked while there is nothing.
 */
export function startChores(deps: Deps, config: Config, signal: AbortSignal): Chores {
  const settings = { retentionDays: config.RETENTION_DAYS, more: DOOR_JOBS }
  const send = lane(signal, async () => {
    await recoverEvents(deps)
    await dispatchOutbox(deps, (milliseconds) => sleep(milliseconds, signal)).catch(
      (error: unknown) => deps.log.error('dispatch-failed', error),
    )
  })
  const goOn = lane(signal, async () => {
    while (!signal.aborted && (await doRound(deps, settings)));
  })
  const pause = (milliseconds: number) => sleep(milliseconds, signal)

  const everyMinute = (async () => {
    while (!signal.aborted) {
      await doMinute(deps, settings)
      await keepHouse(config, deps)
      await pause(MINUTE_MILLISECONDS)
    }
  })()

  let written = Promise.withResolvers<void>()
  const looking = (async () => {
    for (let wait = LOOK_MILLISECONDS; !signal.aborted; ) {
      written = Promise.withResolvers()
      const { sends, goesOn, sendsIn } = await lookForWork(deps, DOOR_JOBS)
      if (sends) send.call()
      if (goesOn) goOn.call()
      wait = sends || goesOn ? LOOK_MILLISECONDS : Math.min(LONGEST_MILLISECONDS, wait * 1.2)
      await pause(LOOK_MILLISECONDS)
      await Promise.race([written.promise, pause(Math.min(wait, sendsIn ?? wait))])
    }
  })()

  return {
    wake: send.call,
    written: () => written.resolve(),
    ended: Promise.allSettled([send.ended, goOn.ended, everyMinute, looking]),
  }
}

/** Until so long has passed, or all ends. */
function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const wake = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', wake)
      resolve()
    }
    const timer = setTimeout(wake, milliseconds)
    signal.addEventListener('abort', wake)
    if (signal.aborted) wake()
  })
}

/** Does a task whenever it is called, once more where it is called meanwhile. */
function lane(signal: AbortSignal, task: () => Promise<void>) {
  let called = Promise.withResolvers<void>()
  signal.addEventListener('abort', () => called.resolve())
  const ended = (async () => {
    for (;;) {
      await called.promise
      if (signal.aborted) return
      called = Promise.withResolvers()
      await task()
      if (signal.aborted) return
    }
  })()
  return { call: () => called.resolve(), ended }
}
