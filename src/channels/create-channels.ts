import { createApi } from '../../bots/telegram/api.ts'
import { createTelegramChannel } from '../../bots/telegram/channel.ts'
import { createFetchFile } from '../../bots/telegram/fetch-file.ts'
import { createWebChannel } from '../../bots/web/channel.ts'
import type { Database } from '../../db/core/database.ts'
import type { Vault } from '../../db/core/vault.ts'
import type { Channel } from '../../flows/engine/channel.ts'
import type { Translate } from '../../locales/i18n.ts'
import type { Config } from '../kernel/config.ts'
import type { Log } from '../kernel/log.ts'
import { createWechatRelay } from './gateway.ts'
import { createWechatKf } from './wechat-kf.ts'
import { createWechatMp } from './wechat-mp.ts'

/** The channels that the settings switch on. The web chat is always there. */
export function createChannels(
  config: Config,
  world: {
    db: Database
    vault: Vault
    log: Log
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
  const { TELEGRAM_BOT_TOKEN: token, TELEGRAM_API_ROOT: apiRoot } = config
  const call = token === undefined ? null : createApi({ token, apiRoot })
  const telegram =
    token === undefined || call === null
      ? null
      : createTelegramChannel({
          // Without a webhook nobody knows the secret, so that nobody can post.
          secret: config.TELEGRAM_WEBHOOK_SECRET ?? world.newId() + world.newId(),
          call,
          staffChat: config.STAFF_TELEGRAM_CHAT_ID,
          fetchFile: createFetchFile({ token, apiRoot, call }),
          now: world.now,
          onOdd: (fields) => world.log.warn('telegram-not-understood', { fields }),
          background: world.background,
        })
  const all = [
    web,
    telegram,
    createWechatRelay(config, world),
    createWechatMp(config, world),
    createWechatKf(config, world),
  ]
  return all.filter((channel) => channel !== null)
}
