import type { MiddlewareHandler } from 'hono'
import { secondsLeft, useKey } from '../../db/api/keys.ts'
import { createCounter } from '../http/limit-rate.ts'
import type { Deps } from '../kernel/deps.ts'
import { hashToken } from '../kernel/ids.ts'
import { isOwn, networkAddress, networkOf } from '../kernel/network-address.ts'
import { bearerOf } from './keys.ts'
import { type ApiEnv, refuse } from './problem.ts'
import { isAllowed, type Scope } from './scopes.ts'

/** Requests of one network in a minute that brought no good key: keys are not to be guessed. */
const MOST_STRANGE = 120
const MINUTE = 60_000

/** Lets in who brings a key that is good, within its rate; looked up with each request, so that a revoked one is over at once. */
export function requireKey(deps: Deps): MiddlewareHandler<ApiEnv> {
  const count = createCounter(MINUTE)
  return async (c, next) => {
    const address = networkAddress(c)
    const client = address === null || isOwn(address) ? null : networkOf(address)
    const strange = (more: number) =>
      client === null ? null : count(client, Date.parse(deps.now()), more)
    const before = strange(0)
    if (before !== null && before.hits >= MOST_STRANGE) {
      const wait = Math.ceil((before.endsAt - Date.parse(deps.now())) / 1000)
      c.header('Retry-After', String(Math.max(1, wait)))
      return refuse(c, 'too-many')
    }
    const given = bearerOf(c.req.header('authorization'))
    const now = deps.now()
    const key = given === null ? null : await useKey(deps.db, await hashToken(given), now)
    if (key === null) {
      strange(1)
      c.header('WWW-Authenticate', 'Bearer realm="weiqitong"')
      return refuse(c, 'unauthorised')
    }
    if (key.hits > key.perMinute) {
      c.header('Retry-After', String(secondsLeft(key, now)))
      return refuse(c, 'too-many')
    }
    c.set('key', key)
    return next()
  }
}

/** What a route asks of a key, for its document and for the request. */
export function needs(scope: Scope, ...more: readonly MiddlewareHandler<ApiEnv>[]) {
  const allowed: MiddlewareHandler<ApiEnv> = async (c, next) =>
    isAllowed(c.get('key'), scope) ? next() : refuse(c, 'forbidden')
  return { security: [{ key: [scope] }], middleware: [allowed, ...more] }
}
