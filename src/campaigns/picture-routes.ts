import { Hono } from 'hono'
import { loadImage } from '../../db/campaigns/images.ts'
import type { Deps } from '../kernel/deps.ts'

/**
 * Pictures of broadcasts, for networks that fetch them and for people's screens. Nobody finds one without
 * having been told of it; nothing in it is personal.
 *
 * @example GET /pictures/Xw3….png
 */
export function createPictureRoutes(deps: Pick<Deps, 'db' | 'blobs'>) {
  return new Hono().get('/pictures/:file{[\\w-]{1,64}\\.(png|jpg)}', async (c) => {
    const image = await loadImage(deps, c.req.param('file').replace(/\.(png|jpg)$/, ''))
    if (image === null) return c.notFound()
    return c.body(Uint8Array.from(image.bytes), 200, {
      'Content-Type': image.mime,
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'public, max-age=31536000, immutable',
    })
  })
}
