import { json } from '../json.ts'
import { isSameSecret } from '../secret.ts'

/** A request that was signed longer ago, or further in the future, is refused. */
const CLOCK_SKEW_SECONDS = 300

const encoder = new TextEncoder()

/** What a signature is good for: one that was made for one purpose opens no other. */
export type SignaturePurpose = 'inbound' | 'outbox' | 'acks' | 'state' | `media ${string}`

/**
 * The headers that prove a request to be the gateway's: an HMAC-SHA256 over
 * `timestamp.nonce.purpose.body` in hex, with the time in seconds and a nonce that is used once.
 */
export async function signedHeaders(options: {
  secret: string
  purpose: SignaturePurpose
  body: string | Uint8Array
  /** ISO time. */
  now: string
  nonce: string
}): Promise<Record<string, string>> {
  const timestamp = String(Math.floor(Date.parse(options.now) / 1000))
  const signed = { ...options, timestamp, body: bytesOf(options.body) }
  return {
    'X-Gateway-Timestamp': timestamp,
    'X-Gateway-Nonce': options.nonce,
    'X-Gateway-Signature': await signatureOf(signed),
  }
}

/** A request that is what it says, with its body, or the refusal to answer with. */
type Guarded = { body: Uint8Array<ArrayBuffer> } | Response

/** Opens a signed request; refuses with 401 what is forged, stale or replayed, with 413 what is too large. */
export type ReplayGuard = (
  request: Request,
  purpose: SignaturePurpose,
  maxBytes: number,
) => Promise<Guarded>

/**
 * The app's side of the signature. `spend` takes a nonce and says whether it was unused; it is asked
 * only about nonces of well-signed requests, and must remember them for ten minutes at least.
 */
export function createGuard(options: {
  secret: string
  now: () => string
  spend: (nonce: string) => Promise<boolean>
}): ReplayGuard {
  return async (request, purpose, maxBytes) => {
    const timestamp = request.headers.get('X-Gateway-Timestamp') ?? ''
    const nonce = request.headers.get('X-Gateway-Nonce') ?? ''
    const signature = request.headers.get('X-Gateway-Signature') ?? ''
    if (!/^\d{10,12}$/.test(timestamp) || !/^[\w-]{16,64}$/.test(nonce)) {
      return refuse(401, 'unsigned', 'The request carries no signature of the gateway.')
    }
    if (Number(request.headers.get('content-length') ?? 0) > maxBytes) return tooLarge()
    const body = new Uint8Array(await request.arrayBuffer())
    if (body.byteLength > maxBytes) return tooLarge()
    const expected = await signatureOf({ ...options, purpose, timestamp, nonce, body })
    if (!isSameSecret(signature, expected)) {
      return refuse(
        401,
        'wrong-signature',
        'The signature does not fit: check that gateway and app have the same WECHAT_GATEWAY_SECRET.',
      )
    }
    const age = Math.abs(Date.parse(options.now()) / 1000 - Number(timestamp))
    if (age > CLOCK_SKEW_SECONDS) {
      return refuse(401, 'stale', 'The request is older than five minutes: check both clocks.')
    }
    if (!(await options.spend(nonce))) {
      return refuse(401, 'replayed', 'This request has been used before: sign it anew.')
    }
    return { body }
  }
}

function tooLarge(): Response {
  return refuse(413, 'too-large', 'The body is larger than this address takes.')
}

function refuse(status: number, error: string, message: string): Response {
  return json({ error, message }, status)
}

async function signatureOf(signed: {
  secret: string
  purpose: SignaturePurpose
  timestamp: string
  nonce: string
  body: Uint8Array
}): Promise<string> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  const secret = encoder.encode(signed.secret)
  const key = await crypto.subtle.importKey('raw', secret, algorithm, false, ['sign'])
  const head = encoder.encode(`${signed.timestamp}.${signed.nonce}.${signed.purpose}.`)
  const whole = new Uint8Array(head.length + signed.body.length)
  whole.set(head)
  whole.set(signed.body, head.length)
  const mac = new Uint8Array(await crypto.subtle.sign('HMAC', key, whole))
  return Array.from(mac, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

function bytesOf(body: string | Uint8Array): Uint8Array {
  return typeof body === 'string' ? encoder.encode(body) : body
}
