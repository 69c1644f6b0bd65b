import type { MiddlewareHandler } from 'hono'
import { secondsLeft, useKey } from '../../db/api/keys.ts'
import type { Deps } from '../kernel/deps.ts'
import { hashToken } from '../kernel/hash-token.ts'
import { bearerOf } from './keys.ts'
import { type ApiEnv, refuse } from './problem.ts'
import { isAllowed, type Scope } from './scopes.ts'

/** Lets in who brings a key that is good, within its rate; looked up with each request, so that a revoked one is over at once. */
export function requireKey(deps: Deps): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    const given = bearerOf(c.req.header('authorization'))
    const now = deps.now()
    const key = given === null ? null : await useKey(deps.db, await hashToken(given), now)
    if (key === null) {
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
