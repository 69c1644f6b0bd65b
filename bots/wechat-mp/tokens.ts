import * as z from 'zod'
import type { TokenStore } from './delivery-log.ts'
import { type Failed, failureOf, unreachable } from './errcodes.ts'

const TIMEOUT_MILLISECONDS = 10_000
/** Whoever fetches a token gets this long before another may. */
const LEASE_SECONDS = 15
/** A token that ends so soon is no longer used: the old and the new are both good for 5 minutes. */
const MARGIN_SECONDS = 120
/** Who waits for another's fetch looks again so often. */
const LOOK_MILLISECONDS = 200
const LOOKS = 50

type Token = { token: string; expiresAt: string }
type TokenResult = { ok: true; token: string } | Failed

const Answer = z.union([
  z.object({ access_token: z.string().min(1).max(2048), expires_in: z.number().positive() }),
  z.object({ errcode: z.int(), errmsg: z.string().optional() }),
])

/** The access token of the account; never throws for the network. */
export type Tokens = {
  get(): Promise<TokenResult>
  /** Another one than `bad`, which WeChat would not take. */
  renew(bad: string): Promise<TokenResult>
}

/**
 * Keeps one access token for all processes: read from the shelf, fetched by whoever gets the lease.
 * By `stable_token`, which gives everybody the same token until shortly before its end, so that even a
 * lost lease does no harm; a forced renewal (20 a day) is asked for only when the same bad one comes back.
 */
export function createTokens(options: {
  apiRoot: string
  appId: string
  secret: string
  shelf: TokenStore
  now: () => string
}): Tokens {
  const { shelf, now } = options
  let kept: Token | null = null

  return {
    async get() {
      if (isGood(kept)) return { ok: true, token: kept.token }
      return fresh(null)
    },
    renew: (bad) => fresh(bad),
  }

  async function fresh(bad: string | null): Promise<TokenResult> {
    for (let look = 0; look < LOOKS; look++) {
      const stored = await shelf.load()
      if (isGood(stored) && stored.token !== bad) {
        kept = stored
        return { ok: true, token: stored.token }
      }
      if (await shelf.claim(after(now(), LEASE_SECONDS))) return fetchUnderLease(bad)
      await new Promise((resolve) => setTimeout(resolve, LOOK_MILLISECONDS))
    }
    return unreachable('another process is fetching the access token')
  }

  async function fetchUnderLease(bad: string | null): Promise<TokenResult> {
    const first = await fetchToken(false)
    const fetched = 'token' in first && first.token === bad ? await fetchToken(true) : first
    if (!('token' in fetched)) {
      await shelf.settle(null)
      return fetched
    }
    kept = fetched
    await shelf.settle(fetched)
    return { ok: true, token: fetched.token }
  }

  /** https://developers.weixin.qq.com/doc/service/api/base/api_getstableaccesstoken.html */
  async function fetchToken(force: boolean): Promise<Token | Failed> {
    try {
      const response = await fetch(`${options.apiRoot}/cgi-bin/stable_token`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({
          grant_type: 'client_credential',
          appid: options.appId,
          secret: options.secret,
          force_refresh: force,
        }),
        redirect: 'error',
        signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
      })
      const answer = Answer.safeParse(await response.json())
      if (!answer.success) return unreachable('stable_token gave no token and no reason')
      if ('errcode' in answer.data) return failureOf(answer.data.errcode, answer.data.errmsg)
      const { access_token: token, expires_in: seconds } = answer.data
      return { token, expiresAt: after(now(), seconds) }
    } catch {
      // The error may hold the address; it says no more than that nothing came.
      return unreachable()
    }
  }

  function isGood(token: Token | null): token is Token {
    return token !== null && after(now(), MARGIN_SECONDS) < token.expiresAt
  }
}

function after(at: string, seconds: number): string {
  return new Date(Date.parse(at) + seconds * 1000).toISOString()
}
