import { setTimeout as pause } from 'node:timers/promises'
import type { Json } from './bot-api-rules.ts'

export type Webhook = { url: string; secret: string }

/** The first redelivery is at once, then later and later; in earnest from 2 s to 60 s, for 24 hours. */
const ATTEMPTS = 12
const LONGEST_PAUSE_MILLISECONDS = 500

/** https://core.telegram.org/bots/faq#how-can-i-make-requests-in-response-to-updates */
const NOT_IN_AN_ANSWER = /^(get|setWebhook$|deleteWebhook$|close$|logOut$)/

/**
 * Delivers an update until the webhook answers 2xx, and gives the call that the answer holds, or null.
 * Throws where the webhook never does.
 */
export async function deliverToWebhook(
  webhook: Webhook,
  update: Json,
): Promise<{ method: string; body: Json } | null> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    if (attempt > 1) await pause(Math.min(LONGEST_PAUSE_MILLISECONDS, 10 * 2 ** attempt))
    const response = await post(webhook, update)
    if (response === null || !response.ok) continue
    return callIn(await response.text())
  }
  throw new Error('the webhook never answered 2xx')
}

async function post(webhook: Webhook, update: Json): Promise<Response | null> {
  const request = fetch(webhook.url, {
    method: 'POST',
    redirect: 'manual',
    headers: {
      'content-type': 'application/json',
      'x-telegram-bot-api-secret-token': webhook.secret,
    },
    body: JSON.stringify(update),
  })
  // Refused and cut connections are daily business: Telegram tries again.
  return request.catch(() => null)
}

function callIn(answer: string): { method: string; body: Json } | null {
  if (answer === '') return null
  const { method, ...body } = JSON.parse(answer) as Json
  if (typeof method !== 'string' || NOT_IN_AN_ANSWER.test(method)) return null
  return { method, body }
}
