import type { MiddlewareHandler } from 'hono'
import * as z from 'zod'
import { beginRequest, forgetRequest, keepAnswer } from '../../db/api/requests.ts'
import type { Deps } from '../kernel/deps.ts'
import { hashToken } from '../kernel/ids.ts'
import { type ApiEnv, refuse } from './problem.ts'

/** A key of the sender's own, by which a request that is sent again is done once. */
export const IdempotencyHeader = z.object({
  'idempotency-key': z
    .string()
    .min(1)
    .max(255)
    .optional()
    .describe('Your own; the same key with the same request gives the same answer for a day'),
})

/** What of an answer is kept. */
const Kept = z.object({ headers: z.record(z.string(), z.string()), body: z.string() })
const KEPT_HEADERS = ['content-type', 'content-language', 'etag', 'location']

/**
 * Does a request with an `Idempotency-Key` once: sent again, it gets the answer of the first time; another request under
 * the same key is refused. Without one, nothing is kept. For routes whose answers name nobody.
 */
export function idempotent(deps: Deps): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    const given = c.req.header('idempotency-key')
    if (given === undefined || given === '' || given.length > 255) return next()
    const body = await c.req.text()
    const asked = [c.req.method, c.req.path, c.req.header('if-match') ?? '', body]
    const own = { keyId: c.get('key').id, idempotency: await hashToken(given) }
    const fingerprint = await hashToken(JSON.stringify(asked))
    const begun = await beginRequest(deps.db, { ...own, fingerprint }, deps.now())
    switch (begun.kind) {
      case 'other':
        return refuse(c, 'other-body')
      case 'running':
        c.header('Retry-After', '1')
        return refuse(c, 'running')
      case 'done': {
        const kept = Kept.parse(JSON.parse(begun.answer))
        return new Response(kept.body, { status: begun.status, headers: kept.headers })
      }
      case 'begun':
        break
    }
    await next()
    const { status } = c.res
    if (status >= 500) {
      await deps.db.write([forgetRequest(own)])
      return undefined
    }
    const headers = KEPT_HEADERS.flatMap((name) => {
      const value = c.res.headers.get(name)
      return value === null ? [] : [[name, value]]
    })
    const answer = JSON.stringify({
      headers: Object.fromEntries(headers),
      body: await c.res.clone().text(),
    })
    await deps.db.write([keepAnswer(own, { status, answer })])
    return undefined
  }
}
