import type { Database, Statement } from '../core/database.ts'
import { insertInto, parsed, query, type RowOf, shape } from '../core/query.ts'
import type { Vault } from '../core/vault.ts'
import { webhooks } from '../schema/api.ts'

/** What other systems may be told of. */
export const WEBHOOK_EVENTS = ['application.moved', 'voucher.moved', 'proposal.decided'] as const
export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number]

const HOOK = shape({
  id: webhooks.id,
  url: webhooks.url,
  events: parsed(webhooks.events, (json): readonly string[] => JSON.parse(json)),
  district: webhooks.district,
  oldUntil: webhooks.oldUntil,
  createdAt: webhooks.createdAt,
  endedAt: webhooks.endedAt,
})
const SECRETS = shape({
  secret: webhooks.secret,
  oldSecret: webhooks.oldSecret,
  oldUntil: webhooks.oldUntil,
})

/** Whom we tell of what happens, without its secrets. Times are ISO in UTC. */
export type Webhook = RowOf<typeof HOOK>

/** Where a secret is sealed for. */
export function secretContext(id: string): string {
  return `webhook:${id}:secret`
}

/** Where the secret before it is sealed for. */
export function oldSecretContext(id: string): string {
  return `webhook:${id}:old-secret`
}

/** All of them, those that have ended last. */
export function listWebhooks(db: Database): Promise<Webhook[]> {
  const all = `SELECT ${HOOK.columns} FROM webhooks
    ORDER BY ended_at IS NOT NULL, created_at DESC, id LIMIT 200`
  return query(db, all, [], HOOK)
}

/** A new one; `events` are names of `WEBHOOK_EVENTS`. */
export async function insertWebhook(
  vault: Vault,
  hook: Pick<Webhook, 'id' | 'url' | 'events' | 'district'> & {
    secret: string
    createdBy: string
    at: string
  },
): Promise<Statement> {
  const { id, url, district, createdBy, at } = hook
  const secret = await vault.seal(hook.secret, secretContext(id))
  const events = JSON.stringify(hook.events)
  return insertInto(webhooks, { id, url, events, district, secret, createdBy, createdAt: at })
}

/** Gives one a new secret; the one that it had signs beside it until `oldUntil`. */
export async function rotateSecret(
  vault: Vault,
  id: string,
  { secret, old, oldUntil }: Record<'secret' | 'old' | 'oldUntil', string>,
): Promise<Statement> {
  return {
    sql: 'UPDATE webhooks SET secret = ?, old_secret = ?, old_until = ? WHERE id = ? AND ended_at IS NULL',
    args: [
      await vault.seal(secret, secretContext(id)),
      await vault.seal(old, oldSecretContext(id)),
      oldUntil,
      id,
    ],
  }
}

/** Ends one: nothing more is put into its queue, and what waits there is given up. */
export function endWebhook(id: string, at: string): Statement[] {
  return [
    { sql: 'UPDATE webhooks SET ended_at = ? WHERE id = ? AND ended_at IS NULL', args: [at, id] },
    {
      sql: `UPDATE webhook_deliveries SET status = 'dead', error = 'ended', done_at = ?
        WHERE webhook_id = ? AND status IN ('waiting', 'sending')`,
      args: [at, id],
    },
  ]
}

/** The secrets that sign now, the newest first; empty where there is no such webhook. */
export async function openSecrets(
  db: Database,
  vault: Vault,
  id: string,
  now: string,
): Promise<string[]> {
  const one = `SELECT ${SECRETS.columns} FROM webhooks WHERE id = ?`
  const [found] = await query(db, one, [id], SECRETS)
  if (found === undefined) return []
  const secret = await vault.openText(found.secret, secretContext(id))
  const { oldSecret, oldUntil } = found
  if (oldSecret === null || oldUntil === null || oldUntil <= now) return [secret]
  return [secret, await vault.openText(oldSecret, oldSecretContext(id))]
}
