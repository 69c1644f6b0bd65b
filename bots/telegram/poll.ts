import { z } from 'zod'
import type { CallApi } from './api.ts'
import { ALLOWED_UPDATES } from './parse.ts'

/** Seconds that a `getUpdates` waits for news; 50 is the Bot API's maximum. */
const WAIT_SECONDS = 30
const LONGEST_PAUSE_SECONDS = 60

const Updates = z.array(
  z.looseObject({
    update_id: z.int(),
    message: z.looseObject({ chat: z.looseObject({ id: z.number() }) }).optional(),
    callback_query: z.looseObject({ from: z.looseObject({ id: z.number() }) }).optional(),
  }),
)
type AnyUpdate = z.infer<typeof Updates>[number]

/**
 * Fetches updates where no public URL is set. Chats go side by side, each in its own order; a batch is
 * confirmed only when all of it has been handled, so that what failed comes again.
 * Resolves when `signal` is aborted.
 */
export async function pollUpdates(options: {
  call: CallApi
  handle: (update: object) => Promise<void>
  signal: AbortSignal
  pause: (seconds: number) => Promise<void>
  onProblem: (detail: string) => void
}): Promise<void> {
  const { call, signal, pause, onProblem } = options
  // A webhook that is still set makes every getUpdates fail with 409.
  await call('deleteWebhook', {})
  let offset = 0
  let failures = 0
  while (!signal.aborted) {
    const answer = await call(
      'getUpdates',
      { offset, timeout: WAIT_SECONDS, allowed_updates: ALLOWED_UPDATES },
      { signal: AbortSignal.any([signal, AbortSignal.timeout((WAIT_SECONDS + 10) * 1000)]) },
    )
    if (signal.aborted) return
    const updates = answer.ok ? Updates.safeParse(answer.value) : null
    if (updates?.success !== true) {
      if (!answer.ok) onProblem(answer.detail)
      const asked = answer.ok ? undefined : answer.retryAfter
      await pause(asked ?? Math.min(LONGEST_PAUSE_SECONDS, 2 ** failures++))
      continue
    }
    const handled = await handleByChat(updates.data, options.handle, onProblem)
    if (handled) {
      failures = 0
      offset = Math.max(offset, ...updates.data.map(({ update_id: id }) => id + 1))
    } else {
      await pause(Math.min(LONGEST_PAUSE_SECONDS, 2 ** failures++))
    }
  }
}

async function handleByChat(
  updates: readonly AnyUpdate[],
  handle: (update: object) => Promise<void>,
  onProblem: (detail: string) => void,
): Promise<boolean> {
  const byChat = Map.groupBy(updates, chatOf)
  const results = await Promise.allSettled(
    [...byChat.values()].map(async (ofChat) => {
      for (const update of ofChat) await handle(update)
    }),
  )
  const failed = results.some(({ status }) => status === 'rejected')
  if (failed) onProblem('an update could not be handled and will come again')
  return !failed
}

function chatOf(update: AnyUpdate): number {
  return update.message?.chat.id ?? update.callback_query?.from.id ?? update.update_id
}
