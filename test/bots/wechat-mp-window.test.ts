import { describe, expect, it } from 'vitest'
import { failureOf } from '../../bots/wechat-mp/errcodes.ts'
import { permissionOf, type WindowState } from '../../bots/wechat-mp/window.ts'

const T = '2018-06-01T00:00:00.000Z'
const later = (seconds: number) => new Date(Date.parse(T) + seconds * 1000).toISOString()
const HOUR = 3600
const NEVER: WindowState = {
  messageAt: null,
  messageSent: 0,
  tapAt: null,
  tapSent: 0,
  leftAt: null,
}
const wrote = (sent = 0): WindowState => ({ ...NEVER, messageAt: T, messageSent: sent })
const tapped = (sent = 0): WindowState => ({ ...NEVER, tapAt: T, tapSent: sent })

describe('may we write to a person?', () => {
  it.each<[string, WindowState | null, number, object]>([
    ['whom we never heard of', null, 0, { open: false, why: 'never' }],
    ['who never did anything', NEVER, 0, { open: false, why: 'never' }],
    [
      'who just wrote',
      wrote(),
      0,
      { open: true, window: 'message', until: later(48 * HOUR), left: 5 },
    ],
    [
      'almost 48 hours later',
      wrote(4),
      48 * HOUR - 1,
      { open: true, window: 'message', until: later(48 * HOUR), left: 1 },
    ],
    ['48 hours later', wrote(), 48 * HOUR, { open: false, why: 'expired' }],
    ['after five messages', wrote(5), 10, { open: false, why: 'spent' }],
    ['after more than five', wrote(1000), 10, { open: false, why: 'spent' }],
    ['who just tapped', tapped(), 59, { open: true, window: 'tap', until: later(60), left: 3 }],
    ['a minute after the tap', tapped(), 60, { open: false, why: 'expired' }],
    ['after three messages to a tap', tapped(3), 10, { open: false, why: 'spent' }],
    [
      'who wrote and tapped: the tap first',
      { ...wrote(2), tapAt: T },
      1,
      { open: true, window: 'tap', until: later(60), left: 3 },
    ],
    [
      'whose tap is used up',
      { ...wrote(2), tapAt: T, tapSent: 3 },
      1,
      { open: true, window: 'message', until: later(48 * HOUR), left: 3 },
    ],
    [
      'whose tap is over, with all messages sent',
      { ...wrote(5), tapAt: T },
      61,
      { open: false, why: 'spent' },
    ],
    ['who left', { ...wrote(), leftAt: later(1) }, 2, { open: false, why: 'left' }],
  ])('%s', (_, state, seconds, permission) => {
    expect(permissionOf(state, later(seconds))).toEqual(permission)
  })
})

describe('an error code', () => {
  it.each([
    [-1, 'unavailable', undefined],
    [40001, 'misconfigured', 'refresh-token'],
    [40014, 'misconfigured', 'refresh-token'],
    [42001, 'misconfigured', 'refresh-token'],
    [45015, 'window-closed', 'window-expired'],
    [45047, 'window-closed', 'window-spent'],
    [40003, 'blocked', undefined],
    [43004, 'blocked', undefined],
    [43101, 'rejected', 'drop-credits'],
    [45009, 'throttled', undefined],
    [45011, 'throttled', undefined],
    [48001, 'misconfigured', 'switch-off'],
    [50002, 'misconfigured', 'switch-off'],
    [40164, 'misconfigured', undefined],
    [45002, 'rejected', undefined],
    [40033, 'rejected', undefined],
    [99999, 'rejected', undefined],
  ])('%i is %s', (code, failure, action) => {
    const failed = failureOf(code, 'whatever rid: 1')
    expect(failed).toMatchObject({ ok: false, failure, code })
    expect(failed.action).toBe(action)
    expect(failed.detail).toMatch(new RegExp(`^${code} .{5,}`))
  })

  it('slows down: a day is longer than a minute', () => {
    expect(failureOf(45009).retryAfter).toBeGreaterThan(failureOf(45011).retryAfter ?? 0)
    expect(failureOf(45011).retryAfter).toBeGreaterThanOrEqual(60)
  })

  it('tells the operator which address to whitelist, and nothing else of what WeChat said', () => {
    const { detail } = failureOf(
      40164,
      'invalid ip 203.0.113.7 ipv6 ::ffff:203.0.113.7, not in whitelist',
    )
    expect(detail).toContain('203.0.113.7')
    expect(detail).toContain('IP白名单')
    expect(failureOf(45002, '王小明的话 13800138000').detail).not.toMatch(/王小明|138/)
    expect(failureOf(40164, '王小明').detail).not.toContain('王')
  })
})
