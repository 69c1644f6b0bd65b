import { createWechatChannel } from '../../bots/wechat/channel.ts'
import { createGuard, type ReplayGuard } from '../../bots/wechat/signature.ts'
import { spendNonce } from '../../db/channels/gateway.ts'
import type { Database } from '../../db/core/database.ts'
import type { Channel } from '../../flows/engine/channel.ts'
import type { Config } from '../kernel/config.ts'

/** The app's side of the gateway's signature, or null where no secret is set. */
export function createGatewayGuard(
  config: Config,
  { db, now }: { db: Database; now: () => string },
): ReplayGuard | null {
  const { WECHAT_GATEWAY_SECRET: secret } = config
  if (secret === undefined) return null
  return createGuard({ secret, now, spend: (nonce) => spendNonce(db, nonce, now()) })
}

/** The personal WeChat account as a channel, or null where no gateway is awaited. */
export function createWechatRelay(
  config: Config,
  world: { db: Database; now: () => string },
): Channel | null {
  const guard = createGatewayGuard(config, world)
  return guard === null ? null : createWechatChannel({ guard })
}
