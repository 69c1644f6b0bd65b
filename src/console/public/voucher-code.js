// The same as flows/programme/numbers/voucher-code.ts, for a phone without a network; test/vouchers/code-page.test.ts
// proves the two equal.

const ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'
const LENGTH = 16

/**
 * Reads a code that was typed, and finds slips by its two check characters.
 * @param {string} typed
 * @returns {{ ok: true, code: string } | { ok: false, problem: 'empty' | 'malformed' | 'slip' }}
 */
export function parseVoucherCode(typed) {
  const code = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Pd}.·_]/gu, '')
  if (code === '') return { ok: false, problem: 'empty' }
  const values = [...code].map((one) => ALPHABET.indexOf(one))
  if (code.length !== LENGTH || values.includes(-1)) return { ok: false, problem: 'malformed' }
  let first = 0
  let second = 0
  for (const value of values.slice(0, -2)) {
    const lead = first ^ value
    first = second ^ times(3, lead)
    second = times(2, lead)
  }
  return first === values.at(-2) && second === values.at(-1)
    ? { ok: true, code }
    : { ok: false, problem: 'slip' }
}

/**
 * Multiplication in GF(32) by x⁵ + x² + 1.
 * @param {number} left
 * @param {number} right
 */
function times(left, right) {
  let product = 0
  for (let bit = 0; bit < 5; bit++) if ((right >> bit) & 1) product ^= left << bit
  for (let bit = 9; bit >= 5; bit--) if ((product >> bit) & 1) product ^= 0b100101 << (bit - 5)
  return product
}

/**
 * The code in what a QR code of ours says, and whether the office signed it; `genuine` is null where this
 * browser cannot tell. Null: it is none of ours.
 * @param {string} said an address with `#v=<code>.<kind>.<yyyymmdd>.<signature>`
 * @param {string} key the office's public key, base64url
 * @returns {Promise<{ code: string, genuine: boolean | null } | null>}
 */
export async function readQr(said, key) {
  const [, body, signature] = /#v=([0-9A-Z]{16}\.[a-z0-9-]+\.\d{8})\.([\w-]+)$/.exec(said) ?? []
  if (body === undefined || signature === undefined) return null
  const code = body.slice(0, LENGTH)
  try {
    const publicKey = await crypto.subtle.importKey('raw', bytesOf(key), 'Ed25519', false, [
      'verify',
    ])
    const words = new TextEncoder().encode(`wqt-voucher:1:${body}`)
    return {
      code,
      genuine: await crypto.subtle.verify('Ed25519', publicKey, bytesOf(signature), words),
    }
  } catch {
    return { code, genuine: null }
  }
}

/** @param {string} text base64url */
function bytesOf(text) {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  return Uint8Array.from(binary, (character) => character.charCodeAt(0))
}
