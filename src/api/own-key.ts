import { createRoute, type OpenAPIHono } from '@hono/zod-openapi'
import * as z from 'zod'
import { type ApiEnv, refusals } from './problem.ts'
import { isAllowed, SCOPE_NAMES } from './scopes.ts'
import { answer, Moment } from './shapes.ts'

const Key = z
  .object({
    id: z.string(),
    name: z.string(),
    role: z.string(),
    district: z.string().nullable().describe('Null: the whole city'),
    scopes: z.array(z.string()),
    perMinute: z.number().int(),
    expiresAt: Moment,
  })
  .openapi('Key')

const own = createRoute({
  method: 'get',
  path: '/key',
  tags: ['key'],
  summary: '这个密钥 · What this key may do',
  security: [{ key: [] }],
  responses: { 200: answer(Key, 'The key, without its secret'), ...refusals() },
})

/** What a key is, for who holds it. */
export function addOwnKey(app: OpenAPIHono<ApiEnv>): void {
  app.openapi(own, (c) => {
    const key = c.get('key')
    const { id, name, role, district, perMinute, expiresAt } = key
    const scopes = SCOPE_NAMES.filter((scope) => isAllowed(key, scope))
    return c.json({ id, name, role, district, scopes, perMinute, expiresAt }, 200)
  })
}
