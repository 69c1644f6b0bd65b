import type { Database } from '../../../db/core/database.ts'
import { createTranslate } from '../../../locales/i18n.ts'
import { createWechatKf, createWechatKfApi } from '../../../src/channels/wechat-kf.ts'
import { readConfig } from '../../../src/kernel/config.ts'
import { createLog } from '../../../src/kernel/log.ts'
import type { FakeWechatKf } from '../../fakes/wechat-kf.ts'
import { vault } from '../cases.ts'
import { openDatabase } from './wechat-mp.ts'

/** The settings of an account that lives on a fake WeCom. */
export function kfSettings(fake: FakeWechatKf, more: Record<string, string> = {}) {
  return {
    WECHAT_KF_CORP_ID: fake.account.appId,
    WECHAT_KF_SECRET: fake.account.secret,
    WECHAT_KF_TOKEN: fake.account.token,
    WECHAT_KF_AES_KEY: fake.account.aesKey,
    WECHAT_KF_ID: fake.account.openKfId,
    WECHAT_KF_API_ROOT: fake.url,
    ...more,
  }
}

/** The channel as the product makes it, on a fake WeCom and a database in memory. */
export async function createTestKf(
  fake: FakeWechatKf,
  options: { now: () => string; settings?: Record<string, string>; db?: Database },
) {
  const db = options.db ?? (await openDatabase())
  const logged: string[] = []
  const config = readConfig(kfSettings(fake, options.settings))
  let ids = 0
  const world = {
    db,
    vault,
    now: options.now,
    newId: () => `lease-${++ids}`,
    translate: createTranslate(),
    log: createLog((line) => logged.push(line), options.now),
  }
  const channel = createWechatKf(config, world)
  const api = createWechatKfApi(config, world)
  if (channel === null || api === null) throw new Error('the settings are not complete')
  return { db, channel, api, config, logged }
}
