import { isSameSecret } from '../secret.ts'

/** WeChat pads to 32 bytes, although AES has blocks of 16. */
const PADDED_TO = 32
const BLOCK = 16
/** In front of a message: 16 random bytes, then its length in 4, big end first. */
const HEAD = 20

const encoder = new TextEncoder()

/** An imported EncodingAESKey. Its first 16 bytes are the IV of every message. */
export type AesKey = { key: CryptoKey; iv: Uint8Array<ArrayBuffer> }

/** The SHA-1 in hex that WeChat signs with: of all parts, sorted and joined; one of them is the token. */
export async function signatureOf(parts: readonly string[]): Promise<string> {
  const whole = encoder.encode([...parts].sort().join(''))
  return hex(new Uint8Array(await crypto.subtle.digest('SHA-1', whole)))
}

/** Compares in a time that does not tell how much was right. */
export async function isSignedBy(given: string, parts: readonly string[]): Promise<boolean> {
  return isSameSecret(given, await signatureOf(parts))
}

/** Imports the 43 characters of an EncodingAESKey. Throws where they are no key. */
export async function importAesKey(encodingAesKey: string): Promise<AesKey> {
  const bytes = bytesOf(`${encodingAesKey}=`)
  if (bytes === null || bytes.length !== 32)
    throw new RangeError('an EncodingAESKey has 43 letters')
  const key = await crypto.subtle.importKey('raw', bytes, 'AES-CBC', false, ['encrypt', 'decrypt'])
  return { key, iv: bytes.slice(0, BLOCK) }
}

/**
 * Opens a message with the first key that fits, which the answer must be sealed with again: WeChat
 * changes keys while messages are on their way. Null where no key opens it for this `appId`.
 * https://developers.weixin.qq.com/doc/subscription/guide/dev/push/encryption.html
 */
export async function openMessage(
  sealed: string,
  { keys, appId }: { keys: readonly AesKey[]; appId: string },
): Promise<{ message: string; key: AesKey } | null> {
  const bytes = bytesOf(sealed)
  if (bytes === null || bytes.length < PADDED_TO || bytes.length % BLOCK !== 0) return null
  for (const key of keys) {
    const plain = await decrypt(bytes, key)
    const message = plain === null ? null : readPlain(plain, appId)
    if (message !== null) return { message, key }
  }
  return null
}

/** Seals a message for WeChat, in base64. `random` is 16 bytes; a test may give them. */
export async function sealMessage(
  message: string,
  { key, appId }: { key: AesKey; appId: string },
  random: Uint8Array = crypto.getRandomValues(new Uint8Array(BLOCK)),
): Promise<string> {
  const words = encoder.encode(message)
  const app = encoder.encode(appId)
  const size = HEAD + words.length + app.length
  const pad = PADDED_TO - (size % PADDED_TO)
  const plain = new Uint8Array(size + pad).fill(pad)
  plain.set(random)
  new DataView(plain.buffer).setUint32(BLOCK, words.length)
  plain.set(words, HEAD)
  plain.set(app, HEAD + words.length)
  const sealed = await crypto.subtle.encrypt({ name: 'AES-CBC', iv: key.iv }, key.key, plain)
  // WebCrypto adds a block of padding of its own, which WeChat does not know.
  return base64(new Uint8Array(sealed, 0, plain.length))
}

/** Null where the padding is none of WeChat's. */
async function decrypt(sealed: Uint8Array, { key, iv }: AesKey): Promise<Uint8Array | null> {
  // WebCrypto takes padding of 16 bytes at most and WeChat's has up to 32: so one more block is put
  // behind, which is nothing but the padding that WebCrypto wants to take off.
  const last = sealed.slice(-BLOCK)
  const block = await crypto.subtle.encrypt({ name: 'AES-CBC', iv: last }, key, new Uint8Array())
  const longer = new Uint8Array(sealed.length + BLOCK)
  longer.set(sealed)
  longer.set(new Uint8Array(block), sealed.length)
  const plain = new Uint8Array(
    await crypto.subtle.decrypt({ name: 'AES-CBC', iv: new Uint8Array(iv) }, key, longer),
  )
  const pad = plain.at(-1) ?? 0
  if (pad < 1 || pad > PADDED_TO) return null
  const padding = plain.subarray(-pad)
  return padding.every((byte) => byte === pad) ? plain.subarray(0, -pad) : null
}

function readPlain(plain: Uint8Array, appId: string): string | null {
  if (plain.length < HEAD) return null
  const length = new DataView(plain.buffer, plain.byteOffset).getUint32(BLOCK)
  if (HEAD + length > plain.length) return null
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  const of = decoder.decode(plain.subarray(HEAD + length))
  return isSameSecret(of, appId) ? decoder.decode(plain.subarray(HEAD, HEAD + length)) : null
}

/** Null for what is no base64. */
function bytesOf(text: string): Uint8Array<ArrayBuffer> | null {
  try {
    return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
  } catch {
    return null
  }
}

function base64(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return btoa(text)
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
