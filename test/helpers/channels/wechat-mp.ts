import { countSaid } from '../../../db/channels/standing.ts'
import { openFile } from '../../../db/core/client.node.ts'
import type { Database } from '../../../db/core/database.ts'
import { migrate } from '../../../db/core/migrate.ts'
import { createTranslate } from '../../../locales/i18n.ts'
import { createWechatMp, createWechatMpApi } from '../../../src/channels/wechat-mp.ts'
import { readConfig } from '../../../src/kernel/config.ts'
import { createLog } from '../../../src/kernel/log.ts'
import type { FakeWechatMp } from '../../fakes/wechat-mp.ts'
import { vault } from '../cases.ts'

/** A database with our tables, those of the official account among them. */
export async function openDatabase(): Promise<Database> {
  const db = openFile(':memory:')
  await migrate(db, '2018-06-01T00:00:00.000Z')
  return db
}

/** The settings of an account that lives on a fake WeChat. */
export function settingsOf(fake: FakeWechatMp, more: Record<string, string> = {}) {
  return {
    WECHAT_MP_APP_ID: fake.account.appId,
    WECHAT_MP_APP_SECRET: fake.account.secret,
    WECHAT_MP_TOKEN: fake.account.token,
    WECHAT_MP_AES_KEY: fake.account.aesKey,
    WECHAT_MP_API_ROOT: fake.url,
    ...more,
  }
}

/** The channel as the product makes it, on a fake WeChat and a database in memory. */
export async function createTestMp(
  fake: FakeWechatMp,
  options: { now: () => string; settings?: Record<string, string>; db?: Database },
) {
  const db = options.db ?? (await openDatabase())
  const logged: string[] = []
  const config = readConfig(settingsOf(fake, options.settings))
  const world = {
    db,
    vault,
    now: options.now,
    translate: createTranslate(),
    log: createLog((line) => logged.push(line), options.now),
  }
  const channel = createWechatMp(config, world)
  const api = createWechatMpApi(config, world)
  if (channel === null || api === null) throw new Error('the settings are not complete')
  /** Says something as the outbox does, which counts what was said. */
  const say: typeof channel.send = async (row) => {
    const result = await channel.send(row)
    await db.write(countSaid(row.to, result.counted))
    return result
  }
  return { db, channel, say, api, config, logged }
}
