import { createQr } from '../../bots/wechat-mp/qr.ts'
import type { Config } from '../kernel/config.ts'
import type { Deps } from '../kernel/deps.ts'
import { createWechatMpApi } from './wechat-mp.ts'

/** Where a person's own one-time link may lead to besides the web chat, as the settings have it. */
export function createLinkTo(
  config: Config,
  world: Parameters<typeof createWechatMpApi>[1],
): NonNullable<Deps['linkTo']> {
  const api = createWechatMpApi(config, world)
  return {
    telegramBot: config.TELEGRAM_BOT_NAME,
    ...(api === null
      ? {}
      : {
          officialAccount: async (scene: string, seconds: number) => {
            const made = await createQr(api.call, scene, seconds)
            return made.ok ? made.url : null
          },
        }),
  }
}
