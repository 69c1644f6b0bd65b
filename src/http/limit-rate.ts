import type { Context, MiddlewareHandler } from 'hono'
import { localeOf } from '../../locales/keys.ts'
import type { Deps } from '../kernel/deps.ts'
import { isOwn, networkAddress, networkOf } from '../kernel/network-address.ts'

/** Clients that are counted at once; past it the oldest are forgotten, so that no flood fills the memory. */
const MAX_CLIENTS = 50_000

/** So many requests of one client in so many seconds. */
export type Rate = { limit: number; seconds: number }

/**
 * Refuses a client that asks too often, with 429, `Retry-After` and words for people. It counts in this
 * process only, which is against floods and not an exact quota: what must be exact (sign-in, look-ups,
 * codes) is counted in the database. Requests from this very machine are not counted, nor those of which
 * the runtime does not say where they come from.
 *
 * `otherwise` refuses in another form. `of` names the client, null for one that is not counted; the IP address where it is not given.
 */
export function limitRate(
  deps: Pick<Deps, 'now' | 'translate'>,
  { limit, seconds }: Rate,
  options: {
    of?: (c: Context) => Promise<string | null>
    otherwise?: (c: Context) => Response
  } = {},
): MiddlewareHandler {
  const count = createCounter(seconds * 1000)
  return async (c, next) => {
    const address = networkAddress(c)
    if (address === null || isOwn(address)) return next()
    const client = options.of === undefined ? networkOf(address) : await options.of(c)
    if (client === null) return next()
    const now = Date.parse(deps.now())
    const { hits, endsAt } = count(client, now, 1)
    if (hits <= limit) return next()
    const wait = secondsUntil(endsAt, now)
    if (options.otherwise === undefined) return refuse(deps, c, wait)
    c.header('Retry-After', String(wait))
    return options.otherwise(c)
  }
}

/** Counts what was answered with 4xx: for networks that sign what they send, and bring everybody from few addresses. */
export type Refusals = {
  /** How many seconds an address must wait, since it was refused too often; null: it need not. */
  wait(address: string | null): number | null
  /** Notes how an address was answered. */
  note(address: string | null, status: number): void
}

/** Begins to count, in this process, as `limitRate` does. */
export function countRefusals({ now }: Pick<Deps, 'now'>, { limit, seconds }: Rate): Refusals {
  const count = createCounter(seconds * 1000)
  return {
    wait(address) {
      if (address === null || isOwn(address)) return null
      const at = Date.parse(now())
      const { hits, endsAt } = count(networkOf(address), at, 0)
      return hits > limit ? secondsUntil(endsAt, at) : null
    },
    note(address, status) {
      if (address === null || isOwn(address) || status < 400 || status > 499) return
      count(networkOf(address), Date.parse(now()), 1)
    },
  }
}

/** Looks no more at what comes from an address that was refused too often. */
export function limitRefusals(
  deps: Pick<Deps, 'translate'>,
  { wait, note }: Refusals,
): MiddlewareHandler {
  return async (c, next) => {
    const address = networkAddress(c)
    const seconds = wait(address)
    if (seconds !== null) return refuse(deps, c, seconds)
    await next()
    note(address, c.res.status)
    return undefined
  }
}

function secondsUntil(end: number, now: number): number {
  return Math.max(1, Math.ceil((end - now) / 1000))
}

function refuse({ translate }: Pick<Deps, 'translate'>, c: Context, wait: number): Response {
  c.header('Retry-After', String(wait))
  const message = translate(localeOf(c.req.header('accept-language')), 'web.tooMany')
  // A form without a script is answered with a page.
  if (c.req.header('accept')?.includes('text/html')) return c.text(message, 429)
  return c.json({ error: 'too-many', message }, 429)
}

/** Counts within windows that begin with a client's first request; of so many clients and no more. */
export function createCounter(milliseconds: number) {
  const windows = new Map<string, { hits: number; endsAt: number }>()
  return (client: string, now: number, more: number) => {
    const open = windows.get(client)
    if (open !== undefined && open.endsAt > now) {
      open.hits += more
      return open
    }
    const fresh = { hits: more, endsAt: now + milliseconds }
    windows.delete(client)
    windows.set(client, fresh)
    if (windows.size > MAX_CLIENTS) forgetOldest(windows, now)
    return fresh
  }
}

/** A map keeps the order in which windows began: the first ones are over, or are the oldest. */
function forgetOldest(windows: Map<string, { endsAt: number }>, now: number): void {
  for (const [client, { endsAt }] of windows) {
    if (windows.size <= MAX_CLIENTS && endsAt > now) return
    windows.delete(client)
  }
}
