const PREFIX = 'whsec_'

/** A new secret as Standard Webhooks writes it: 32 random bytes. */
export function newSecret(): string {
  return PREFIX + base64(crypto.getRandomValues(new Uint8Array(32)))
}

/**
 * The headers of a message by https://www.standardwebhooks.com: HMAC-SHA-256 over `id.timestamp.body` under each secret,
 * the newest first, so that whoever has only one of them can still verify it. `at`: ISO time in UTC.
 */
export async function signedHeaders(
  { id, body, at }: { id: string; body: string; at: string },
  secrets: readonly string[],
): Promise<Record<string, string>> {
  const timestamp = String(Math.floor(Date.parse(at) / 1000))
  const signed = new TextEncoder().encode(`${id}.${timestamp}.${body}`)
  const signatures = await Promise.all(secrets.map((secret) => signature(secret, signed)))
  return {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': signatures.map((one) => `v1,${one}`).join(' '),
  }
}

async function signature(secret: string, signed: Uint8Array<ArrayBuffer>): Promise<string> {
  const bytes = Uint8Array.from(atob(secret.slice(PREFIX.length)), (one) => one.charCodeAt(0))
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  const key = await crypto.subtle.importKey('raw', bytes, algorithm, false, ['sign'])
  return base64(new Uint8Array(await crypto.subtle.sign('HMAC', key, signed)))
}

function base64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
}
