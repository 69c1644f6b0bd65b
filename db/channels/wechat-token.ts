import type { Database } from '../core/database.ts'
import type { Vault } from '../core/vault.ts'

/** The access token of an official account, or null where there is none. `expiresAt` is ISO. */
export async function loadWechatToken(
  db: Database,
  vault: Vault,
  appId: string,
): Promise<{ token: string; expiresAt: string } | null> {
  const [rows = []] = await db.read([
    { sql: 'SELECT token, expires_at FROM wechat_tokens WHERE app_id = ?', args: [appId] },
  ])
  const [token, expiresAt] = rows[0] ?? []
  if (!(token instanceof Uint8Array)) return null
  return { token: await vault.openText(token, tokenContext(appId)), expiresAt: String(expiresAt) }
}

/** Takes the lease to renew the token; true for one process at a time. */
export async function claimWechatToken(
  db: Database,
  claim: { appId: string; now: string; leaseUntil: string },
): Promise<boolean> {
  const [rows = []] = await db.write([
    {
      sql: `INSERT INTO wechat_tokens (app_id, leased_until) VALUES (?, ?)
        ON CONFLICT (app_id) DO UPDATE SET leased_until = excluded.leased_until
        WHERE wechat_tokens.leased_until IS NULL OR wechat_tokens.leased_until < ?
        RETURNING 1`,
      args: [claim.appId, claim.leaseUntil, claim.now],
    },
  ])
  return rows.length > 0
}

/** Ends the lease, with a new token or, where none could be had, with the old one as it was. */
export async function settleWechatToken(
  db: Database,
  vault: Vault,
  appId: string,
  fetched: { token: string; expiresAt: string } | null,
): Promise<void> {
  await db.write([
    fetched === null
      ? { sql: 'UPDATE wechat_tokens SET leased_until = NULL WHERE app_id = ?', args: [appId] }
      : {
          sql: `UPDATE wechat_tokens SET token = ?, expires_at = ?, leased_until = NULL WHERE app_id = ?`,
          args: [await vault.seal(fetched.token, tokenContext(appId)), fetched.expiresAt, appId],
        },
  ])
}

/** Where an access token is sealed for. */
export function tokenContext(appId: string): string {
  return `wechat-token:${appId}`
}
