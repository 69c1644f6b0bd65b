import { createFailureOf, type ErrorCode, type FailureOf } from '../wechat-platform/errors.ts'

/** The code with which an address that is not listed is refused. */
const NOT_LISTED = 60020

/**
 * The return codes that we know; all others are `rejected`. Those of 95xxx are as public clients read them: the
 * network's own table does not explain them. https://developer.work.weixin.qq.com/document/path/90313
 */
const CODES: Readonly<Record<number, ErrorCode>> = {
  [-1]: { failure: 'unavailable', words: 'WeCom is busy' },
  40001: { failure: 'misconfigured', action: 'refresh-token', words: 'WECHAT_KF_SECRET is wrong' },
  40013: { failure: 'misconfigured', words: 'WECHAT_KF_CORP_ID is wrong' },
  40014: { failure: 'misconfigured', action: 'refresh-token', words: 'the access token is wrong' },
  42001: {
    failure: 'misconfigured',
    action: 'refresh-token',
    words: 'the access token has expired',
  },
  40058: { failure: 'rejected', words: 'a field of the message is not as WeCom wants it' },
  45009: { failure: 'throttled', retryAfter: 60, words: 'too many calls' },
  48002: {
    failure: 'misconfigured',
    words: 'the application may not use 微信客服: allow it in the console of WeCom',
  },
  [NOT_LISTED]: {
    failure: 'misconfigured',
    words:
      'this address is not among the trusted IPs of the application (企业可信IP): add the egress IP of this server, or set WECHAT_KF_API_ROOT to a relay with a fixed one',
  },
  95001: {
    failure: 'window-closed',
    action: 'window-spent',
    words: 'the person must write before we may write more',
  },
  95002: {
    failure: 'window-closed',
    action: 'window-expired',
    words: 'the person has not written for 48 hours',
  },
  95013: {
    failure: 'window-closed',
    action: 'window-expired',
    words: 'the conversation has ended: the person must write first',
  },
  95018: {
    failure: 'window-closed',
    action: 'with-staff',
    words: 'the state of the conversation does not allow it: staff have it in the client of WeCom',
  },
}

const byCode = createFailureOf(CODES, NOT_LISTED)

/**
 * Sorts an answer of WeCom's API that is no success. Which code a `msgid` gets that was used before is written nowhere,
 * so it is known by its words.
 */
export const failureOf: FailureOf = (code, message = '') =>
  /msgid/i.test(message) && /dup|repeat|exist|used|conflict|重复|已/i.test(message)
    ? { ...byCode(code), action: 'already-sent' }
    : byCode(code, message)

/** The word that lets messages be fetched is over or wrong: they are fetched without it. */
export const SYNC_TOKEN_OVER = 95007
