const encoder = new TextEncoder()

/**
 * Compares a given secret with the expected one in a time that depends on the given one's length
 * alone: every character is looked at, whether or not an earlier one differed. Nothing is the same as no secret.
 */
export function isSameSecret(given: string, expected: string): boolean {
  let difference = given.length ^ expected.length
  for (let index = 0; index < given.length; index++) {
    difference |= given.charCodeAt(index) ^ expected.charCodeAt(index % expected.length)
  }
  return difference === 0 && expected !== ''
}

/** Signs a value: `value.signature`, HMAC-SHA256 in base64url. The value may hold no dot. */
export async function sign(secret: string, value: string): Promise<string> {
  return `${value}.${await signatureOf(secret, value)}`
}

/** The value of a signed text, or null where it was not signed by this secret. */
export async function verify(secret: string, signed: string): Promise<string | null> {
  const dot = signed.lastIndexOf('.')
  if (dot <= 0) return null
  const value = signed.slice(0, dot)
  const expected = await signatureOf(secret, value)
  return isSameSecret(signed.slice(dot + 1), expected) ? value : null
}

async function signatureOf(secret: string, value: string): Promise<string> {
  const key = await importKey(secret)
  return base64url(new Uint8Array(await crypto.subtle.sign('HMAC', key, encoder.encode(value))))
}

function importKey(secret: string): Promise<CryptoKey> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  return crypto.subtle.importKey('raw', encoder.encode(secret), algorithm, false, ['sign'])
}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}
