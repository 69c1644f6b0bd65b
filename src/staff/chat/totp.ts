import type { Authenticator } from '../../../db/staff/chats.ts'
import type { Deps } from '../../kernel/deps.ts'
import { signInSecret } from '../../kernel/staff/sign-in-secret.ts'

/** As the sign-in has it (better-auth's default): a new six digits every half minute. */
const PERIOD_MILLISECONDS = 30_000

/**
 * Which six digits of an authenticator these are, as the number of their half minute since 1970; one early
 * or late is taken, since clocks differ. Null: none of them. RFC 6238. better-auth's own check (`verifyTOTP`) is what
 * the console's sign-in uses; it wants a browser's cookies, and says neither which half minute the digits are of nor
 * takes them by our clock, so that a chat asks its generator for each.
 */
export async function totpStep(
  deps: Deps,
  { secret }: Authenticator,
  digits: string,
): Promise<number | null> {
  // Loaded with the first code: no start waits for it.
  const { createOTP, symmetricDecrypt } = await import('./sign-in-crypto.ts')
  const otp = createOTP(await symmetricDecrypt({ key: signInSecret(deps), data: secret }))
  const now = Math.floor(Date.parse(deps.now()) / PERIOD_MILLISECONDS)
  for (const step of [now, now - 1, now + 1]) {
    if (isSame(await otp.hotp(step), digits)) return step
  }
  return null
}

/** Compares in the same time, wherever they differ. */
function isSame(one: string, other: string): boolean {
  let difference = one.length ^ other.length
  for (let at = 0; at < one.length; at++) {
    difference |= one.charCodeAt(at) ^ other.charCodeAt(at)
  }
  return difference === 0
}
