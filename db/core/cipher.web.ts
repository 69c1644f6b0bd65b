import { type Cipher, VaultError } from './vault.ts'

const encoder = new TextEncoder()

/** By WebCrypto, which every runtime has (https://www.w3.org/TR/WebCryptoAPI/#aes-gcm). */
export function createWebCipher(): Cipher {
  const keyOf = createImport('AES-GCM', ['encrypt', 'decrypt'])
  const macKeyOf = createImport({ name: 'HMAC', hash: 'SHA-256' }, ['sign'])
  return {
    async encrypt(key, head, nonce, place, plain) {
      const sealed = await crypto.subtle.encrypt(
        parameters(nonce, place),
        await keyOf(key),
        typeof plain === 'string' ? encoder.encode(plain) : Uint8Array.from(plain),
      )
      const whole = new Uint8Array(head.length + nonce.length + sealed.byteLength)
      whole.set(head)
      whole.set(nonce, head.length)
      whole.set(new Uint8Array(sealed), head.length + nonce.length)
      return whole
    },
    async decrypt(key, nonce, place, sealed) {
      try {
        const plain = await crypto.subtle.decrypt(
          parameters(nonce, place),
          await keyOf(key),
          Uint8Array.from(sealed),
        )
        return new Uint8Array(plain)
      } catch {
        throw new VaultError('a sealed value was changed, or belongs elsewhere')
      }
    },
    async mac(key, value) {
      const mac = await crypto.subtle.sign('HMAC', await macKeyOf(key), Uint8Array.from(value))
      return new Uint8Array(mac)
    },
  }
}

/** Imports each key once. */
function createImport(algorithm: string | HmacImportParams, usages: KeyUsage[]) {
  const imported = new WeakMap<Uint8Array, Promise<CryptoKey>>()
  return (bytes: Uint8Array) => {
    const known = imported.get(bytes)
    if (known !== undefined) return known
    const key = crypto.subtle.importKey('raw', Uint8Array.from(bytes), algorithm, false, usages)
    imported.set(bytes, key)
    return key
  }
}

function parameters(nonce: Uint8Array, place: string) {
  return {
    name: 'AES-GCM',
    iv: Uint8Array.from(nonce),
    additionalData: encoder.encode(place),
  }
}
