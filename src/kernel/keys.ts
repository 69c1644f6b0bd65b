import type { Keys } from '../../db/core/vault.ts'

/** One key as settings write it: an id, a colon, 32 bytes in base64. */
const KEY = /^[A-Za-z0-9-]{1,16}:[A-Za-z0-9+/]{43}=$/
const INDEX_KEY = /^[A-Za-z0-9+/]{43}=$/

/** True for one or several keys, the sealing one first, separated by commas. */
export function areDataKeys(text: string): boolean {
  const keys = text.split(',')
  const ids = new Set(keys.map((key) => key.split(':')[0]))
  return keys.every((key) => KEY.test(key)) && ids.size === keys.length
}

/** True for the key of the blind index. */
export function isIndexKey(text: string): boolean {
  return INDEX_KEY.test(text)
}

/** Reads what `areDataKeys` and `isIndexKey` have accepted. */
export function parseKeys(dataKeys: string, indexKey: string): Keys {
  return {
    dataKeys: dataKeys.split(',').map((key) => {
      const at = key.indexOf(':')
      return { id: key.slice(0, at), bytes: fromBase64(key.slice(at + 1)) }
    }),
    indexKey: fromBase64(indexKey),
  }
}

/** 32 fresh bytes as settings write them. */
export function newKey(): string {
  return btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(32))))
}

function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
}
