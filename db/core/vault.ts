/** A value, or a promise of it: Node's own cipher answers at once, WebCrypto does not. */
type Awaitable<Value> = Value | Promise<Value>

/**
 * AES-256-GCM and HMAC of one runtime. `aad` is authenticated with the value; `decrypt` throws where either
 * was changed. The 16-byte tag stands at the end of what is encrypted, as WebCrypto has it.
 */
export type Cipher = {
  encrypt(
    key: Uint8Array,
    nonce: Uint8Array,
    aad: Uint8Array,
    plain: Uint8Array,
  ): Awaitable<Uint8Array>
  decrypt(
    key: Uint8Array,
    nonce: Uint8Array,
    aad: Uint8Array,
    sealed: Uint8Array,
  ): Awaitable<Uint8Array>
  /** HMAC-SHA-256. */
  mac(key: Uint8Array, value: Uint8Array): Awaitable<Uint8Array>
}

/** The keys of an installation: the first of `dataKeys` seals, all of them open. 32 bytes each. */
export type Keys = {
  dataKeys: readonly { id: string; bytes: Uint8Array }[]
  indexKey: Uint8Array
}

/**
 * Keeps personal data unreadable to whoever has the database without the keys. A sealed value is one
 * byte of format, the key's id with its length before it, 12 bytes of nonce, then AES-256-GCM.
 */
export interface Vault {
  /** Seals for one place: what is sealed for `context` opens nowhere else. */
  seal(plain: string | Uint8Array, context: string): Awaitable<Uint8Array>
  /** Throws `VaultError` where the key is missing, the value was changed or the context is another. */
  open(sealed: Uint8Array, context: string): Awaitable<Uint8Array>
  openText(sealed: Uint8Array, context: string): Awaitable<string>
  /** The same value always has the same index, by which it is found without being readable (HMAC-SHA-256). */
  index(kind: string, value: string): Promise<string>
  /** The key that seals today. */
  readonly keyId: string
}

/** A sealed value does not open; never holds the value or a key. */
export class VaultError extends Error {
  override readonly name = 'VaultError'
}

const FORMAT = 1
const NONCE_BYTES = 12
/** `{`: JSON that was stored before there was a vault, until the rotation seals it. */
const OPEN_JSON = 0x7b
const encoder = new TextEncoder()
const decoder = new TextDecoder()

/** Makes the vault of an installation. Throws where a key is not 32 bytes or an id is used twice. */
export function createVault({ dataKeys, indexKey }: Keys, cipher: Cipher): Vault {
  const keys = new Map(dataKeys.map(({ id, bytes }) => [id, bytes]))
  const [current] = dataKeys
  if (current === undefined) throw new VaultError('there is no data key')
  if (keys.size < dataKeys.length) throw new VaultError('two data keys have one id')
  for (const bytes of [...keys.values(), indexKey]) {
    if (bytes.length !== 32) throw new VaultError('a data key must be 32 bytes')
  }
  const head = headOf(current.id)

  const open = (sealed: Uint8Array, context: string): Awaitable<Uint8Array> => {
    if (sealed[0] === OPEN_JSON) return sealed
    const id = keyIdOf(sealed)
    const key = keys.get(id)
    if (key === undefined) throw new VaultError(`the key ${id} is not among DATA_KEYS`)
    const at = 2 + encoder.encode(id).length
    const nonce = sealed.subarray(at, at + NONCE_BYTES)
    return cipher.decrypt(key, nonce, encoder.encode(context), sealed.subarray(at + NONCE_BYTES))
  }

  return {
    keyId: current.id,
    seal(plain, context) {
      const nonce = freshNonce()
      const bytes = typeof plain === 'string' ? encoder.encode(plain) : plain
      const sealed = cipher.encrypt(current.bytes, nonce, encoder.encode(context), bytes)
      return sealed instanceof Promise
        ? sealed.then((body) => join(head, nonce, body))
        : join(head, nonce, sealed)
    },
    open,
    openText(sealed, context) {
      const plain = open(sealed, context)
      return plain instanceof Promise
        ? plain.then((bytes) => decoder.decode(bytes))
        : decoder.decode(plain)
    },
    async index(kind, value) {
      return base64url(await cipher.mac(indexKey, encoder.encode(JSON.stringify([kind, value]))))
    },
  }
}

/** The id of the key that sealed a value. Throws `VaultError` for what is no sealed value. */
export function keyIdOf(sealed: Uint8Array): string {
  const length = sealed[1] ?? 0
  if (sealed[0] !== FORMAT || sealed.length < 2 + length + NONCE_BYTES) {
    throw new VaultError('this is not a sealed value')
  }
  return decoder.decode(sealed.subarray(2, 2 + length))
}

const nonces = new Uint8Array(NONCE_BYTES * 256)
let noncesUsed = nonces.length

/** A nonce that was never used: asking the system for many at once costs a tenth. */
function freshNonce(): Uint8Array {
  if (noncesUsed === nonces.length) {
    crypto.getRandomValues(nonces)
    noncesUsed = 0
  }
  noncesUsed += NONCE_BYTES
  return nonces.slice(noncesUsed - NONCE_BYTES, noncesUsed)
}

/** What a value that a key sealed begins with. */
export function headOf(id: string): Uint8Array {
  const bytes = encoder.encode(id)
  return Uint8Array.of(FORMAT, bytes.length, ...bytes)
}

function join(head: Uint8Array, nonce: Uint8Array, body: Uint8Array): Uint8Array {
  const whole = new Uint8Array(head.length + nonce.length + body.length)
  whole.set(head)
  whole.set(nonce, head.length)
  whole.set(body, head.length + nonce.length)
  return whole
}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')
}
