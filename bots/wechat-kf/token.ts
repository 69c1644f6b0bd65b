import type { Failed } from '../wechat-platform/errors.ts'
import { fetchToken } from '../wechat-platform/fetch-token.ts'
import type { Token } from '../wechat-platform/tokens.ts'
import { failureOf } from './errcodes.ts'

/** Fetches the access token of an application that may use 微信客服. https://developer.work.weixin.qq.com/document/path/91039 */
export function fetchKfToken(
  account: { apiRoot: string; corpId: string; secret: string },
  now: () => string,
): Promise<Token | Failed> {
  const query = new URLSearchParams({ corpid: account.corpId, corpsecret: account.secret })
  return fetchToken(`${account.apiRoot}/cgi-bin/gettoken?${query}`, {}, { now, failureOf })
}
