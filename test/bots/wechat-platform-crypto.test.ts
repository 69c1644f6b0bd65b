import { describe, expect, it } from 'vitest'
import {
  importAesKey,
  isSignedBy,
  openMessage,
  sealMessage,
  signatureOf,
} from '../../bots/wechat-platform/crypto.ts'
import { decrypt, encrypt } from '../fakes/wechat-mp-envelope.ts'
import vectors from './fixtures/wechat-vectors.json' with { type: 'json' }

const KEY = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG'
const OTHER_KEY = `${KEY.slice(1)}a`
const APP = 'wxb11529c136998cb6'
const account = { appId: APP, token: 't', aesKey: KEY }
const openWith = async (sealed: string, keys: string[], appId = APP) =>
  openMessage(sealed, { keys: await Promise.all(keys.map(importAesKey)), appId })

describe('the published vectors', () => {
  it.each(vectors.url_signature)('$name', async ({ token, timestamp, nonce, signature }) => {
    expect(await signatureOf([token, timestamp, nonce])).toBe(signature)
  })

  it.each(vectors.encrypt)('$name', async (vector) => {
    const key = await importAesKey(vector.encodingAESKey)
    const random = new TextEncoder().encode(vector.random)
    const sealed = await sealMessage(vector.plaintext, { key, appId: vector.appid }, random)
    expect(sealed).toBe(vector.ciphertext)
    const opened = await openWith(sealed, [vector.encodingAESKey], vector.appid)
    expect(opened?.message).toBe(vector.plaintext)
    const { token, timestamp, nonce, msg_signature: signature } = vector
    if (signature === undefined) return
    expect(await signatureOf([token ?? '', timestamp ?? '', nonce ?? '', sealed])).toBe(signature)
  })

  it.each(vectors.decrypt)('$name', async (vector) => {
    const { token, timestamp, nonce, ciphertext, msg_signature: signature } = vector
    expect(await isSignedBy(signature, [token, timestamp, nonce, ciphertext])).toBe(true)
    const opened = await openWith(ciphertext, [vector.encodingAESKey], vector.appid)
    expect(opened?.message).toBe(vector.plaintext)
  })
})

describe('a sealed message', () => {
  it('comes back whole at each of 64 lengths, as WeChat would seal and open it', async () => {
    const key = await importAesKey(KEY)
    for (let length = 0; length < 64; length++) {
      const message = '补'.repeat(length % 3) + 'x'.repeat(length)
      expect((await openWith(encrypt(message, account), [KEY]))?.message, `${length}`).toBe(message)
      expect(decrypt(await sealMessage(message, { key, appId: APP }), account)).toBe(message)
    }
  })

  it('is different each time', async () => {
    const key = await importAesKey(KEY)
    const seal = () => sealMessage('你好', { key, appId: APP })
    expect(await seal()).not.toBe(await seal())
  })

  it('opens with the current or the previous key, and tells which', async () => {
    const old = encrypt('你好', account)
    const opened = await openWith(old, [OTHER_KEY, KEY])
    expect(opened?.message).toBe('你好')
    const answer = await sealMessage('好的', { key: opened?.key ?? never(), appId: APP })
    expect(decrypt(answer, account)).toBe('好的')
  })

  it('does not open for another account, with another key, or changed', async () => {
    const sealed = encrypt('你好', account)
    expect(await openWith(sealed, [KEY], 'wx0000000000000000')).toBeNull()
    expect(await openWith(sealed, [KEY], `${APP}x`)).toBeNull()
    expect(await openWith(sealed, [OTHER_KEY])).toBeNull()
    for (const wrong of ['', 'x', '=', '不', 'AAAA', sealed.slice(4), `${sealed}AAAA`]) {
      expect(await openWith(wrong, [KEY]), wrong.slice(0, 9)).toBeNull()
    }
  })

  it('that was changed on its way opens or not, and never throws: the signature finds it out', async () => {
    const bytes = Buffer.from(encrypt('你好', account), 'base64')
    for (let index = 0; index < bytes.length; index++) {
      const changed = Buffer.from(bytes)
      changed[index] = (changed[index] ?? 0) ^ 0x55
      await expect(openWith(changed.toString('base64'), [KEY])).resolves.not.toBeUndefined()
    }
  })

  it('may hold a length that is larger than itself, and then does not open', async () => {
    const longer = encrypt('x'.repeat(10), { ...account, appId: '' })
    expect(await openWith(longer, [KEY])).toBeNull()
  })
})

it.each(['', 'short', `${KEY}x`, '!'.repeat(43)])('%s is no EncodingAESKey', async (key) => {
  await expect(importAesKey(key)).rejects.toThrow(/43/)
})

function never(): never {
  throw new Error('did not open')
}
