import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  type KeyObject,
} from 'node:crypto'
import { type Cipher, VaultError } from './vault.ts'

const ALGORITHM = 'aes-256-gcm'
const TAG_BYTES = 16

/**
 * By Node's own crypto: the same bytes as WebCrypto's, at a third of its cost, since a short text needs
 * no thread of its own.
 */
export const nodeCipher: Cipher = {
  encrypt(key, head, nonce, place, plain) {
    const cipher = createCipheriv(ALGORITHM, keyObjectOf(key), nonce)
    cipher.setAAD(Buffer.from(place))
    const body = typeof plain === 'string' ? cipher.update(plain, 'utf8') : cipher.update(plain)
    cipher.final()
    return Buffer.concat([head, nonce, body, cipher.getAuthTag()])
  },
  decrypt(key, nonce, place, sealed) {
    try {
      const end = sealed.length - TAG_BYTES
      const decipher = createDecipheriv(ALGORITHM, keyObjectOf(key), nonce, {
        authTagLength: TAG_BYTES,
      })
      decipher.setAAD(Buffer.from(place))
      decipher.setAuthTag(sealed.subarray(end))
      const plain = decipher.update(sealed.subarray(0, end))
      decipher.final()
      return plain
    } catch {
      throw new VaultError('a sealed value was changed, or belongs elsewhere')
    }
  },
  mac: (key, value) => createHmac('sha256', keyObjectOf(key)).update(value).digest(),
}

const keyObjects = new WeakMap<Uint8Array, KeyObject>()

/** Node takes a key's bytes at four times the cost of a key that it has made its own. */
function keyObjectOf(key: Uint8Array): KeyObject {
  const known = keyObjects.get(key)
  if (known !== undefined) return known
  const made = createSecretKey(key)
  keyObjects.set(key, made)
  return made
}
