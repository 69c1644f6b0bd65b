import { describe, expect, it } from 'vitest'
import { ConfigError, readConfig } from '../../src/kernel/config.ts'

const ALL = {
  WECHAT_MP_APP_ID: 'wxb11529c136998cb6',
  WECHAT_MP_APP_SECRET: '0123456789abcdef0123456789abcdef',
  WECHAT_MP_TOKEN: 'aTokenForTests',
  WECHAT_MP_AES_KEY: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG',
}
const problems = (settings: Record<string, string>): readonly string[] => {
  try {
    readConfig(settings)
    return []
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
}

describe('the settings of the official account', () => {
  it('are all there, or none is', () => {
    expect(problems({})).toEqual([])
    expect(problems(ALL)).toEqual([])
    for (const name of Object.keys(ALL)) {
      const { [name]: _, ...others } = ALL as Record<string, string>
      expect(problems(others)).toEqual([expect.stringMatching(new RegExp(`^${name} is needed`))])
    }
    expect(problems({ WECHAT_MP_AES_KEY_OLD: ALL.WECHAT_MP_AES_KEY })).toHaveLength(4)
  })

  it.each([
    ['WECHAT_MP_APP_ID', 'gh_123'],
    ['WECHAT_MP_APP_SECRET', 'hunter2'],
    ['WECHAT_MP_TOKEN', 'with-a-dash'],
    ['WECHAT_MP_AES_KEY', 'short'],
    ['WECHAT_MP_AES_KEY', `${ALL.WECHAT_MP_AES_KEY}=`],
    ['WECHAT_MP_AES_KEY_OLD', 'short'],
    ['WECHAT_MP_API_ROOT', 'relay'],
    ['WECHAT_MP_NOTICE', 'Xw3'],
    ['WECHAT_MP_NOTICE', 'letter:Xw3:thing1'],
  ])('%s is not %s: said with what it should be, never with what it was', (name, value) => {
    const [problem, ...others] = problems({ ...ALL, [name]: value })
    expect(others).toEqual([])
    expect(problem).toMatch(new RegExp(`^${name} must `))
    expect(problem).not.toContain(value === 'Xw3' ? 'never' : value)
  })
})
