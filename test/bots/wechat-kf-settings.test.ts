import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { renderMenu } from '../../bots/wechat-mp/menu.ts'
import { runWechatKfCommand } from '../../src/channels/cli.ts'
import { ConfigError, readConfig } from '../../src/kernel/config.ts'
import { type FakeWechatKf, startFakeWechatKf } from '../fakes/wechat-kf.ts'
import { vault } from '../helpers/cases.ts'
import { kfSettings } from '../helpers/channels/wechat-kf.ts'
import { openDatabase } from '../helpers/channels/wechat-mp.ts'

let fake: FakeWechatKf
beforeAll(async () => {
  fake = await startFakeWechatKf()
})
afterAll(() => fake.close())

const now = () => '2018-06-01T02:00:00.000Z'
const run = async (args: readonly string[], settings = kfSettings(fake)) =>
  runWechatKfCommand({ db: await openDatabase(), vault, now, config: readConfig(settings) }, args)

describe('a link to the account', () => {
  it('says the scene that it was made for', async () => {
    expect(await run(['link'])).toEqual({
      ok: true,
      lines: ['https://work.weixin.qq.com/kf/kfcfake?enc_scene=E'],
    })
    const { lines } = await run(['link', 'apply'])
    expect(new URL(String(lines[0])).searchParams.get('scene_param')).toBe('apply')
  })

  it('says what is wrong', async () => {
    expect((await run(['link', 'a b'])).ok).toBe(false)
    fake.isListed = false
    expect((await run(['link'])).lines.join()).toMatch(/60020.*WECHAT_KF_API_ROOT/)
    fake.isListed = true
  })

  it('stands in the menu of the official account', () => {
    const url = 'https://work.weixin.qq.com/kf/kfcfake'
    const { button } = renderMenu([
      {
        label: '更多',
        items: [
          { url, label: '微信客服' },
          { value: '!help', label: '帮助' },
        ],
      },
    ])
    expect(button).toEqual([
      {
        name: '更多',
        sub_button: [
          { type: 'view', name: '微信客服', url },
          { type: 'click', name: '帮助', key: '!help' },
        ],
      },
    ])
  })
})

describe('the settings', () => {
  it('are whole or none', () => {
    const { WECHAT_KF_SECRET: _, ...rest } = kfSettings(fake)
    expect(() => readConfig(rest)).toThrow(ConfigError)
    expect(() => readConfig(rest)).toThrow(/WECHAT_KF_SECRET is needed/)
    expect(() => readConfig({})).not.toThrow()
  })
})
