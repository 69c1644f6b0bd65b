import type { Keys } from '../../db/core/vault.ts'

/** One key as settings write it: an id, a colon, 32 bytes in base64. */
const KEY = /^[A-Za-z0-9-]{1,16}:[A-Za-z0-9+/]{43}=$/
const INDEX_KEY = /^[A-Za-z0-9+/]{43}=$/

/**
 * True for one or several keys, the sealing one first, separated by commas. Two keys may have one id, where a
 * database was sealed with both by mistake; none may be there twice.
 */
export function areDataKeys(text: string): boolean {
  const keys = text.split(',')
  return keys.every((key) => KEY.test(key)) && new Set(keys).size === keys.length
}

/** True for the key of the blind index. */
export function isIndexKey(text: string): boolean {
  return INDEX_KEY.test(text)
}

/**
 * Reads what `areDataKeys` and `isIndexKey` have accepted. Each key also has an id that comes from its bytes; where the
 * sealing key shares the id in the settings with another one, it seals under that from now on, so that
 * `keys rotate` finds what is still under the old one.
 */
export async function parseKeys(dataKeys: string, indexKey: string): Promise<Keys> {
  const parsed = dataKeys.split(',').map((key) => {
    const at = key.indexOf(':')
    return { id: key.slice(0, at), bytes: fromBase64(key.slice(at + 1)) }
  })
  const named = await Promise.all(
    parsed.map(async ({ id, bytes }) => ({ id, own: await keyIdFrom(bytes), bytes })),
  )
  const owns = named.flatMap(({ id, own, bytes }) => (own === id ? [] : [{ id: own, bytes }]))
  const isShared = parsed.filter(({ id }) => id === parsed[0]?.id).length > 1
  return {
    dataKeys: isShared ? [...owns, ...parsed] : [...parsed, ...owns],
    indexKey: fromBase64(indexKey),
  }
}

/** A fresh data key as settings write it, with an id that no other key has. */
export async function newDataKey(): Promise<string> {
  const key = newKey()
  return `${await keyIdFrom(fromBase64(key))}:${key}`
}

/** 32 fresh bytes as settings write them. */
export function newKey(): string {
  return btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(32))))
}

/** `k` and 12 digits that come from the key's bytes (SHA-256) and say nothing about them. */
async function keyIdFrom(bytes: Uint8Array): Promise<string> {
  const named = new TextEncoder().encode('weiqitong key id')
  const digest = await crypto.subtle.digest('SHA-256', Uint8Array.of(...named, ...bytes))
  const hex = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0'))
  return `k${hex.join('').slice(0, 12)}`
}

function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
}
