import { decrypt, encrypt, getSignature } from '@wecom/crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Channel } from '../../flows/engine/channel.ts'
import { createApp } from '../../src/app.ts'
import { startFakeWechatKf } from '../fakes/wechat-kf.ts'
import { startFakeWechatMp } from '../fakes/wechat-mp.ts'
import { createWorld, type TestWorld } from '../helpers/app.ts'
import { createTestKf } from '../helpers/channels/wechat-kf.ts'
import { createTestMp, openDatabase } from '../helpers/channels/wechat-mp.ts'

const SECONDS = Date.parse('2018-06-01T02:00:00.000Z') / 1000
const now = () => '2018-06-01T02:00:00.000Z'

type Account = { appId: string; token: string; aesKey: string }
let world: TestWorld
let closeFake = async () => {}
let account: Account
const open = async (made: { account: Account; close: () => Promise<void> }, channel: Channel) => {
  account = made.account
  closeFake = made.close
  world = await createWorld([channel], { db: await openDatabase() })
  world.deps.now = now
}
afterEach(async () => {
  await Promise.all(world.background.splice(0))
  await closeFake()
  await world.close()
})

/** Sends what @wecom/crypto has sealed and signed; `of` may be another account. */
async function post(path: string, message: string, of: Account = account): Promise<Response> {
  const sealed = encrypt(of.aesKey, message, of.appId)
  const query = new URLSearchParams({
    timestamp: String(SECONDS),
    nonce: 'n1',
    encrypt_type: 'aes',
    signature: getSignature(of.token, SECONDS, 'n1', ''),
    msg_signature: getSignature(of.token, SECONDS, 'n1', sealed),
  })
  const body = `<xml><ToUserName><![CDATA[x]]></ToUserName><Encrypt><![CDATA[${sealed}]]></Encrypt></xml>`
  return createApp(world.deps).request(`${path}?${query}`, { method: 'POST', body })
}
const inside = (xml: string, name: string) =>
  new RegExp(`<${name}>(?:<!\\[CDATA\\[)?([^]*?)(?:\\]\\]>)?</${name}>`).exec(xml)?.[1] ?? ''
const OTHER = {
  appId: 'wx0000000000000000',
  token: 'another',
  aesKey: 'ZYXWVUTSRQPONMLKJIHGFEDCBAzyxwvutsrqponmlkj',
}

describe('@wecom/crypto and the official account', () => {
  beforeEach(async () => {
    const fake = await startFakeWechatMp({ now: () => SECONDS * 1000 })
    await open(fake, (await createTestMp(fake, { now })).channel)
  })
  const MESSAGE = `<xml><ToUserName>gh_1</ToUserName><FromUserName>openid1</FromUserName><CreateTime>${SECONDS}</CreateTime><MsgType>text</MsgType><Content><![CDATA[钱多少]]></Content><MsgId>24000000000000001</MsgId></xml>`

  it('what it seals is heard, and what we answer it opens', async () => {
    const response = await post('/webhooks/wechat-mp', MESSAGE)
    const xml = await response.text()
    expect(response.status).toBe(200)
    const sealed = inside(xml, 'Encrypt')
    const signature = getSignature(
      account.token,
      inside(xml, 'TimeStamp'),
      inside(xml, 'Nonce'),
      sealed,
    )
    expect(inside(xml, 'MsgSignature')).toBe(signature)
    const { message, id } = decrypt(account.aesKey, sealed)
    expect(id).toBe(account.appId)
    expect(message).toContain('4.5万')
  })

  it('what it seals for another account is refused', async () => {
    for (const of of [
      { ...account, appId: OTHER.appId },
      { ...account, token: OTHER.token },
      { ...account, aesKey: OTHER.aesKey },
    ]) {
      expect((await post('/webhooks/wechat-mp', MESSAGE, of)).status).toBeGreaterThanOrEqual(400)
    }
  })
})

describe('@wecom/crypto and 微信客服', () => {
  let kf: Awaited<ReturnType<typeof startFakeWechatKf>>
  beforeEach(async () => {
    kf = await startFakeWechatKf({ now: () => SECONDS * 1000 })
    kf.callsBack = false
    await open(kf, (await createTestKf(kf, { now })).channel)
  })
  const callback = () =>
    `<xml><ToUserName>${account.appId}</ToUserName><CreateTime>${SECONDS}</CreateTime><MsgType>event</MsgType><Event>kf_msg_or_event</Event><Token>sync-1</Token><OpenKfId>${kf.account.openKfId}</OpenKfId></xml>`

  it('a callback that it seals has what was said fetched', async () => {
    await kf.person('wmTheirs').type('钱多少')
    expect((await post('/webhooks/wechat-kf', callback())).status).toBe(200)
    await Promise.all(world.background.splice(0))
    expect(kf.calls.map(({ path }) => path)).toContain('kf/sync_msg')
  })

  it('a callback for another account fetches nothing', async () => {
    const of = { ...account, aesKey: OTHER.aesKey }
    expect((await post('/webhooks/wechat-kf', callback(), of)).status).toBeGreaterThanOrEqual(400)
    expect(kf.calls).toEqual([])
  })

  it('the address is proven with a text that it seals', async () => {
    const sealed = encrypt(account.aesKey, '1616140317555161061', account.appId)
    const query = new URLSearchParams({
      timestamp: String(SECONDS),
      nonce: 'n2',
      echostr: sealed,
      msg_signature: getSignature(account.token, SECONDS, 'n2', sealed),
    })
    const response = await createApp(world.deps).request(`/webhooks/wechat-kf?${query}`)
    expect([response.status, await response.text()]).toEqual([200, '1616140317555161061'])
  })
})
