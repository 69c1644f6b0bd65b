import { createWechatChannel } from '../../bots/wechat/channel.ts'
import { createGuard, type Guard } from '../../bots/wechat/signature.ts'
import { GatewayState } from '../../bots/wechat/wire.ts'
import { loadGateway, spendNonce } from '../../db/channels/gateway.ts'
import type { Database } from '../../db/core/database.ts'
import type { Channel } from '../../flows/engine/types.ts'
import type { Config } from '../kernel/config.ts'
import type { Deps } from '../kernel/deps.ts'

/** A gateway that has not been heard for this long is thought away; it tells every 30 s. */
const SILENT_SECONDS = 90

/** The app's side of the gateway's signature, or null where no secret is set. */
export function createGatewayGuard(
  config: Config,
  { db, now }: { db: Database; now: () => string },
): Guard | null {
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

/** The gateway as `/readyz` and the console tell of it. `isHere`: it was heard a moment ago. */
export type GatewayReport = { isHere: boolean; heardAt: string; state: GatewayState }

/** How the WeChat gateway is, or null where none was ever heard. `state.qr` is for staff alone. */
export async function loadGatewayReport(
  deps: Pick<Deps, 'db' | 'now'>,
): Promise<GatewayReport | null> {
  const known = await loadGateway(deps.db, 'wechat')
  const state = GatewayState.safeParse(known?.state)
  if (known === null || !state.success) return null
  const silence = (Date.parse(deps.now()) - Date.parse(known.at)) / 1000
  const isHere = silence < SILENT_SECONDS && state.data.phase !== 'stopped'
  return { isHere, heardAt: known.at, state: state.data }
}
