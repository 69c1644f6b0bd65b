const encoder = new TextEncoder()

/**
 * Compares a given secret with the expected one in constant time: both are hashed first, so that
 * neither length nor first difference shows in how long it takes.
 */
export async function isSameSecret(given: string, expected: string): Promise<boolean> {
  const [a, b] = await Promise.all([digest(given), digest(expected)])
  return equalBytes(a, b)
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
  return (await isSameSecret(signed.slice(dot + 1), expected)) ? value : null
}

async function signatureOf(secret: string, value: string): Promise<string> {
  const key = await importKey(secret)
  return base64url(new Uint8Array(await crypto.subtle.sign('HMAC', key, encoder.encode(value))))
}

function importKey(secret: string): Promise<CryptoKey> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  return crypto.subtle.importKey('raw', encoder.encode(secret), algorithm, false, ['sign'])
}

async function digest(text: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', encoder.encode(text)))
}

function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  let difference = a.length ^ b.length
  for (const [index, byte] of a.entries()) difference |= byte ^ (b[index] ?? 0)
  return difference === 0
}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}
