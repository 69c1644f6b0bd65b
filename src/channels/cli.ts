import { createKfLink } from '../../bots/wechat-kf/link.ts'
import { createQr } from '../../bots/wechat-mp/qr.ts'
import type { Database } from '../../db/core/database.ts'
import type { Vault } from '../../db/core/vault.ts'
import { currentRevision } from '../../db/policy/packs.ts'
import { createTranslate } from '../../locales/i18n.ts'
import { type Config, personalDataOf } from '../kernel/config.ts'
import { createPolicyCache, withProgramme } from '../kernel/policy.ts'
import { createWechatKfApi } from './wechat-kf.ts'
import { createWechatMpApi, registerWechatMenu } from './wechat-mp.ts'

/** Does one of the commands about the official account; gives the lines to print, or what is wrong. */
export async function runWechatMpCommand(
  world: { db: Database; vault: Vault; now: () => string; config: Config },
  [command, scene = '']: readonly string[],
): Promise<{ ok: boolean; lines: readonly string[] }> {
  const { db, now, config } = world
  const api = createWechatMpApi(config, world)
  if (api === null)
    return wrong('WECHAT_MP_APP_ID and its companions are not set: see docs/wechat.md')
  if (command === 'menu') {
    const revision = await currentRevision(db, config.PROGRAMME)
    if (revision === null) return wrong('no policy pack has been loaded')
    const policies = createPolicyCache(db)
    const { words } = await policies.load(revision)
    const personalData = personalDataOf(config)('wechat-mp')
    const ctx = { now: now(), locale: 'zh-Hans' as const, programme: words, personalData }
    const translate = withProgramme(createTranslate(), policies)
    const problems = await registerWechatMenu(api, ctx, translate, config.WECHAT_KF_URL)
    return problems.length > 0
      ? { ok: false, lines: problems }
      : {
          ok: true,
          lines: ['The menu is set. People see it within a day, or at once when they follow anew.'],
        }
  }
  if (command === 'qr') {
    if (!/^[\w-]{1,64}$/.test(scene)) return wrong('SCENE is 1 to 64 of A-Z a-z 0-9 _ -')
    const qr = await createQr(api.call, scene, 'for-ever')
    return qr.ok ? { ok: true, lines: [qr.url, qr.picture] } : wrong(qr.detail)
  }
  return wrong('Say which: npm run cli -- wechat-mp --help')
}

/** Makes a link to the account of 微信客服, for posters and pages; gives the lines to print, or what is wrong. */
export async function runWechatKfCommand(
  world: { db: Database; vault: Vault; now: () => string; config: Config },
  [command, scene = '']: readonly string[],
): Promise<{ ok: boolean; lines: readonly string[] }> {
  const api = createWechatKfApi(world.config, world)
  const { WECHAT_KF_ID: openKfId } = world.config
  if (api === null || openKfId === undefined) {
    return wrong('WECHAT_KF_CORP_ID and its companions are not set: see docs/wechat.md')
  }
  if (command !== 'link') return wrong('Say which: npm run cli -- wechat-kf --help')
  if (!/^[\w-]{0,64}$/.test(scene)) return wrong('SCENE is up to 64 of A-Z a-z 0-9 _ -')
  const link = await createKfLink(api.call, openKfId, scene)
  return link.ok ? { ok: true, lines: [link.url] } : wrong(link.detail)
}

function wrong(line: string): { ok: false; lines: readonly string[] } {
  return { ok: false, lines: [line] }
}
