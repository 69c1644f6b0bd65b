import type { Failed } from '../wechat-platform/errors.ts'
import { fetchToken } from '../wechat-platform/fetch-token.ts'
import type { Token } from '../wechat-platform/tokens.ts'
import { failureOf } from './errcodes.ts'

/**
 * Fetches the access token of an official account by `stable_token`, which gives everybody the same token until shortly
 * before its end, so that even a lost lease does no harm; a forced renewal may be asked for 20 times a day.
 * https://developers.weixin.qq.com/doc/service/api/base/api_getstableaccesstoken.html
 */
export function fetchStableToken(
  account: { apiRoot: string; appId: string; secret: string },
  now: () => string,
  force: boolean,
): Promise<Token | Failed> {
  const body = {
    grant_type: 'client_credential',
    appid: account.appId,
    secret: account.secret,
    force_refresh: force,
  }
  return fetchToken(
    `${account.apiRoot}/cgi-bin/stable_token`,
    {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    },
    { now, failureOf },
  )
}
