import { type Failed, unreachable } from './errors.ts'

/** Whoever fetches a token gets this long before another may. */
const LEASE_SECONDS = 15
/** A token that ends so soon is no longer used: the old and the new are both good for 5 minutes. */
const MARGIN_SECONDS = 120
/** Who waits for another's fetch looks again so often. */
const LOOK_MILLISECONDS = 200
const LOOKS = 50

export type Token = { token: string; expiresAt: string }
type TokenResult = { ok: true; token: string } | Failed

/** Where the access token of the account is kept for all processes. */
export type TokenStore = {
  load(): Promise<{ token: string; expiresAt: string } | null>
  /** True for the one process that may fetch a new token until the lease ends. */
  claim(leaseUntil: string): Promise<boolean>
  /** Ends the lease, with the new token, or with none where it could not be had. */
  settle(fetched: { token: string; expiresAt: string } | null): Promise<void>
}

/** The access token of the account; never throws for the network. */
export type Tokens = {
  get(): Promise<TokenResult>
  /** Another one than `bad`, which WeChat would not take. */
  renew(bad: string): Promise<TokenResult>
}

/**
 * Keeps one access token for all processes: read from the store, fetched by whoever gets the lease. `fetchToken`
 * never throws for the network; `force`: the same bad token came back, so another is to be made.
 */
export function createTokens(options: {
  store: TokenStore
  fetchToken: (force: boolean) => Promise<Token | Failed>
  now: () => string
}): Tokens {
  const { store, fetchToken, now } = options
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
      const stored = await store.load()
      if (isGood(stored) && stored.token !== bad) {
        kept = stored
        return { ok: true, token: stored.token }
      }
      if (await store.claim(after(now(), LEASE_SECONDS))) return fetchUnderLease(bad)
      await new Promise((resolve) => setTimeout(resolve, LOOK_MILLISECONDS))
    }
    return unreachable('another process is fetching the access token')
  }

  async function fetchUnderLease(bad: string | null): Promise<TokenResult> {
    const first = await fetchToken(false)
    const fetched = 'token' in first && first.token === bad ? await fetchToken(true) : first
    if (!('token' in fetched)) {
      await store.settle(null)
      return fetched
    }
    kept = fetched
    await store.settle(fetched)
    return { ok: true, token: fetched.token }
  }

  function isGood(token: Token | null): token is Token {
    return token !== null && after(now(), MARGIN_SECONDS) < token.expiresAt
  }
}

function after(at: string, seconds: number): string {
  return new Date(Date.parse(at) + seconds * 1000).toISOString()
}
