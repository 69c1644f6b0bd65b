import type { TokenStore } from '../../bots/wechat-platform/tokens.ts'
import {
  claimWechatToken,
  loadWechatToken,
  settleWechatToken,
} from '../../db/channels/wechat-token.ts'
import type { Database } from '../../db/core/database.ts'
import type { Vault } from '../../db/core/vault.ts'

/** Where all processes find the access token of an account: an official account's by its app id, or of 微信客服. */
export function createTokenStore(
  { db, vault, now }: { db: Database; vault: Vault; now: () => string },
  appId: string,
): TokenStore {
  return {
    load: () => loadWechatToken(db, vault, appId),
    claim: (leaseUntil) => claimWechatToken(db, { appId, now: now(), leaseUntil }),
    settle: (fetched) => settleWechatToken(db, vault, appId, fetched),
  }
}
