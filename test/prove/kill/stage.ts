import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startFakeBotApi } from '../../fakes/bot-api.ts'
import { GATEWAY_SECRET } from '../../fakes/wechat-app.ts'
import { startFakeWechatKf } from '../../fakes/wechat-kf.ts'
import { startFakeWechatMp } from '../../fakes/wechat-mp.ts'
import { KEY_SETTINGS } from '../../helpers/app.ts'
import { kfSettings } from '../../helpers/channels/wechat-kf.ts'
import { settingsOf } from '../../helpers/channels/wechat-mp.ts'
import { createRandom } from '../random.ts'
import { HOST } from './client.ts'
import { createClock } from './clock.ts'
import { TELEGRAM_SECRET } from './networks.ts'
import { SESSION_SECRET, seedOffice } from './seed.ts'
import { createServerUnderTest } from './server.ts'
import { startSlowLine } from './slow-line.ts'

/** A network takes up to this for each way. */
const LINE_MILLISECONDS = 40

/** A server that is not started yet, on a fresh file with an office at work, with fake networks over slow lines. */
export async function openStage(options: {
  seed: number
  breakName: string | null
  processes: number
}) {
  process.env.NODE_COMPILE_CACHE ??= join(tmpdir(), 'weiqitong-prove-cache')
  const folder = mkdtempSync(join(tmpdir(), 'weiqitong-prove-'))
  const path = join(folder, 'data', 'proof.db')
  const random = createRandom(options.seed)
  const clock = createClock()
  const botApi = await startFakeBotApi()
  const mp = await startFakeWechatMp({ now: clock.now })
  const kf = await startFakeWechatKf({
    now: clock.now,
    webhook: `https://${HOST}/webhooks/wechat-kf`,
  })
  const line = { random: random.fork('line'), milliseconds: LINE_MILLISECONDS }
  const toBotApi = await startSlowLine(botApi.url, line)
  const toMp = await startSlowLine(mp.url, line)
  const toKf = await startSlowLine(kf.url, line)
  const settings = {
    ...KEY_SETTINGS,
    ...settingsOf(mp, { WECHAT_MP_API_ROOT: toMp.url }),
    ...kfSettings(kf, { WECHAT_KF_API_ROOT: toKf.url }),
    DATABASE_URL: `file:${path}`,
    PROCESSES: String(options.processes),
    LOG: 'off',
    SESSION_SECRET,
    PUBLIC_URL: `https://${HOST}`,
    TELEGRAM_BOT_TOKEN: botApi.token,
    TELEGRAM_BOT_NAME: 'weiqitong_bot',
    TELEGRAM_WEBHOOK_SECRET: TELEGRAM_SECRET,
    TELEGRAM_API_ROOT: toBotApi.url,
    WECHAT_GATEWAY_SECRET: GATEWAY_SECRET,
    PERSONAL_DATA_CHANNELS: 'web,terminal,telegram,wechat,wechat-mp,wechat-kf',
  }
  const office = await seedOffice(path, clock)
  const server = await createServerUnderTest({ clock, settings, breakName: options.breakName })
  return {
    ...{ folder, path, random, clock, botApi, mp, kf, office, server, settings },
    async close() {
      await server.close()
      await Promise.all([toBotApi, toMp, toKf, botApi, mp, kf].map((one) => one.close()))
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
