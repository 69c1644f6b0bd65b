import { createFailureOf, type ErrorCode } from '../wechat-platform/errors.ts'

/**
 * The return codes that we know, by who must act; all others are `rejected`.
 * https://developers.weixin.qq.com/doc/service/guide/dev/rsp_code.html
 */
const CODES: Readonly<Record<number, ErrorCode>> = {
  [-1]: { failure: 'unavailable', words: 'WeChat is busy' },
  40001: {
    failure: 'misconfigured',
    action: 'refresh-token',
    words: 'the access token or WECHAT_MP_APP_SECRET is wrong',
  },
  40014: { failure: 'misconfigured', action: 'refresh-token', words: 'the access token is wrong' },
  42001: {
    failure: 'misconfigured',
    action: 'refresh-token',
    words: 'the access token has expired',
  },
  40013: { failure: 'misconfigured', words: 'WECHAT_MP_APP_ID is wrong' },
  40125: { failure: 'misconfigured', words: 'WECHAT_MP_APP_SECRET is wrong' },
  40164: {
    failure: 'misconfigured',
    words:
      'this address is not in the IP whitelist of the account (设置与开发 → IP白名单): add the egress IP of this server, or set WECHAT_MP_API_ROOT to a relay with a fixed one',
  },
  40003: { failure: 'blocked', words: 'WeChat does not know this person' },
  43004: { failure: 'blocked', words: 'the person does not follow the account' },
  43101: {
    failure: 'rejected',
    action: 'drop-credits',
    words: 'the person wants no subscription message',
  },
  45015: {
    failure: 'window-closed',
    action: 'window-expired',
    words: 'the person has not written for 48 hours',
  },
  45047: {
    failure: 'window-closed',
    action: 'window-spent',
    words: 'the person must write before we may write more',
  },
  45002: { failure: 'rejected', words: 'the text is too long' },
  40033: { failure: 'rejected', words: 'the text has characters that WeChat does not take' },
  40037: { failure: 'misconfigured', words: 'the template is not one of this account' },
  47003: { failure: 'rejected', words: 'a field of the template cannot hold these words' },
  45009: { failure: 'throttled', retryAfter: 3600, words: 'the quota of the day is used up' },
  45011: { failure: 'throttled', retryAfter: 60, words: 'too many calls in a minute' },
  48001: {
    failure: 'misconfigured',
    action: 'switch-off',
    words:
      'the account may not use this interface: it needs WeChat verification (微信认证), or to be a service account',
  },
  50002: {
    failure: 'misconfigured',
    action: 'switch-off',
    words: 'WeChat has limited this account',
  },
}

/** Sorts an answer of the official account's API that is no success. */
export const failureOf = createFailureOf(CODES, 40164)
