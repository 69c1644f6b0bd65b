import type { Update } from 'telegraf/types'
import * as z from 'zod'
import type { CallApi } from './api.ts'
import { ALLOWED_UPDATES } from './parse.ts'
import { createPolledChats } from './polled-chats.ts'

/** Seconds that a `getUpdates` waits for news; 50 is the Bot API's maximum. */
const WAIT_SECONDS = 30
const LONGEST_PAUSE_SECONDS = 60
/** How long a slow chat keeps us from asking for news of the others: at first, and at most. */
const PATIENCE_SECONDS = 0.25
const MOST_PATIENCE_SECONDS = 4
/** The last call must not keep a server from stopping. */
const FAREWELL_MILLISECONDS = 3000

const Updates = z.array(z.looseObject({ update_id: z.int() }))

/**
 * Fetches updates where no public URL is set (https://core.telegram.org/bots/api#getupdates). Chats go
 * side by side, each in its own order; an update whose `handle` rejects is tried again, and neither it
 * nor what came after it is confirmed before it is done, so that a crash loses nothing.
 * Resolves when `signal` is aborted, after the updates in hand; rejects never.
 */
export async function pollUpdates(options: {
  call: CallApi
  handle: (update: Update) => Promise<void>
  signal: AbortSignal
  /** Waits; should end early when `signal` is aborted. */
  pause: (seconds: number) => Promise<void>
  onProblem: (detail: string) => void
}): Promise<void> {
  const { call, signal, pause, onProblem } = options
  const chats = createPolledChats(options)
  let isOurs = false
  let failures = 0
  let rounds = 0

  const getUpdates = async () => {
    if (!isOurs) {
      // A webhook that is still set makes every getUpdates fail with 409.
      const deleted = await call('deleteWebhook', {})
      if (!deleted.ok) return deleted
      isOurs = true
    }
    const timeout = chats.isIdle() ? WAIT_SECONDS : 0
    const limit = AbortSignal.timeout((timeout + 10) * 1000)
    return call(
      'getUpdates',
      { offset: chats.offset(), timeout, allowed_updates: ALLOWED_UPDATES },
      { signal: AbortSignal.any([signal, limit]) },
    )
  }

  while (!signal.aborted) {
    const answer = await getUpdates()
    if (signal.aborted) break
    const updates = answer.ok ? Updates.safeParse(answer.value) : null
    if (updates?.success !== true) {
      onProblem(answer.ok ? 'getUpdates gave no list of updates' : answer.detail)
      // Somebody may have set the webhook again.
      if (!answer.ok && answer.failure === 'misconfigured') isOurs = false
      const asked = answer.ok ? undefined : answer.retryAfter
      await pause(asked ?? Math.min(LONGEST_PAUSE_SECONDS, 2 ** failures++))
      continue
    }
    failures = 0
    chats.take(updates.data)
    rounds = chats.isIdle() ? 0 : rounds + 1
    const patience = Math.min(MOST_PATIENCE_SECONDS, PATIENCE_SECONDS * 2 ** rounds)
    await Promise.race([chats.settled(), pause(patience)])
  }
  await chats.settled()
  // Confirms what was handled last; otherwise it would come, and be answered, once more.
  await call(
    'getUpdates',
    { offset: chats.offset(), timeout: 0, limit: 1, allowed_updates: ALLOWED_UPDATES },
    { signal: AbortSignal.timeout(FAREWELL_MILLISECONDS) },
  )
}
