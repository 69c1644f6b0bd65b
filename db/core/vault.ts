/** A value, or a promise of it: Node's own cipher answers at once, WebCrypto does not. */
type Awaitable<Value> = Value | Promise<Value>

/**
 * AES-256-GCM and HMAC of one runtime. `place` is authenticated with the value; `decrypt` throws where either
 * was changed. The 16-byte tag stands at the end of what is encrypted, as WebCrypto has it.
 */
export type Cipher = {
  /** `head`, the nonce and what is encrypted, in one piece. */
  encrypt(
    key: Uint8Array,
    head: Uint8Array,
    nonce: Uint8Array,
    place: string,
    plain: string | Uint8Array,
  ): Awaitable<Uint8Array>
  decrypt(
    key: Uint8Array,
    nonce: Uint8Array,
    place: string,
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
  /**
   * What tells the keys apart without telling them (HMAC-SHA-256 of a fixed text and the id): the data keys under
   * each of their ids, the sealing one first, and the index key.
   */
  fingerprints(): Promise<{ data: readonly string[]; index: string }>
  /** The fingerprint of the data key that opens a value; null: none of them does. */
  openedBy(sealed: Uint8Array, context: string): Promise<string | null>
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

/**
 * Makes the vault of an installation. A key may have several ids, and an id several keys, which are all tried, since
 * keys may have been mixed up under one id. Throws where a key is not 32 bytes or is there twice under one id.
 */
export function createVault({ dataKeys, indexKey }: Keys, cipher: Cipher): Vault {
  const [current] = dataKeys
  if (current === undefined) throw new VaultError('there is no data key')
  if (new Set(dataKeys.map(({ id, bytes }) => `${id}:${bytes.join()}`)).size < dataKeys.length) {
    throw new VaultError('a data key is there twice')
  }
  for (const bytes of [...dataKeys.map(({ bytes }) => bytes), indexKey]) {
    if (bytes.length !== 32) throw new VaultError('a data key must be 32 bytes')
  }
  const head = headOf(current.id)

  const open = (sealed: Uint8Array, context: string): Awaitable<Uint8Array> => {
    if (sealed[0] === OPEN_JSON) return sealed
    return openWithAny(keysFor(keyIdOf(sealed)), sealed, context)
  }

  const known = new Map<string, Uint8Array[]>()
  for (const { id, bytes } of dataKeys) known.set(id, [...(known.get(id) ?? []), bytes])
  function keysFor(id: string): readonly Uint8Array[] {
    const keys = known.get(id)
    if (keys === undefined) throw new VaultError(`the key ${id} is not among DATA_KEYS`)
    return keys
  }

  function decrypt(key: Uint8Array, sealed: Uint8Array, context: string): Awaitable<Uint8Array> {
    const at = 2 + (sealed[1] ?? 0)
    const nonce = sealed.subarray(at, at + NONCE_BYTES)
    return cipher.decrypt(key, nonce, context, sealed.subarray(at + NONCE_BYTES))
  }

  function openWithAny(
    tried: readonly Uint8Array[],
    sealed: Uint8Array,
    context: string,
  ): Awaitable<Uint8Array> {
    const [key, ...others] = tried
    if (key === undefined) throw new VaultError('a sealed value was changed, or belongs elsewhere')
    try {
      const plain = decrypt(key, sealed, context)
      if (!(plain instanceof Promise)) return plain
      return plain.catch((error: unknown) => {
        if (!(error instanceof VaultError)) throw error
        return openWithAny(others, sealed, context)
      })
    } catch (error) {
      if (!(error instanceof VaultError)) throw error
      return openWithAny(others, sealed, context)
    }
  }

  const fingerprint = async (id: string, key: Uint8Array) =>
    base64url(await cipher.mac(key, encoder.encode(`weiqitong key ${id}`)))

  return {
    keyId: current.id,
    seal: (plain, context) => cipher.encrypt(current.bytes, head, freshNonce(), context, plain),
    open,
    openText(sealed, context) {
      const plain = open(sealed, context)
      return plain instanceof Promise
        ? plain.then((bytes) => decoder.decode(bytes))
        : decoder.decode(plain)
    },
    async fingerprints() {
      const data = await Promise.all(dataKeys.map(({ id, bytes }) => fingerprint(id, bytes)))
      return { data, index: await fingerprint('index', indexKey) }
    },
    async openedBy(sealed, context) {
      const id = keyIdOf(sealed)
      for (const key of known.get(id) ?? []) {
        try {
          await decrypt(key, sealed, context)
          return await fingerprint(id, key)
        } catch (error) {
          if (!(error instanceof VaultError)) throw error
        }
      }
      return null
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

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')
}
