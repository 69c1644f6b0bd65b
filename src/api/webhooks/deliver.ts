import {
  claimDeliveries,
  recordDelivery,
  type WebhookDelivery,
} from '../../../db/api/deliveries.ts'
import { openSecrets } from '../../../db/api/webhooks.ts'
import type { Deps } from '../../kernel/deps.ts'
import { signedHeaders } from './sign.ts'

/** A sender that stops is thought dead after this; a try takes ten seconds at most. */
const LEASE_MILLISECONDS = 60_000
const AT_ONCE = 10
const FIRST_RETRY_SECONDS = 5
const LONGEST_RETRY_SECONDS = 3600
/** What nobody has taken by then, from the first try on, is dead until staff send it again. */
const TRIED_MILLISECONDS = 24 * 3_600_000

/**
 * Tells other systems what is due, once; true where there may be more. By day and by night, and whatever the person it
 * is about wants to hear: it is not told to them.
 */
export async function deliverWebhooks(
  deps: Pick<Deps, 'db' | 'vault' | 'now' | 'random' | 'postOut' | 'log'>,
): Promise<boolean> {
  const { db, now, postOut } = deps
  if (postOut === undefined) return false
  const at = now()
  const leaseUntil = new Date(Date.parse(at) + LEASE_MILLISECONDS).toISOString()
  const claimed = await claimDeliveries(db, { now: at, leaseUntil, limit: AT_ONCE })
  await Promise.all(claimed.map((one) => deliver(deps, postOut, one)))
  return claimed.length > 0
}

async function deliver(
  { db, vault, now, random, log }: Pick<Deps, 'db' | 'vault' | 'now' | 'random' | 'log'>,
  postOut: NonNullable<Deps['postOut']>,
  one: WebhookDelivery,
): Promise<void> {
  const { id, body, url, webhookId, attempts } = one
  const sentAt = now()
  const secrets = await openSecrets(db, vault, webhookId, sentAt)
  const headers = await signedHeaders({ id, body, at: sentAt }, secrets)
  const answer = await postOut(url, { headers, body })
  const at = now()
  const answered = answer.ok ? answer.status : null
  if (answered !== null && answered >= 200 && answered < 300) {
    const sent = { status: 'sent', nextAttemptAt: at, answered, error: null, at } as const
    await db.write([recordDelivery(one, sent)])
    return
  }
  const error = answer.ok ? `answered ${answer.status}` : answer.error
  log.warn('webhook-failed', { webhook: webhookId, delivery: id, attempts, error })
  const full = Math.min(LONGEST_RETRY_SECONDS, FIRST_RETRY_SECONDS * 2 ** (attempts - 1))
  const next = Date.parse(at) + (full / 2 + (random() * full) / 2) * 1000
  const isOver = next > Date.parse(one.firstTriedAt ?? sentAt) + TRIED_MILLISECONDS
  const nextAttemptAt = new Date(next).toISOString()
  const status = isOver ? 'dead' : 'waiting'
  await db.write([recordDelivery(one, { status, nextAttemptAt, answered, error, at })])
}
