import { symmetricDecrypt } from 'better-auth/crypto'
import type { Authenticator } from '../../../db/staff/chats.ts'
import type { Deps } from '../../kernel/deps.ts'
import { signInSecret } from '../../kernel/staff/sign-in-secret.ts'

/** As the sign-in has it (better-auth's default): a new six digits every half minute. */
const PERIOD_MILLISECONDS = 30_000
const DIGITS = 6

/**
 * Which six digits of an authenticator these are, as the number of their half minute since 1970; one early
 * or late is taken, since clocks differ. Null: none of them. RFC 6238.
 */
export async function totpStep(
  deps: Deps,
  { secret }: Authenticator,
  digits: string,
): Promise<number | null> {
  const key = await crypto.subtle.importKey(
    'raw',
    new TextEncoder().encode(await symmetricDecrypt({ key: signInSecret(deps), data: secret })),
    { name: 'HMAC', hash: 'SHA-1' },
    false,
    ['sign'],
  )
  const now = Math.floor(Date.parse(deps.now()) / PERIOD_MILLISECONDS)
  for (const step of [now, now - 1, now + 1]) {
    if (isSame(await digitsOf(key, step), digits)) return step
  }
  return null
}

async function digitsOf(key: CryptoKey, step: number): Promise<string> {
  const counter = new DataView(new ArrayBuffer(8))
  counter.setBigUint64(0, BigInt(step))
  const mac = new DataView(await crypto.subtle.sign('HMAC', key, counter.buffer))
  const at = mac.getUint8(mac.byteLength - 1) & 15
  const number = (mac.getUint32(at) & 0x7fffffff) % 10 ** DIGITS
  return String(number).padStart(DIGITS, '0')
}

/** Compares in the same time, wherever they differ. */
function isSame(one: string, other: string): boolean {
  let difference = one.length ^ other.length
  for (let at = 0; at < one.length; at++) {
    difference |= one.charCodeAt(at) ^ other.charCodeAt(at)
  }
  return difference === 0
}
