import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createMenu, renderMenu } from '../../bots/wechat-mp/menu.ts'
import { createQr } from '../../bots/wechat-mp/qr.ts'
import { MAX_MEDIA_BYTES, openMedia } from '../../bots/wechat-platform/media.ts'
import { guiyang2018 } from '../../db/policy/guiyang-2018/pack.ts'
import { createTranslate } from '../../locales/i18n.ts'
import { runWechatMpCommand } from '../../src/channels/cli.ts'
import { registerWechatMenu } from '../../src/channels/wechat-mp.ts'
import { savePack } from '../../src/kernel/commit/save-pack.ts'
import { readConfig } from '../../src/kernel/config.ts'
import { type FakeWechatMp, startFakeWechatMp } from '../fakes/wechat-mp.ts'
import { vault } from '../helpers/cases.ts'
import { createTestMp, openDatabase } from '../helpers/channels/wechat-mp.ts'
import { CTX } from '../helpers/play.ts'

let now = Date.parse('2018-06-01T02:00:00.000Z')
const time = () => new Date(now).toISOString()
let fake: FakeWechatMp
beforeEach(async () => {
  now = Date.parse('2018-06-01T02:00:00.000Z')
  fake = await startFakeWechatMp({ now: () => now })
})
afterEach(() => fake.close())
const create = (settings: Record<string, string> = {}) =>
  createTestMp(fake, { now: time, settings })
const qr = ({ api }: Awaited<ReturnType<typeof create>>) => createQr(api.call, 'apply', 'for-ever')

describe('the access token', () => {
  it('is fetched once for many calls, and by one process of many', async () => {
    const db = await openDatabase()
    const processes = await Promise.all(
      [1, 2, 3, 4].map(() => createTestMp(fake, { now: time, db })),
    )
    const results = await Promise.all(processes.flatMap((one) => [qr(one), qr(one)]))
    expect(results.every(({ ok }) => ok)).toBe(true)
    expect(fake.tokenCalls).toHaveLength(1)
    const [rows] = await db.read([{ sql: 'SELECT * FROM wechat_tokens', args: [] }])
    const stored = JSON.stringify(
      rows?.[0]?.map((value) =>
        value instanceof Uint8Array ? Buffer.from(value).toString() : value,
      ),
    )
    expect(stored).not.toContain('fake-access-token')
    expect(rows?.[0]?.at(-1)).toBeNull()
  })

  it('is renewed before it ends', async () => {
    const one = await create()
    await qr(one)
    now += 7000 * 1000
    await qr(one)
    expect(fake.tokenCalls).toHaveLength(1)
    now += 100 * 1000
    await qr(one)
    expect(fake.tokenCalls).toHaveLength(2)
  })

  it('that is good no more is renewed once, without force where WeChat has a newer one', async () => {
    const one = await create()
    await qr(one)
    fake.invalidateToken()
    expect(await qr(one)).toMatchObject({ ok: true })
    expect(fake.tokenCalls.map((call) => call.force_refresh)).toEqual([false, false])
  })

  it('that comes back the same although it is bad is renewed by force', async () => {
    const one = await create()
    await qr(one)
    fake.trouble('qrcode/create', { errcode: 42001 })
    expect(await qr(one)).toMatchObject({ ok: true })
    expect(fake.tokenCalls.map((call) => call.force_refresh)).toEqual([false, false, true])
  })

  it('is not renewed again and again', async () => {
    const one = await create()
    for (let times = 0; times < 2; times++) fake.trouble('qrcode/create', { errcode: 40001 })
    expect(await qr(one)).toMatchObject({ ok: false, failure: 'misconfigured' })
    expect(fake.calls).toHaveLength(2)
  })

  it('another process has renewed is taken from it', async () => {
    const db = await openDatabase()
    const first = await createTestMp(fake, { now: time, db })
    const second = await createTestMp(fake, { now: time, db })
    await qr(first)
    await qr(second)
    fake.invalidateToken()
    await qr(first)
    expect(fake.tokenCalls).toHaveLength(2)
    expect(await qr(second)).toMatchObject({ ok: true })
    expect(fake.tokenCalls).toHaveLength(2)
  })

  it('cannot be had: the operator is told which address to whitelist, and the lease is free', async () => {
    const one = await create()
    fake.isWhitelisted = false
    const refused = await qr(one)
    expect(refused).toMatchObject({ ok: false, failure: 'misconfigured' })
    expect(JSON.stringify(refused)).toContain('203.0.113.7')
    expect(fake.calls).toEqual([])
    fake.isWhitelisted = true
    expect(await qr(one)).toMatchObject({ ok: true })
  })

  it('a wrong secret, a cut line and a strange answer are values without the secret', async () => {
    const wrong = await create({ WECHAT_MP_APP_SECRET: 'f'.repeat(32) })
    expect(JSON.stringify(await qr(wrong))).toContain('WECHAT_MP_APP_SECRET is wrong')
    const one = await create()
    fake.trouble('stable_token', 'reset')
    const cut = JSON.stringify(await qr(one))
    expect(cut).toContain('unavailable')
    expect(cut).not.toContain(fake.account.secret)
  })

  it('a process that died with the lease is waited for, not longer than the lease', async () => {
    const one = await create()
    await one.db.write([
      {
        sql: 'INSERT INTO wechat_tokens (app_id, leased_until) VALUES (?, ?)',
        args: [fake.account.appId, new Date(now + 1000).toISOString()],
      },
    ])
    const waiting = qr(one)
    setTimeout(() => {
      now += 2000
    }, 300)
    expect(await waiting).toMatchObject({ ok: true })
  })
})

describe('a call', () => {
  it('goes by a relay where one is set', async () => {
    const one = await create({ WECHAT_MP_API_ROOT: `${fake.url}/` })
    expect(await qr(one)).toMatchObject({ ok: true, url: 'http://weixin.qq.com/q/fake' })
  })

  it('of an interface that the account may not use is not repeated for a while', async () => {
    const one = await create()
    fake.forbidden.add('qrcode/create')
    expect(await qr(one)).toMatchObject({ failure: 'misconfigured' })
    expect(await qr(one)).toMatchObject({ failure: 'misconfigured' })
    expect(fake.calls).toHaveLength(1)
    fake.forbidden.clear()
    now += 11 * 60_000
    expect(await qr(one)).toMatchObject({ ok: true })
  })

  it('to nobody is a value without the token', async () => {
    const one = await create()
    await qr(one)
    fake.trouble('qrcode/create', 'reset')
    const failed = JSON.stringify(await qr(one))
    expect(failed).toContain('unavailable')
    expect(failed).not.toContain('access-token')
  })
})

describe('media', () => {
  const read = async (id: string) => {
    const { api } = await create()
    const media = await openMedia(api, id)
    if (!media.ok) return media
    return { ...media, body: new Uint8Array(await new Response(media.body).arrayBuffer()) }
  }

  it('comes as it was sent', async () => {
    const bytes = new Uint8Array(100_000).map((_, index) => index)
    fake.keepMedia('m1', { bytes, mime: 'image/jpeg' })
    expect(await read('m1')).toEqual({ ok: true, body: bytes, mime: 'image/jpeg', name: 'm1.jpg' })
  })

  it('that is gone, or larger than 10 MB, is refused', async () => {
    expect(await read('gone')).toMatchObject({ ok: false, failure: 'rejected' })
    fake.keepMedia('big', { bytes: new Uint8Array(MAX_MEDIA_BYTES + 1), mime: 'image/jpeg' })
    await expect(read('big')).rejects.toThrow(/10 MB/)
  })
})

describe('the menu', () => {
  it('is made of what the conversation offers', async () => {
    const { api } = await create()
    expect(await registerWechatMenu(api, CTX, createTranslate())).toEqual([])
    const { button } = fake.menu as {
      button: { name: string; key?: string; sub_button?: object[] }[]
    }
    expect(button[0]).toMatchObject({ name: '问政策', key: '!policy-question:entry:x' })
    expect(button.map(({ name }) => name)).toEqual(['问政策', '办事', '更多'])
    expect(JSON.stringify(button)).toContain('!person')
  })

  it('holds no more than WeChat takes', async () => {
    const { api } = await create()
    const items = Array.from({ length: 9 }, (_, index) => ({
      value: `!x:${index}`,
      label: '一个比二十个汉字还要长得多的选项，谁也不会在手机上看完',
    }))
    const groups = Array.from({ length: 4 }, () => ({ label: '六个汉字以上', items }))
    expect(await createMenu(api.call, groups)).toEqual([])
    const [first] = renderMenu(groups).button
    expect(first).toMatchObject({ name: '六个汉字…' })
    expect(renderMenu([{ label: 'x', items: [] }])).toEqual({ button: [] })
    expect(await createMenu(api.call, [])).toEqual([expect.stringContaining('menu/create: 40016')])
  })
})

describe('a QR code', () => {
  it('says where it leads, for a time or for ever', async () => {
    const { api } = await create()
    expect(await createQr(api.call, 'apply', 9_999_999)).toEqual({
      ok: true,
      url: 'http://weixin.qq.com/q/fake',
      picture: 'https://mp.weixin.qq.com/cgi-bin/showqrcode?ticket=gQ%2Ffake%3D%3D',
    })
    await createQr(api.call, 'apply', 'for-ever')
    expect(fake.calls.map(({ body }) => body)).toEqual([
      {
        action_name: 'QR_STR_SCENE',
        expire_seconds: 2_592_000,
        action_info: { scene: { scene_str: 'apply' } },
      },
      { action_name: 'QR_LIMIT_STR_SCENE', action_info: { scene: { scene_str: 'apply' } } },
    ])
    for (const scene of ['', '不行', 'x'.repeat(65)]) {
      await expect(createQr(api.call, scene, 60)).rejects.toThrow(RangeError)
    }
  })
})

describe('the command line', () => {
  const run = async (args: string[]) => {
    const { db, config } = await create()
    await savePack(db, guiyang2018(), time())
    return runWechatMpCommand({ db, vault, now: time, config }, args)
  }

  it('sets the menu of the programme', async () => {
    expect(await run(['menu'])).toMatchObject({ ok: true })
    const { button } = fake.menu as { button: { name: string; sub_button?: { key: string }[] }[] }
    expect(button.map(({ name }) => name)[0]).toBe('问政策')
    const keys = button[0]?.sub_button?.map(({ key }) => key) ?? []
    expect(keys.length).toBeGreaterThan(1)
    expect(keys.every((key) => key.startsWith('!policy-question:entry:'))).toBe(true)
  })

  it('makes a code, and says what is wrong', async () => {
    expect((await run(['qr', 'apply'])).lines).toHaveLength(2)
    expect(await run(['qr', '不行'])).toMatchObject({ ok: false })
    expect(await run(['dance'])).toMatchObject({ ok: false })
    fake.isWhitelisted = false
    const refused = await run(['menu'])
    expect(refused.ok).toBe(false)
    expect(refused.lines.join()).toContain('203.0.113.7')
    const { db } = await create()
    const world = { db, vault, now: time, config: readConfig({}) }
    expect((await runWechatMpCommand(world, ['menu'])).lines.join()).toContain('WECHAT_MP_APP_ID')
  })
})
