import { GatewayState } from '../../bots/wechat/wire.ts'
import { loadGateway } from '../../db/channels/gateway.ts'
import type { Deps } from './deps.ts'

/** A gateway that has not been heard for this long is thought away; it tells every 30 s. */
const SILENT_SECONDS = 90

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
