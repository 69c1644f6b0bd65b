import { type Account, envelope, openReply } from './wechat-mp-envelope.ts'

/** WeChat hangs up after 5 seconds and tries three times in all. */
const CUT_SECONDS = 5
const ATTEMPTS = 3

/** What became of a delivery: a text to show, nothing (`success` or an empty answer), or no answer at all. */
export type Outcome =
  | { kind: 'text'; text: string; attempt: number }
  | { kind: 'nothing' | 'failed'; attempt: number }

/**
 * Delivers a message or an event in safe mode, signed anew each time, until the webhook has answered
 * something that WeChat understands. `second` is how long a second takes, in milliseconds.
 */
export async function deliverToWebhook(
  url: string,
  elements: Record<string, unknown>,
  options: { account: Account; second: number; now: () => number },
): Promise<Outcome> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const answer = await post(url, elements, options)
    if (answer === null) continue
    if (answer === '' || answer === 'success') return { kind: 'nothing', attempt }
    // Anything else that is no message makes WeChat excuse the account at once.
    if (!answer.startsWith('<xml>')) return { kind: 'failed', attempt }
    const { to, text } = openReply(answer, options.account)
    if (to !== elements.FromUserName) return { kind: 'failed', attempt }
    return { kind: 'text', text, attempt }
  }
  return { kind: 'failed', attempt: ATTEMPTS }
}

async function post(
  url: string,
  elements: Record<string, unknown>,
  { account, second, now }: { account: Account; second: number; now: () => number },
): Promise<string | null> {
  const { query, body } = envelope(elements, account, { seconds: Math.floor(now() / 1000) })
  try {
    const response = await fetch(`${url}?${query}`, {
      method: 'POST',
      headers: { 'content-type': 'text/xml' },
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(CUT_SECONDS * second),
    })
    const answer = await response.text()
    return response.ok ? answer : null
  } catch {
    return null
  }
}
