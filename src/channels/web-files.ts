import { type Context, Hono } from 'hono'
import { conversationOf } from '../../bots/web/conversation.ts'
import { isSameOrigin } from '../../bots/web/origin.ts'
import { loadAttachment } from '../../db/cases/attachments.ts'
import type { Address, FileProblem } from '../../flows/engine/types.ts'
import { localeOf, type MessageKey } from '../../locales/keys.ts'
import { keepFile } from '../cases/attachments/keep-file.ts'
import { fileHeaders } from '../http/file-headers.ts'
import type { Deps } from '../kernel/deps.ts'

const STATUSES = {
  'too-large': 413,
  'wrong-kind': 415,
  empty: 400,
  unavailable: 503,
  'too-many': 429,
  'not-here': 403,
} as const satisfies Record<FileProblem, number>

const ID = /^[\w-]{1,64}$/

/**
 * Files of the web chat. Who uploads one says so afterwards in the conversation, by its name here.
 *
 * @example
 * // POST /webhooks/web/files   X-File-Id: u1   X-File-Name: id%20card.jpg   (the bytes as body, 10 MiB at most)
 * // 201 {"file": "Xw3…"}       then POST /webhooks/web {"id": "m2", "file": "Xw3…"}
 *
 * `X-File-Id` is made by the client: the same id again is the same file. Only whose conversation or
 * contact it is can fetch it again; to all others it does not exist.
 */
export function createFileRoutes(deps: Deps) {
  return new Hono()
    .post('/webhooks/web/files', async (c) => {
      c.header('Cache-Control', 'no-store')
      if (!isSameOrigin(c.req.raw)) return refuse(c, 'wrongOrigin', 'web.wrongOrigin', 403)
      const from = await addressOf(c)
      if (from === null) return refuse(c, 'no-conversation', 'web.sayFirst', 401)
      if (!deps.personalData('web')) return refuseFile(c, 'not-here')
      const given = c.req.header('x-file-id') ?? deps.newId()
      if (!ID.test(given)) return refuse(c, 'notUnderstood', 'web.notUnderstood', 400)
      const kept = await keepFile(deps, {
        source: `web:${from.id}:file:${given}`,
        channel: 'web',
        from,
        bytes: new Uint8Array(await c.req.arrayBuffer()),
        name: decode(c.req.header('x-file-name')),
      })
      return kept.ok ? c.json({ file: kept.id }, 201) : refuseFile(c, kept.problem)
    })
    .get('/webhooks/web/files/:id{[\\w-]+}', async (c) => {
      const from = await addressOf(c)
      const file =
        from === null || !deps.personalData('web')
          ? null
          : await loadAttachment(deps, c.req.param('id'), from)
      if (file === null) return c.notFound()
      return c.body(Uint8Array.from(file.bytes), 200, fileHeaders(file))
    })

  async function addressOf(c: Context): Promise<Address | null> {
    const id = await conversationOf(c.req.raw, deps.sessionSecret)
    return id === null ? null : { channel: 'web', id }
  }

  function refuseFile(c: Context, problem: FileProblem) {
    return refuse(c, problem, `file.${problem}`, STATUSES[problem])
  }

  function refuse(
    c: Context,
    error: string,
    key: MessageKey,
    status: 400 | 401 | (typeof STATUSES)[FileProblem],
  ) {
    const locale = localeOf(c.req.header('accept-language'))
    return c.json({ error, message: deps.translate(locale, key) }, status)
  }
}

function decode(name: string | undefined): string | null {
  try {
    return name === undefined ? null : decodeURIComponent(name)
  } catch {
    return null
  }
}
