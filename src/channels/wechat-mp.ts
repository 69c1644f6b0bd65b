import { createWechatMpChannel } from '../../bots/wechat-mp/channel.ts'
import type { DeliveryLog } from '../../bots/wechat-mp/delivery-log.ts'
import { failureOf } from '../../bots/wechat-mp/errcodes.ts'
import { createMenu, type MenuGroup } from '../../bots/wechat-mp/menu.ts'
import type { SubscriptionTemplate } from '../../bots/wechat-mp/notices.ts'
import { fetchStableToken } from '../../bots/wechat-mp/stable-token.ts'
import { createWechatApi, type WechatApi } from '../../bots/wechat-platform/api.ts'
import { createTokens } from '../../bots/wechat-platform/tokens.ts'
import {
  closeWechatWindow,
  dropWechatCredits,
  enterDelivery,
  loadWechatWindow,
  readWechatWindow,
  takeWechatCredit,
} from '../../db/channels/wechat.ts'
import type { Database } from '../../db/core/database.ts'
import type { Vault } from '../../db/core/vault.ts'
import { menuFlow } from '../../flows/conversation/menu/flow.ts'
import { otherServices, usualQuestions } from '../../flows/conversation/menu/more.ts'
import type { Channel } from '../../flows/engine/channel.ts'
import type { TurnContext } from '../../flows/engine/context.ts'
import type { QuickReply } from '../../flows/engine/types.ts'
import type { Translate } from '../../locales/i18n.ts'
import type { Config } from '../kernel/config.ts'
import type { Log } from '../kernel/log.ts'
import { createTokenStore } from './token-store.ts'

/** What the official account asks of the application. */
type AccountDeps = { db: Database; vault: Vault; now: () => string; translate: Translate; log: Log }

/** The official account as a channel, or null where its settings are not given. */
export function createWechatMp(config: Config, context: AccountDeps): Channel | null {
  const { WECHAT_MP_APP_ID: appId, WECHAT_MP_TOKEN: token, WECHAT_MP_AES_KEY: aesKey } = config
  const api = createWechatMpApi(config, context)
  if (appId === undefined || token === undefined || aesKey === undefined || api === null)
    return null
  const { WECHAT_MP_AES_KEY_OLD: oldKey, WECHAT_MP_NOTICE: notice } = config
  const words = context.translate('zh-Hans', 'wechat-mp.nudge')
  return createWechatMpChannel({
    appId,
    token,
    aesKeys: [aesKey, ...(oldKey === undefined ? [] : [oldKey])],
    api,
    ledger: createLedger(context),
    now: context.now,
    nudge: notice === undefined ? null : { template: parseNotice(notice), words },
    serviceMessages: config.WECHAT_MP_SERVICE_MESSAGES === 'on',
    onRefused: (reason) => context.log.warn('wechat-mp-refused', { reason }),
    onUnread: (kind) => context.log.warn('wechat-mp-not-understood', { kind }),
  })
}

/** The account's API, or null where its settings are not given. */
export function createWechatMpApi(
  config: Config,
  context: Pick<AccountDeps, 'db' | 'vault' | 'now'>,
): WechatApi | null {
  const { WECHAT_MP_APP_ID: appId, WECHAT_MP_APP_SECRET: secret } = config
  if (appId === undefined || secret === undefined) return null
  const { WECHAT_MP_API_ROOT: apiRoot } = config
  const { now } = context
  const account = { apiRoot, appId, secret }
  const tokens = createTokens({
    store: createTokenStore(context, appId),
    fetchToken: (force) => fetchStableToken(account, now, force),
    now,
  })
  return createWechatApi({ apiRoot, tokens, failureOf, now })
}

/**
 * Makes the account's menu of what the conversation's own menu offers: questions, services, the rest.
 * `kfUrl`: where people go on in 微信客服. Resolves to what went wrong, empty when nothing did. People see it within a day.
 */
export function registerWechatMenu(
  api: Pick<WechatApi, 'call'>,
  ctx: TurnContext,
  translate: Translate,
  kfUrl?: string,
): Promise<string[]> {
  return createMenu(api.call, menuGroups(ctx, translate, kfUrl))
}

function menuGroups(ctx: TurnContext, translate: Translate, kfUrl?: string): MenuGroup[] {
  const { locale } = ctx
  const greeted = menuFlow.steps.home
    .enter({}, ctx)
    .flatMap((effect) => (effect.type === 'send' ? (effect.message.quickReplies ?? []) : []))
  // The menu stands below everything, so that it need not lead to itself.
  const offered = [...usualQuestions(ctx), ...greeted, ...otherServices(ctx)].filter(
    ({ value }) => !/^!(more|menu)\b/.test(value),
  )
  const words = ({ label }: QuickReply) =>
    'key' in label ? translate(locale, label.key, label.params) : label.text
  const group = (key: 'ask' | 'apply' | 'more', isOf: (value: string) => boolean): MenuGroup => ({
    label: translate(locale, `wechat-mp.${key}`),
    items: offered
      .filter(({ value }) => isOf(value))
      .map((reply) => ({ value: reply.value, label: words(reply) })),
  })
  const isQuestion = (value: string) => value.startsWith('!policy-question')
  const isMore = (value: string) => /^!(my-data|person|language|settings|help)\b/.test(value)
  return [
    group('ask', isQuestion),
    group('apply', (value) => !isQuestion(value) && !isMore(value)),
    withLink(group('more', isMore), kfUrl, translate(locale, 'wechat-mp.toKf')),
  ]
}

/** A group with a link before the rest, which the menu may have no room for. */
function withLink(group: MenuGroup, url: string | undefined, label: string): MenuGroup {
  return url === undefined ? group : { ...group, items: [{ url, label }, ...group.items] }
}

function parseNotice(setting: string): SubscriptionTemplate {
  const [kind, id = '', field = ''] = setting.split(':')
  const isKnown = kind === 'template' || kind === 'subscription' || kind === 'long-term'
  if (!isKnown) throw new Error('WECHAT_MP_NOTICE was not checked')
  return { kind, id, field }
}

function createLedger({ db, now }: Pick<AccountDeps, 'db' | 'now'>): DeliveryLog {
  return {
    enter: (delivery) => enterDelivery(db, { ...delivery, now: now() }),
    loadWindow: (openId) => loadWechatWindow(db, openId),
    readWindow: readWechatWindow,
    closeWindow: (openId, why) => closeWechatWindow(db, openId, why),
    takeCredit: (openId, template, lasts) =>
      takeWechatCredit(db, { openId, template, lasts, now: now() }),
    dropCredits: (openId, template) => dropWechatCredits(db, openId, template, now()),
  }
}
