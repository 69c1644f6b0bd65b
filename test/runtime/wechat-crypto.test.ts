import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestHarness } from 'wrangler'
import vectors from '../bots/fixtures/wechat-vectors.json' with { type: 'json' }
import { encrypt } from '../fakes/wechat-mp-envelope.ts'

const folder = mkdtempSync(join(tmpdir(), 'weiqitong-crypto-'))
const account = {
  appId: 'wxb11529c136998cb6',
  token: 't',
  aesKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG',
}
let harness: ReturnType<typeof createTestHarness>
let url = ''
beforeAll(async () => {
  const main = fileURLToPath(new URL('../fixtures/wechat-crypto-worker.ts', import.meta.url))
  // Without nodejs_compat: the cipher must be the runtime's own.
  writeFileSync(
    join(folder, 'wrangler.toml'),
    `name = "crypto"\nmain = "${main}"\ncompatibility_date = "2026-08-01"\n`,
  )
  harness = createTestHarness({ workers: [{ configPath: join(folder, 'wrangler.toml') }] })
  url = (await harness.listen()).url.href
})
afterAll(async () => {
  await harness.close()
  rmSync(folder, { recursive: true, force: true })
})

const ask = async (asks: object[]): Promise<(string | null)[]> =>
  (await fetch(url, { method: 'POST', body: JSON.stringify(asks) })).json()

it('signs, opens and seals all published vectors in workerd', async () => {
  const signed = vectors.url_signature.map(({ token, timestamp, nonce }) => ({
    kind: 'sign',
    parts: [token, timestamp, nonce],
  }))
  expect(await ask(signed)).toEqual(vectors.url_signature.map(({ signature }) => signature))
  const messages = vectors.decrypt.map(({ token, timestamp, nonce, ciphertext }) => ({
    kind: 'sign',
    parts: [token, timestamp, nonce, ciphertext],
  }))
  expect(await ask(messages)).toEqual(vectors.decrypt.map((vector) => vector.msg_signature))
  const all = [...vectors.encrypt, ...vectors.decrypt]
  const opened = all.map(({ ciphertext, encodingAESKey, appid }) => ({
    kind: 'open',
    sealed: ciphertext,
    aesKey: encodingAESKey,
    appId: appid,
  }))
  expect(await ask(opened)).toEqual(all.map(({ plaintext }) => plaintext))
  const sealed = vectors.encrypt.map(({ plaintext, encodingAESKey, appid, random }) => ({
    kind: 'seal',
    message: plaintext,
    aesKey: encodingAESKey,
    appId: appid,
    random,
  }))
  expect(await ask(sealed)).toEqual(vectors.encrypt.map(({ ciphertext }) => ciphertext))
})

it('opens 64 lengths that Node sealed, and none for another account', async () => {
  const messages = Array.from(
    { length: 64 },
    (_, length) => '补'.repeat(length % 3) + 'x'.repeat(length),
  )
  const asks = (appId: string) =>
    messages.map((message) => ({
      kind: 'open',
      sealed: encrypt(message, account),
      aesKey: account.aesKey,
      appId,
    }))
  expect(await ask(asks(account.appId))).toEqual(messages)
  expect(await ask(asks('wx0000000000000000'))).toEqual(messages.map(() => null))
})
