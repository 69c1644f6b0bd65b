import { createApi } from '../bots/telegram/api.ts'
import { createTelegramChannel } from '../bots/telegram/channel.ts'
import { createWebChannel } from '../bots/web/channel.ts'
import type { Channel } from '../flows/engine/types.ts'
import type { Translate } from '../locales/i18n.ts'
import type { Config } from './config.ts'

/** The channels that the settings switch on. The web chat is always there. */
export function createChannels(
  config: Config,
  world: {
    sessionSecret: string
    newId: () => string
    now: () => string
    translate: Translate
    background: (task: Promise<unknown>) => void
  },
): Channel[] {
  const web = createWebChannel({
    secret: world.sessionSecret,
    newId: world.newId,
    now: world.now,
    translate: world.translate,
    secureCookie: config.PUBLIC_URL?.startsWith('https://') ?? false,
  })
  const { TELEGRAM_BOT_TOKEN: token } = config
  if (token === undefined) return [web]
  const telegram = createTelegramChannel({
    // Without a webhook nobody knows the secret, so that nobody can post.
    secret: config.TELEGRAM_WEBHOOK_SECRET ?? world.newId() + world.newId(),
    call: createApi({ token, apiRoot: config.TELEGRAM_API_ROOT }),
    now: world.now,
    background: world.background,
  })
  return [web, telegram]
}
