import { Hono } from 'hono'
import { conversationOf } from '../../../bots/web/conversation.ts'
import { ConstraintError } from '../../../db/core/database.ts'
import { useLink } from '../../../db/people/link-asks.ts'
import { findLink } from '../../../db/people/links.ts'
import { contactOf } from '../../../db/people/my-data.ts'
import { localeOf } from '../../../locales/keys.ts'
import type { Deps } from '../../kernel/deps.ts'
import { copyOf } from './copy.ts'
import { copyHash } from './copy-link.ts'

/**
 * `GET /webhooks/web/my-data/:token`: the copy of a person's data, once, to the very conversation that
 * asked for it. A wrong token, an old one and somebody else's are one answer.
 */
export function createMyDataRoutes(deps: Deps) {
  return new Hono().get('/webhooks/web/my-data/:token', async (c) => {
    c.header('Cache-Control', 'no-store')
    const locale = localeOf(c.req.header('accept-language'))
    const copy = await fetchCopy(deps, c.req.raw, c.req.param('token'))
    if (copy === null) return c.text(deps.translate(locale, 'my-data.copyGone'), 404)
    const name = encodeURIComponent(`${deps.translate(locale, 'my-data.copyName')}.json`)
    c.header('Content-Disposition', `attachment; filename="my-data.json"; filename*=UTF-8''${name}`)
    c.header('Content-Type', 'application/json; charset=utf-8')
    return c.body(`${JSON.stringify(copy, null, 2)}\n`)
  })
}

async function fetchCopy(deps: Deps, request: Request, token: string) {
  const { db, vault, sessionSecret, now } = deps
  const conversation = await conversationOf(request, sessionSecret)
  if (conversation === null) return null
  const tokenHash = await copyHash(deps, token)
  const link = await findLink(db, vault, tokenHash, now())
  const from = { channel: 'web', id: conversation } as const
  const contactId = await contactOf(db, from)
  if (link === null || link.contactId !== contactId) return null
  try {
    await db.write([useLink(tokenHash)])
  } catch (error) {
    if (error instanceof ConstraintError) return null
    throw error
  }
  return copyOf(deps, { contactId, from })
}
