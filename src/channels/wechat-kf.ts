import { createWechatKfChannel } from '../../bots/wechat-kf/channel.ts'
import { failureOf } from '../../bots/wechat-kf/errcodes.ts'
import type { KfStore } from '../../bots/wechat-kf/store.ts'
import { fetchKfToken } from '../../bots/wechat-kf/token.ts'
import { createWechatApi, type WechatApi } from '../../bots/wechat-platform/api.ts'
import { createTokens } from '../../bots/wechat-platform/tokens.ts'
import {
  askForKf,
  claimKf,
  closeKfWindow,
  dropKfCode,
  isKfHandedOver,
  keepKfPage,
  loadKfCode,
  loadKfPerson,
  readKfStanding,
  releaseKf,
  setKfState,
} from '../../db/channels/wechat-kf.ts'
import type { Database } from '../../db/core/database.ts'
import type { Vault } from '../../db/core/vault.ts'
import type { Channel } from '../../flows/engine/channel.ts'
import type { Config } from '../kernel/config.ts'
import type { Log } from '../kernel/log.ts'
import { createTokenStore } from './token-store.ts'

/** What 微信客服 asks of the application. */
type KfContext = { db: Database; vault: Vault; now: () => string; newId: () => string; log: Log }

/** 微信客服 as a channel, or null where its settings are not given. */
export function createWechatKf(config: Config, context: KfContext): Channel | null {
  const { WECHAT_KF_CORP_ID: corpId, WECHAT_KF_TOKEN: token, WECHAT_KF_AES_KEY: aesKey } = config
  const { WECHAT_KF_AES_KEY_OLD: oldKey, WECHAT_KF_ID: openKfId } = config
  const api = createWechatKfApi(config, context)
  if (corpId === undefined || token === undefined || aesKey === undefined) return null
  if (openKfId === undefined || api === null) return null
  return createWechatKfChannel({
    corpId,
    token,
    aesKeys: [aesKey, ...(oldKey === undefined ? [] : [oldKey])],
    openKfId,
    desk: config.WECHAT_KF_DESK,
    api,
    store: createStore(context, openKfId),
    now: context.now,
    onRefused: (reason) => context.log.warn('wechat-kf-refused', { reason }),
    onUnread: (rows) => context.log.warn('wechat-kf-not-understood', { rows }),
  })
}

/** The API of 微信客服, or null where its settings are not given. */
export function createWechatKfApi(
  config: Config,
  context: Pick<KfContext, 'db' | 'vault' | 'now'>,
): WechatApi | null {
  const { WECHAT_KF_CORP_ID: corpId, WECHAT_KF_SECRET: secret } = config
  if (corpId === undefined || secret === undefined) return null
  const { WECHAT_KF_API_ROOT: apiRoot } = config
  const { now } = context
  const tokens = createTokens({
    store: createTokenStore(context, `wechat-kf:${corpId}`),
    fetchToken: () => fetchKfToken({ apiRoot, corpId, secret }, now),
    now,
  })
  return createWechatApi({ apiRoot, tokens, failureOf, now })
}

function createStore({ db, vault, now, newId }: KfContext, openKfId: string): KfStore {
  return {
    ask: (token) => askForKf(db, { openKfId, token, now: now() }),
    claim: () => claimKf(db, { openKfId, lease: newId(), now: now() }),
    keep: ({ lease }, { cursor, events, facts }) =>
      keepKfPage({ db, vault }, { openKfId, lease, cursor, events, changes: facts, now: now() }),
    release: ({ lease, asked }, done) => releaseKf(db, { openKfId, lease, asked, done }),
    loadPerson: (userId) => loadKfPerson(db, userId),
    readStanding: readKfStanding,
    closeWindow: (userId, why) => closeKfWindow(db, userId, why),
    loadCode: (userId) => loadKfCode(db, userId, now()),
    dropCode: (userId) => dropKfCode(db, userId),
    setState: (userId, state) => setKfState(db, { userId, state, now: now() }),
    isHandedOver: (userId) => isKfHandedOver(db, userId),
  }
}
