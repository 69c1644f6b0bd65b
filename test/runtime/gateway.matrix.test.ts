import { expect, it } from 'vitest'
import { type SignaturePurpose, signedHeaders } from '../../bots/wechat/signature.ts'
import { describeMatrix } from './matrix.ts'

const SECRET = 'a-gateway-secret-for-tests-32-chars'

describeMatrix(
  'the WeChat gateway',
  ({ fetch }) => {
    let nonces = 0
    const call = async (
      method: string,
      path: string,
      purpose: SignaturePurpose,
      body: string | Uint8Array<ArrayBuffer>,
      nonce = `nonce-for-tests-${Date.now()}-${++nonces}`,
    ) => {
      const now = new Date().toISOString()
      const headers = await signedHeaders({ secret: SECRET, purpose, body, now, nonce })
      return fetch(`/webhooks/wechat${path}`, { method, body, headers })
    }
    const state = {
      phase: 'waiting-for-scan',
      puppet: 'wechaty-puppet-mock',
      qr: 'https://login.weixin.qq.com/l/abc',
      since: new Date().toISOString(),
      lastMessageAt: null,
      waiting: { inbound: 0, outbound: 0 },
      sentToday: 0,
      dailyCap: 200,
      problem: null,
    }

    it('posts what people say and gets the replies, once for each request', async () => {
      const at = new Date().toISOString()
      const input = { type: 'text', text: '钱多少' }
      const body = JSON.stringify({ id: 'wechat:1', from: 'id:wxid_1', at, input })
      const nonce = `nonce-used-twice-${Date.now()}`
      const first = await call('POST', '', 'inbound', body, nonce)
      expect(first.status).toBe(200)
      const said = await first.text()
      expect(said).toContain('4.5')
      expect((await call('POST', '', 'inbound', body, nonce)).status).toBe(401)
      expect(await (await call('POST', '', 'inbound', body)).text()).toBe(said)
    })

    it('is seen at /readyz, without its QR code', async () => {
      const beat = JSON.stringify({ gateway: 'g1', state })
      expect((await call('POST', '/state', 'state', beat)).status).toBe(200)
      const ready = await (await fetch('/readyz')).text()
      expect(JSON.parse(ready)).toMatchObject({
        ready: true,
        gateway: { isHere: true, state: { phase: 'waiting-for-scan' } },
      })
      expect(ready).not.toContain('login.weixin.qq.com')
    })

    it('polls, and hears nothing when nothing is due', async () => {
      const body = JSON.stringify({ gateway: 'g1', wait: 1, most: 10, held: [] })
      const response = await call('POST', '/outbox', 'outbox', body)
      expect(await response.json()).toEqual({ rows: [] })
    })

    it('hands over files of up to 10 MB', async () => {
      const megabyte = 1024 * 1024
      const file = new Uint8Array(10 * megabyte).fill(7)
      expect((await call('PUT', '/media/m-1', 'media m-1', file)).status).toBe(200)
      const larger = new Uint8Array(10 * megabyte + 1)
      expect((await call('PUT', '/media/m-2', 'media m-2', larger)).status).toBe(413)
    })
  },
  async () => ({ WECHAT_GATEWAY_SECRET: SECRET }),
)
