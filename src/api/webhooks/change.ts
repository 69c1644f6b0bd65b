import { insertTest, sendDeliveryAgain } from '../../../db/api/deliveries.ts'
import {
  endWebhook,
  insertWebhook,
  openSecrets,
  rotateSecret,
  type Webhook,
  type WebhookEvent,
} from '../../../db/api/webhooks.ts'
import { type AuditDraft, writeAudited } from '../../../db/staff/audit.ts'
import type { Deps } from '../../kernel/deps.ts'
import { newSecret } from './sign.ts'

type HookDeps = Pick<Deps, 'db' | 'vault' | 'now' | 'newId'>

/** Both secrets sign for so long after a change. */
const BOTH_MILLISECONDS = 24 * 3_600_000

/** Adds one; gives its secret, which is shown this once. */
export async function addWebhook(
  deps: HookDeps,
  staffId: string,
  hook: { url: string; events: readonly WebhookEvent[]; district: string | null },
): Promise<string> {
  const [id, secret, at] = [deps.newId(), newSecret(), deps.now()]
  const row = await insertWebhook(deps.vault, { ...hook, id, secret, createdBy: staffId, at })
  const reason = [new URL(hook.url).host, hook.district ?? '*', ...hook.events].join(', ')
  await writeAudited(
    deps.db,
    [{ ...entry(staffId, at, id), action: 'webhook.made', reason }],
    [row],
  )
  return secret
}

/** Gives one a new secret, which is shown this once; the old one signs beside it for a day. */
export async function renewSecret(
  deps: HookDeps,
  staffId: string,
  { id }: Pick<Webhook, 'id'>,
): Promise<string> {
  const at = deps.now()
  const [old = ''] = await openSecrets(deps.db, deps.vault, id, at)
  const secret = newSecret()
  const oldUntil = new Date(Date.parse(at) + BOTH_MILLISECONDS).toISOString()
  const row = await rotateSecret(deps.vault, id, { secret, old, oldUntil })
  await writeAudited(deps.db, [{ ...entry(staffId, at, id), action: 'webhook.rotated' }], [row])
  return secret
}

/** Ends one; what waited for it is given up. */
export async function removeWebhook(
  deps: HookDeps,
  staffId: string,
  { id }: Pick<Webhook, 'id'>,
): Promise<void> {
  const at = deps.now()
  const entries = [{ ...entry(staffId, at, id), action: 'webhook.ended' as const }]
  await writeAudited(deps.db, entries, endWebhook(id, at))
}

/** Sends one a message that says nothing. */
export async function testWebhook(
  deps: HookDeps,
  staffId: string,
  { id }: Pick<Webhook, 'id'>,
): Promise<void> {
  const at = deps.now()
  const entries = [{ ...entry(staffId, at, id), action: 'webhook.tested' as const }]
  await writeAudited(deps.db, entries, [insertTest(id, `msg_${deps.newId()}`, at)])
}

/** Sends a dead message again under its own id. */
export async function sendAgain(
  deps: HookDeps,
  staffId: string,
  { id }: Pick<Webhook, 'id'>,
  seq: number,
): Promise<void> {
  const at = deps.now()
  const entries = [{ ...entry(staffId, at, id), action: 'webhook.sent-again' as const }]
  await writeAudited(deps.db, entries, [sendDeliveryAgain(id, seq, at)])
}

function entry(staffId: string, at: string, id: string): Omit<AuditDraft, 'action'> {
  return { at, actor: staffId, subject: `webhook:${id}` }
}
