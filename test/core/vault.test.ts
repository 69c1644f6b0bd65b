import { describe, expect, it } from 'vitest'
import { nodeCipher } from '../../db/core/cipher.node.ts'
import { createWebCipher } from '../../db/core/cipher.web.ts'
import { createVault, keyIdOf, VaultError } from '../../db/core/vault.ts'

const key = (fill: number) => new Uint8Array(32).fill(fill)
const KEYS = { dataKeys: [{ id: 'k1', bytes: key(1) }], indexKey: key(9) }
const ROTATED = {
  dataKeys: [
    { id: 'k2', bytes: key(2) },
    { id: 'k1', bytes: key(1) },
  ],
  indexKey: key(9),
}
const ciphers = { node: () => nodeCipher, web: createWebCipher }
const vaults = { node: createVault(KEYS, nodeCipher), web: createVault(KEYS, createWebCipher()) }
const MEGABYTE = new Uint8Array(1024 * 1024).map((_, index) => (index * 31) % 251)

describe.each(['node', 'web'] as const)('values sealed by %s', (sealer) => {
  describe.each(['node', 'web'] as const)('and opened by %s', (opener) => {
    it.each(['', '张三', '{"a":1}', '\u0000', '🙂'.repeat(1000)])('come back: %#', async (text) => {
      const sealed = await vaults[sealer].seal(text, 'case:1')
      expect(await vaults[opener].openText(sealed, 'case:1')).toBe(text)
    })

    it('come back at 1 MiB', async () => {
      const sealed = await vaults[sealer].seal(MEGABYTE, 'attachment:1')
      const opened = await vaults[opener].open(sealed, 'attachment:1')
      expect(Buffer.compare(opened, MEGABYTE)).toBe(0)
    })

    it('open in no other place, nor with a changed bit anywhere', async () => {
      const sealed = await vaults[sealer].seal('520102190001010009', 'case:1')
      await expect(opened(vaults[opener], sealed, 'case:2')).rejects.toThrow(VaultError)
      await expect(opened(vaults[opener], sealed, '')).rejects.toThrow(VaultError)
      for (let at = 0; at < sealed.length * 8; at++) {
        const changed = Uint8Array.from(sealed)
        changed[at >> 3] = (changed[at >> 3] ?? 0) ^ (1 << (at & 7))
        await expect(opened(vaults[opener], changed, 'case:1'), `bit ${at}`).rejects.toThrow()
      }
      for (let length = 0; length < sealed.length; length++) {
        const cut = sealed.subarray(0, length)
        await expect(opened(vaults[opener], cut, 'case:1'), `cut at ${length}`).rejects.toThrow(
          VaultError,
        )
      }
    })

    it('open after a rotation, and not without the key', async () => {
      const old = await vaults[sealer].seal('before', 'x')
      const rotated = createVault(ROTATED, ciphers[opener]())
      expect(await rotated.openText(old, 'x')).toBe('before')
      const fresh = await rotated.seal('after', 'x')
      expect(keyIdOf(fresh)).toBe('k2')
      await expect(opened(vaults[sealer], fresh, 'x')).rejects.toThrow(
        'the key k2 is not among DATA_KEYS',
      )
    })
  })

  it('never repeat a nonce, nor show a length that was not there', async () => {
    const sealed = await Promise.all(
      Array.from({ length: 200 }, () => vaults[sealer].seal('same', 'same')),
    )
    expect(new Set(sealed.map((value) => Buffer.from(value).toString('hex'))).size).toBe(200)
    for (const value of sealed) expect(Buffer.from(value).includes('same')).toBe(false)
  })
})

describe('a vault', () => {
  it('opens what was stored before there was one', async () => {
    const plain = new TextEncoder().encode('{"text":"old"}')
    expect(await vaults.node.openText(plain, 'anywhere')).toBe('{"text":"old"}')
  })

  it('knows no other format', async () => {
    const sealed = await vaults.node.seal('x', 'y')
    for (const format of [0, 2, 3, 255]) {
      const other = Uint8Array.from(sealed)
      other[0] = format
      await expect(opened(vaults.node, other, 'y')).rejects.toThrow('not a sealed value')
    }
    await expect(opened(vaults.node, new Uint8Array(), 'y')).rejects.toThrow(VaultError)
  })

  it.each([
    [{ dataKeys: [], indexKey: key(1) }, 'no data key'],
    [{ dataKeys: [{ id: 'k', bytes: new Uint8Array(31) }], indexKey: key(1) }, '32 bytes'],
    [{ dataKeys: [{ id: 'k', bytes: key(1) }], indexKey: new Uint8Array(16) }, '32 bytes'],
    [
      {
        dataKeys: [
          { id: 'k', bytes: key(1) },
          { id: 'k', bytes: key(2) },
        ],
        indexKey: key(1),
      },
      'one id',
    ],
  ])('is not made of wrong keys: %#', (keys, problem) => {
    expect(() => createVault(keys, nodeCipher)).toThrow(problem)
  })

  it('has one index for a value of a kind, on every runtime and after a rotation', async () => {
    const index = await vaults.node.index('identity', '520102190001010009')
    expect(await vaults.web.index('identity', '520102190001010009')).toBe(index)
    const rotated = createVault(ROTATED, nodeCipher)
    expect(await rotated.index('identity', '520102190001010009')).toBe(index)
    expect(index).toMatch(/^[\w-]{43}$/)
    const others = await Promise.all([
      vaults.node.index('identity', '520102190001010000'),
      vaults.node.index('mobile', '520102190001010009'),
      vaults.node.index('identity5', '20102190001010009'),
      vaults.node.index('identity","5', '20102190001010009'),
      createVault({ ...KEYS, indexKey: key(8) }, nodeCipher).index(
        'identity',
        '520102190001010009',
      ),
    ])
    expect(new Set([index, ...others]).size).toBe(6)
  })
})

/** As a promise, whether the cipher answers at once or not. */
async function opened(vault: typeof vaults.node, sealed: Uint8Array, context: string) {
  return vault.open(sealed, context)
}
