import type { Context, MiddlewareHandler } from 'hono'
import type { Translate } from '../../locales/i18n.ts'
import { localeOf } from '../../locales/keys.ts'
import { MAX_FILE_BYTES } from '../platform/files/check-file.ts'

/** What is too large is read and thrown away up to here; past it the connection is cut. */
const MAX_DISCARDED = 16 * 1024 * 1024

/**
 * Refuses a body larger than `largest` bytes for its path with 413, whether or not it announces its length. The
 * rest of it is read all the same: a server that answers and leaves it unread resets the connection,
 * and the sender may never see why (https://www.rfc-editor.org/rfc/rfc9112#section-9.6). `otherwise` refuses in another
 * form.
 */
export function limitBody(
  largest: (path: string) => number,
  translate: Translate,
  otherwise?: (c: Context) => Response,
): MiddlewareHandler {
  return async (c, next) => {
    const { raw } = c.req
    const maxSize = largest(c.req.path)
    const announced = raw.headers.has('transfer-encoding')
      ? null
      : raw.headers.get('content-length')
    // Before `body` is touched: making a stream of it costs more than all the rest of this.
    if (announced !== null && Number(announced) <= maxSize) return next()
    if (raw.body === null) return next()
    if (Number(announced) > MAX_DISCARDED) return refuse(c, maxSize)
    const bytes = await readAtMost(raw.body, maxSize)
    if (bytes === null) return refuse(c, maxSize)
    c.req.raw = new Request(raw, { body: bytes })
    return next()
  }

  function refuse(c: Context, maxSize: number): Response {
    if (otherwise !== undefined) return otherwise(c)
    // A person's words or files, which a page shows; all else is read by a program.
    const isOfPerson = c.req.path.startsWith('/webhooks/web') || c.req.path === '/plain'
    if (!isOfPerson) {
      const message = `The message is larger than ${maxSize / 1024} KiB.`
      return c.json({ error: 'too-large', message }, 413)
    }
    const isFile = maxSize >= MAX_FILE_BYTES
    const locale = localeOf(c.req.header('accept-language'))
    const message = translate(locale, isFile ? 'file.too-large' : 'web.tooLarge')
    if (c.req.header('accept')?.includes('text/html')) return c.text(message, 413)
    return c.json({ error: 'too-large', message }, 413)
  }
}

/** The whole of a stream, or null where it is larger: then it has been emptied. */
async function readAtMost(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  maxSize: number,
): Promise<Blob | null> {
  const kept: Uint8Array<ArrayBuffer>[] = []
  let size = 0
  for await (const chunk of stream) {
    size += chunk.length
    if (size > MAX_DISCARDED) break
    if (size <= maxSize) kept.push(chunk)
  }
  return size > maxSize ? null : new Blob(kept)
}
